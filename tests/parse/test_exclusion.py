"""Who may edit beside ``{{bots}}`` and ``{{nobots}}``; in doubt nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.parse.exclusion import LONGEST_SHOWN, Exclusion, excluded
from bot.parse.sites import META

GERMAN = replace(META, language="de", namespaces={**META.namespaces, 2: ("Benutzer", "User"), 10: ("Vorlage", "V")})


def why(text: str, *optouts: str) -> str:
    found = excluded(text, META, "TestBot", optouts=frozenset(optouts))
    return found.why if found else ""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("robots, bots and nobots", id="only words"),
        pytest.param("{{bots}}", id="bots"),
        pytest.param("{{ Bots |}}", id="bots with an empty parameter"),
        pytest.param("{{bots|allow=all}}", id="allow all"),
        pytest.param("{{bots|allow=TestBot}}", id="allowed"),
        pytest.param("{{bots|allow=A, B,TestBot ,C}}", id="allowed among others"),
        pytest.param("{{bots|allow=A,\n User:test<!-- x -->Bot \n}}", id="prefix, first letter, comment, line breaks"),
        pytest.param("{{bots| Allow = ALL }}", id="any case"),
        pytest.param("{{bots|deny=none}}", id="deny none"),
        pytest.param("{{bots|deny=}}", id="deny nobody"),
        pytest.param("{{bots|deny=A,B}}", id="deny others"),
        pytest.param("{{bots|deny=TestBot II}}", id="a name that begins so"),
        pytest.param("{{bots|deny=MyTestBot}}", id="a name that ends so"),
        pytest.param("{{bots|deny=[[User:Other|Other]]}}", id="deny another by a link"),
        pytest.param("{{bots|deny =TestBot|\ndeny=Other}}", id="repeated, with blanks around the name"),
        pytest.param("{{bots|deny=TestBot|deny=Other}}", id="of a repeated parameter the last counts"),
        pytest.param("{{bots|optout=nosource,nolicense}}", id="other messages"),
        pytest.param("{{bots|optout=none}}", id="opt out of nothing"),
        pytest.param("{{bots|denyscript=interwiki}}", id="another script"),
        pytest.param("{{bots|allowscript=all}}", id="all scripts"),
        pytest.param("{{bots|allowscript=interwiki, check_registrations}}", id="this bot's script"),
        pytest.param("{{bots|allow=TestBot|allowscript=eventsafety|deny=Other|optout=x}}", id="all that lets pass"),
        pytest.param("{{bots|archive=no|dateformat=dmy}}", id="instructions for others"),
        pytest.param("{{nobots|Other,Another}}", id="nobots for others"),
        pytest.param("{{nobots|Other|1=Another}}", id="the last of two first parameters"),
        pytest.param("{{nobots|none}}", id="nobots for none"),
        pytest.param("{{nobots|unsigned}}", id="nobots for another script"),
        pytest.param("<nowiki>{{nobots}}</nowiki>", id="nowiki"),
        pytest.param("<nowiki>{{</nowiki>nobots}}", id="nowiki around the braces"),
        pytest.param("{{<nowiki/>nobots}}", id="nowiki in the braces"),
        pytest.param("{{nobots<NOWIKI />|x}}", id="nowiki behind the name"),
        pytest.param("{<!-- -->{nobots}}", id="comment between the braces"),
        pytest.param("<!-- {{nobots}} -->", id="comment"),
        pytest.param("<!-- {{nobots}}", id="comment that is not closed"),
        pytest.param("<pre>{{nobots}}</pre>", id="pre"),
        pytest.param("<syntaxhighlight lang=wikitext>{{nobots}}</syntaxhighlight>", id="syntaxhighlight"),
        pytest.param("{{{nobots}}} {{{nobots|}}}", id="arguments"),
        pytest.param("{{x|{{{nobots}}}}}", id="an argument in a template"),
        pytest.param("{{tl|nobots}} {{tlx|bots|deny=all}} [[Template:Nobots]]", id="talk of the template"),
        pytest.param("{nobots} [[nobots]]", id="no call"),
        pytest.param("{{robots}} {{nobots/doc}} {{bots noticeboard|deny=all}} {{nobotsx}}", id="other templates"),
        pytest.param("{{bots noticeboard|{{x}}}}", id="another template with a template in it"),
        pytest.param("{{User:Nobots}} {{Help:Nobots}}", id="pages of other namespaces"),
        pytest.param("{{Vorlage:Nobots}}", id="a namespace that this wiki has not"),
        pytest.param("{{PAGENAME:nobots}} {{#if:nobots}}", id="parser functions"),
        pytest.param("{{nobots\n\nx}}", id="a name of two lines"),
        pytest.param("{{&" + "amp;" * 150 + "bots}}", id="a name coded many times"),
    ],
)
def test_may_edit(text: str) -> None:
    assert excluded(text, META, "TestBot") is None


EVERY, THIS = "The page denies every bot by", "The page denies this bot by"
NONE, OTHERS = "The page allows no bot by", "The page allows only other bots by"
SCRIPT, OTHER_SCRIPTS = "The page denies this bot's script by", "The page allows only other scripts by"
MESSAGE, DOUBT = "The page opts out of this kind of message by", "The page may deny this bot by"


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        pytest.param("{{nobots}}", EVERY, id="nobots"),
        pytest.param("{{Nobots}}", EVERY, id="capital"),
        pytest.param("{{NoBots}}", EVERY, id="any case"),
        pytest.param("{{No_bots}}", EVERY, id="two words"),
        pytest.param("{{ nobots }}", EVERY, id="blanks"),
        pytest.param("{{" + " " * 2000 + "nobots}}", EVERY, id="many blanks"),
        pytest.param("{{__nobots_}}", EVERY, id="underscores"),
        pytest.param("{{no<!-- <nowiki> -->bots}}", EVERY, id="comment in the name"),
        pytest.param("{{Template:Nobots}}", EVERY, id="namespace"),
        pytest.param("{{ template : nobots }}", EVERY, id="namespace in small letters"),
        pytest.param("{{:Template:Nobots}}", EVERY, id="colon before the namespace"),
        pytest.param("{{subst:nobots}}", EVERY, id="subst"),
        pytest.param("{{safesubst:<noinclude/>Template:nobots}}", EVERY, id="safesubst"),
        pytest.param("{{{{{|safesubst:}}}nobots}}", EVERY, id="safesubst from an argument"),
        pytest.param("{{ {{{|safesubst:}}} nobots }}", EVERY, id="safesubst from an argument, with blanks"),
        pytest.param("{{{{ns:10}}:nobots}}", EVERY, id="computed namespace"),
        pytest.param("{{nobots|}}", EVERY, id="empty list"),
        pytest.param("{{nobots|1=, ,}}", EVERY, id="list of nothing"),
        pytest.param("{{nobots|all}}", EVERY, id="nobots all"),
        pytest.param("{{nobots|deny=Other}}", EVERY, id="nobots with a named parameter"),
        pytest.param("{{nobots|Other|reason=x}}", EVERY, id="nobots with a list and a named parameter"),
        pytest.param("{{nobots|allow=TestBot}}", EVERY, id="nobots that allows"),
        pytest.param("{{nobots|TestBot}}", THIS, id="nobots for this bot"),
        pytest.param("{{nobots|Other|TestBot}}", THIS, id="nobots, second parameter"),
        pytest.param("{{nobots|Other|1=TestBot}}", THIS, id="nobots, repeated parameter"),
        pytest.param("{{nobots|interwiki,eventsafety}}", SCRIPT, id="nobots for this script"),
        pytest.param("{{bots|deny=all}}", EVERY, id="deny all"),
        pytest.param("{{bots|deny=none,All}}", EVERY, id="deny none and all"),
        pytest.param("{{bots|deny=TestBot}}", THIS, id="deny"),
        pytest.param("{{bots|deny=A,TestBot,B}}", THIS, id="deny among others"),
        pytest.param("{{bots|deny=Other|deny=TestBot}}", THIS, id="repeated parameter"),
        pytest.param("{{bots\n| x = y\n| deny = A,\n  testBot\n}}", THIS, id="over lines"),
        pytest.param("{{bots|deny=testbot}}", THIS, id="small letters"),
        pytest.param("{{bots|deny=_User:TestBot_}}", THIS, id="prefix and underscores"),
        pytest.param("{{bots|deny=Benutzer:TestBot}}", THIS, id="prefix of another language"),
        pytest.param("{{bots|deny=Test&#66;ot}}", THIS, id="entity"),
        pytest.param("{{bots|deny=Test<!-- x -->Bot}}", THIS, id="comment in the value"),
        pytest.param("{{bots|deny=[[User:TestBot|it]], B}}", THIS, id="link"),
        pytest.param("{{bots|deny=A; '''TestBot'''}}", THIS, id="semicolon and bold"),
        pytest.param("{{bots|deny=A\tTestBot\u3001B}}", THIS, id="tab and ideographic comma"),
        pytest.param("{{bots|deny=\n* A\n* TestBot}}", THIS, id="bullets"),
        pytest.param("{{bots|allow=TestBot|deny=TestBot}}", THIS, id="allowed and denied"),
        pytest.param("{{bots|deny=all|allow=TestBot}}", EVERY, id="all denied but this"),
        pytest.param("{{bots|allow=none}}", NONE, id="allow none"),
        pytest.param("{{bots|allow=}}", NONE, id="allow nobody"),
        pytest.param("{{bots|allow=A, B}}", OTHERS, id="allow others"),
        pytest.param("{{bots|allow=TestBot, none}}", OTHERS, id="allow this and none"),
        pytest.param("{{bots|allow=testbot}}", OTHERS, id="allow another spelling"),
        pytest.param("{{bots|allow=A;TestBot}}", OTHERS, id="allow behind another separator"),
        pytest.param("{{bots|allow=TestBot|allow=A}}", OTHERS, id="allow, the last counts"),
        pytest.param("{{bots|optout=all}}", MESSAGE, id="opt out of all"),
        pytest.param("{{bots|optout=x, Event_notice}}", MESSAGE, id="opt out of this message"),
        pytest.param("{{bots|allow=TestBot|optout=all}}", MESSAGE, id="opt out beside allow"),
        pytest.param("{{bots|denyscript=all}}", SCRIPT, id="all scripts"),
        pytest.param("{{bots|denyscript=x,check_registrations}}", SCRIPT, id="this script"),
        pytest.param("{{bots|denyscript=TestBot}}", THIS, id="the bot for a script"),
        pytest.param("{{bots|allowscript=interwiki}}", OTHER_SCRIPTS, id="other scripts"),
        pytest.param("{{bots|allowscript=eventsafety,none}}", OTHER_SCRIPTS, id="this script and none"),
        pytest.param("{{bots|allowscript=TestBot}}", OTHER_SCRIPTS, id="the bot is no script"),
        pytest.param("{{bots|TestBot}}", DOUBT, id="neither allow nor deny"),
        pytest.param("{{bots|no}}", DOUBT, id="a word of its own"),
        pytest.param("{{bots|disallow=TestBot}}", DOUBT, id="unknown parameter with this bot"),
        pytest.param("{{bots|stop=all}}", DOUBT, id="unknown parameter with all"),
        pytest.param("{{nobots", DOUBT, id="not closed"),
        pytest.param("{{nobots}", DOUBT, id="half closed"),
        pytest.param("{{bots", DOUBT, id="bots not closed"),
        pytest.param("{{nobots please", DOUBT, id="not closed, with text"),
        pytest.param("{{nobots\n\nText <nowiki>x</nowiki>", DOUBT, id="not closed, with nowiki far behind"),
        pytest.param("{{nobots|Other", DOUBT, id="not closed, with a list"),
        pytest.param("{{{nobots}}", EVERY, id="a brace too many before"),
        pytest.param("{{{{nobots}}}}", EVERY, id="two pairs"),
        pytest.param("{{nobots<br>}}", DOUBT, id="a tag in the name"),
        pytest.param("{{bots|deny={{PAGENAME}}}}", DOUBT, id="a computed list"),
        pytest.param("{{bots|deny={{{1|}}}}}", DOUBT, id="a list from an argument"),
        pytest.param("{{bots|x=[[|deny=TestBot}}", DOUBT, id="a link that is not closed"),
        pytest.param("{{bots|x=" + "y" * 5000 + "}}", DOUBT, id="absurdly long"),
        pytest.param("{{bots|x=%" + "25" * 20 + "}}", DOUBT, id="coded many times"),
    ],
)
def test_may_not_edit(call: str, reason: str) -> None:
    found = excluded(f"One\r\ntwo {call}", META, "TestBot", optouts=frozenset({"event notice"}))
    assert found is not None
    assert (found.line, found.why.startswith(reason)) == (2, True), found
    assert call.lstrip("{").startswith(found.text.lstrip("{"))


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param("{{x|y={{z|%s}}}}", id="templates"),
        pytest.param("{{#if:{{{1|}}}|%s}}", id="condition"),
        pytest.param("{{{1|%s}}}", id="value of an argument"),
        pytest.param("<div title=x>%s</div>", id="tag"),
        pytest.param("<ref>%s</ref>", id="reference"),
        pytest.param("{| class=x\n|-\n| %s || y\n|}", id="table"),
        pytest.param("[[User:X|%s]]", id="link"),
        pytest.param("[[File:X|thumb|%s]]", id="caption"),
        pytest.param("<noinclude>%s</noinclude>", id="noinclude"),
        pytest.param("<includeonly>%s</includeonly>", id="includeonly"),
        pytest.param("<translate><!--T:1--> %s</translate>", id="translate"),
        pytest.param("== %s ==", id="heading"),
        pytest.param("{{bots|allow=TestBot}}%s", id="behind a permission"),
        pytest.param("%s{{bots|allow=all}}", id="before a permission"),
        pytest.param("<nowiki>%s", id="nowiki that is not closed"),
        pytest.param("<!-- x -->%s<!-- y -->", id="between comments"),
    ],
)
@pytest.mark.parametrize("call", ["{{nobots}}", "{{bots|deny=TestBot}}", "{{bots|allow=Other}}"])
def test_counts_wherever_it_stands(frame: str, call: str) -> None:
    found = excluded(frame % call, META, "TestBot")
    assert found is not None
    assert found.text == call


@pytest.mark.parametrize(
    "name", ["Vorlage:Nobots", "v:nobots", "VORLAGE : Nobots", "template:nobots", ":Vorlage:nobots"]
)
def test_the_wiki_s_own_names_of_the_namespace(name: str) -> None:
    assert excluded(f"{{{{{name}}}}}", GERMAN, "TestBot") is not None


@pytest.mark.parametrize("bot", ["Event Safety Bot", "event_Safety Bot", "Benutzer:Event Safety Bot"])
def test_the_bot_s_name_in_any_form(bot: str) -> None:
    assert excluded("{{bots|allow=Event_Safety_Bot}}", GERMAN, bot) is None
    assert excluded("{{bots|deny=user: event  Safety&#32;Bot}}", GERMAN, bot) is not None


def test_a_name_with_separators_is_found_whole() -> None:
    assert excluded("{{bots|deny=A, Bot (WMF)}}", META, "Bot (WMF)") is not None
    assert excluded("{{bots|allow=A, Bot (WMF)}}", META, "Bot (WMF)") is None


def test_messages_of_another_kind_are_not_meant() -> None:
    assert why("{{bots|optout=event notice}}", "review") == ""
    assert why("{{bots|optout=EVENT notice}}", "review", "Event_notice").startswith(MESSAGE)


def test_the_first_reason_is_told() -> None:
    text = "{{bots|allow=TestBot}}\n<!-- {{nobots}}\n-->\n x {{Bots\n|deny= TestBot }}\n{{nobots}}"
    assert excluded(text, META, "TestBot") == Exclusion(
        4, "{{Bots\n|deny= TestBot }}", "The page denies this bot by {{Bots |deny= TestBot }}."
    )


def test_the_text_is_cut() -> None:
    found = excluded("{{bots|deny=TestBot," + "x," * 300 + "}}", META, "TestBot")
    assert found is not None
    assert len(found.text) == LONGEST_SHOWN


def test_of_an_open_call_the_first_line_is_shown() -> None:
    assert excluded("{{nobots|x\ny", META, "TestBot") == Exclusion(
        1, "{{nobots|x", "The page may deny this bot by {{nobots|x, which cannot be read."
    )


WORDS = st.sampled_from(
    ["TestBot", "testbot", "Other", "all", "none", "eventsafety", "interwiki", "", " ", "User:TestBot"]
)
LISTS = st.lists(WORDS, max_size=3).map(",".join)
KEYS = st.sampled_from(["allow", "deny", "optout", "allowscript", "denyscript", "x"])
CALLS = st.builds(
    lambda name, named: "{{" + "|".join([name, *(f"{key}={value}" for key, value in named.items())]) + "}}",
    st.sampled_from(["bots", "Nobots", "Template:Bots"]),
    st.dictionaries(KEYS, LISTS, max_size=4),
)
TOKENS = [
    "{{",
    "}}",
    "{",
    "}",
    "{{{",
    "}}}",
    "[[",
    "]]",
    "|",
    "=",
    ",",
    ":",
    "\n",
    "\r",
    "<!--",
    "-->",
    "<nowiki>",
    "all",
]
TOKENS += [
    "</nowiki>",
    "<nowiki/>",
    "bots",
    "nobots",
    "Template:",
    "deny",
    "allow",
    "TestBot",
    " ",
    "&#66;",
    "%25",
    "\0",
    "İ",
]
SOUP = st.lists(st.sampled_from(TOKENS), max_size=25).map("".join)
ANYTHING = st.text() | SOUP | st.lists(CALLS | SOUP, max_size=4).map("".join)


@given(ANYTHING, st.text(max_size=20) | st.just("TestBot"), st.frozensets(st.text(max_size=5), max_size=2))
def test_never_raises_and_shows_what_stands_there(text: str, bot: str, optouts: frozenset[str]) -> None:
    found = excluded(text, META, bot, optouts=optouts)
    assert found is None or (found.text in text and found.text.startswith("{{") and 1 <= found.line <= len(text))


@given(ANYTHING)
@example("{{bot\u017f}}")
@example("{{nob<!-- x -->ots}}")
def test_text_without_bots_is_never_excluded(text: str) -> None:
    assume("bots" not in text.lower())
    assert excluded(text, META, "TestBot") is None


@given(CALLS, st.sampled_from([("<nowiki>", "</nowiki>"), ("<!--", "-->"), ("<pre>", "</pre>")]))
def test_what_mediawiki_shows_as_text_forbids_nothing(call: str, tags: tuple[str, str]) -> None:
    assert excluded(call.join(tags), META, "TestBot") is None


@given(
    st.sampled_from(["bots", "nobots"]),
    st.dictionaries(KEYS, LISTS).flatmap(lambda d: st.permutations(list(d.items()))),
)
def test_the_order_of_parameters_does_not_matter(name: str, parameters: list[tuple[str, str]]) -> None:
    def reason(pairs: list[tuple[str, str]]) -> str:
        return why("{{" + "|".join([name, *(f"{key}={value}" for key, value in pairs)]) + "}}").partition(" by ")[0]

    assert reason(parameters) == reason(sorted(parameters))


@given(CALLS, ANYTHING)
def test_nothing_behind_a_call_lifts_it(call: str, more: str) -> None:
    found = excluded(call, META, "TestBot")
    assume(found is not None)
    assert excluded(f"{call}\n{more}", META, "TestBot") == found


def pywikibot_declines(name: str, key: str, value: str) -> bool:
    """``_check_bot_may_edit`` of pywikibot 11 for one call with at most one parameter, run as ``eventsafety``, but for the prefix."""
    names = {part.strip().removeprefix("User:") for part in value.split(",")}
    if name == "nobots":
        return bool(key) or bool({"all", "eventsafety", "TestBot"} & names)
    rules = {
        "allow": not {"all", "TestBot"} & names,
        "deny": bool({"all", "TestBot"} & names),
        "allowscript": not {"all", "eventsafety"} & names,
        "denyscript": bool({"all", "eventsafety"} & names),
    }
    return bool(value) and rules.get(key, False)


@given(st.sampled_from(["bots", "nobots"]), KEYS | st.just(""), LISTS)
def test_never_edits_where_pywikibot_would_not(name: str, key: str, value: str) -> None:
    assume(pywikibot_declines(name, key, value))
    assert why(f"{{{{{name}|{key}={value}}}}}" if key else f"{{{{{name}|{value}}}}}")


@pytest.mark.parametrize(
    ("text", "away"),
    [
        pytest.param("lorem [[ipsum]] {{y|z}} <!-- c --> " * 11_000 + "{{bots}}", False, id="a page"),
        pytest.param("{" * 400_000 + "bots", True, id="braces"),
        pytest.param("{{" + " " * 400_000 + "bots", True, id="blanks"),
        pytest.param("{{ {{{x}}} " * 36_000 + "bots", True, id="computed names"),
        pytest.param("{{template:" * 36_000 + "bots", True, id="open calls"),
        pytest.param("{{bots|allow=all}} " * 4_000, False, id="calls"),
        pytest.param(("{{bots|x=%" + "25" * 1900 + "}}") * 100, True, id="codes of codes"),
    ],
)
def test_large_pages_end(text: str, *, away: bool) -> None:
    """A reader that goes back over what it has read would need hours for these."""
    assert bool(excluded(text, META, "TestBot")) is away
