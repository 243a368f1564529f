"""The notice of an event: put up once, completed, renewed in its place, and never against a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import escape
from bot.config import Notices
from bot.model import Event, PolicyKind
from bot.parse import safetypage
from bot.parse.safetypage import NOTICE
from bot.parse.sites import META
from bot.plan import notice_memory, notice_words, notices, placement, rewrite
from bot.plan.notice_memory import Before
from bot.plan.notices import ADDITION, PAGE, TALK, Talk, WantedNotice
from bot.plan.wanted import Page

EVENT = "Event:Learning Clinic"
UCOC = "foundation:Special:MyLanguage/Policy:Universal Code of Conduct"
FRIENDLY = "foundation:Special:MyLanguage/Policy:Friendly space policy"
WANTED = WantedNotice(
    event=EVENT,
    version="1",
    language="en",
    policies={PolicyKind.UCOC: UCOC, PolicyKind.FRIENDLY: FRIENDLY},
    public="Event talk:Learning Clinic",
    contacts=("ExampleAda", "ExampleBo"),
    contacts_at=f"{EVENT}#event-safety-contacts",
    number="112",
    emergency="emergency{{@}}wikimedia.org",
)
POLICY_SECTION = f"""Welcome!

== Safe space policy ==
Please read carefully and follow the [[{UCOC}|Universal Code of Conduct]] during the event.

== Participants ==
# [[User:ExampleCy]]
"""
PLAIN = "Welcome!\n\n== Programme ==\n* 10:00 Tea\n\n== Participants ==\n# [[User:ExampleCy]]\n"
NEVER = Before()
TALKING = Talk("Keeping the event safe", "[[User:TestBot|TestBot]] 12:00, 21 November 2026 (UTC)")


def read(text: str) -> safetypage.SafetyPage:
    return safetypage.read(text, META, Notices(), EVENT)


def planned(text: str, wanted: WantedNotice = WANTED, before: Before = NEVER) -> Page:
    page = read(text)
    return notices.next_page(text, META, page, wanted, placement.place(text, META, page, "notice"), before)


def talked(text: str, wanted: WantedNotice = WANTED, before: Before = NEVER) -> Page:
    return notices.next_talk_page(text, META, read(text), wanted, before, TALKING)


def own(text: str) -> dict[str, str]:
    """The values of the only notice on a page."""
    [notice] = read(text).notices
    return dict(notice.values)


def after(text: str, old: str | None = "", before: Before = NEVER) -> Before:
    """What the bot knows when it had made this text of an ``old`` one (all of it its own, if none is given)."""
    return notice_memory.remember(before, None if old is None else read(old), read(text), EVENT, META)


# --- a page without a notice


def test_a_page_gets_the_whole_notice_and_then_nothing_more() -> None:
    page = planned(PLAIN)
    assert own(page.text) == {
        "event": EVENT,
        "version": "1",
        "lang": "en",
        "ucoc": UCOC,
        "friendly": FRIENDLY,
        "public": "Event talk:Learning Clinic",
        "contact 1": "ExampleAda",
        "contact 2": "ExampleBo",
        "contacts": f"{EVENT}#event-safety-contacts",
        "number": "112",
        "emergency": "emergency{{@}}wikimedia.org",
    }
    assert page.reasons == ("The page has no notice; it gets one, version 1.",)
    assert planned(page.text, before=after(page.text)).text == page.text
    assert planned(page.text).text == page.text


def test_it_stands_before_those_who_sign_up() -> None:
    text = planned(PLAIN).text
    assert text.index("{{Event safety notice") < text.index("== Participants ==")


def test_what_people_wrote_is_completed_and_stays() -> None:
    page = planned(POLICY_SECTION)
    values = own(page.text)
    assert values["form"] == ADDITION
    assert "ucoc" not in values
    assert values["friendly"] == FRIENDLY
    assert values["contact 1"] == "ExampleAda"
    [reason] = page.reasons
    assert reason == (
        'The section "Safe space policy" does not say all that it should; added: the friendly space policy, where to'
        ' report in public, whom to report to in private ("ExampleAda", "ExampleBo"), where all safety contacts stand,'
        " the emergency number, the address for threats of harm."
    )
    assert all(line in page.text.splitlines() for line in POLICY_SECTION.splitlines())
    assert planned(page.text, before=after(page.text)).text == page.text


def test_a_section_that_says_everything_is_left_alone() -> None:
    text = f"""== Safety ==
Everybody follows the [[{UCOC}|Universal Code of Conduct]] and the [[{FRIENDLY}|friendly space policy]].
Report in private to [[Special:EmailUser/ExampleAda]], in public on the [[Event talk:Learning Clinic|talk page]].
In an emergency with threats of harm write to emergency@wikimedia.org.
"""
    page = planned(text)
    assert (page.text, page.reasons) == (text, ())
    assert page.notes == ("The page has everything that the notice would say; nothing is added.",)


def test_without_contacts_it_is_said_that_nobody_is_named() -> None:
    page = planned(PLAIN, replace(WANTED, contacts=(), contacts_at=""))
    assert "names nobody: give a roster" in page.notes[0]
    assert "contact 1" not in own(page.text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#REDIRECT [[Event:Other]]", id="redirect"),
        pytest.param("<translate>\n== Welcome ==\nHello", id="translate not closed"),
    ],
)
def test_where_there_is_no_safe_place_nothing_is_written(text: str) -> None:
    page = planned(text)
    assert (page.text, page.reasons) == (text, ())
    assert page.notes[0]


# --- a page with a notice


def noticed(**values: str) -> str:
    """A page with a notice of the bot's in which these parameters are other than wanted."""
    return PLAIN.replace(
        "== Participants", rewrite.render(NOTICE, {**notices.values(WANTED, PAGE), **values}) + "\n\n== Participants"
    )


@pytest.mark.parametrize(
    ("values", "changed"),
    [
        pytest.param({"version": "0"}, "version 1", id="a new version"),
        pytest.param({"ucoc": "m:Universal Code of Conduct"}, "the Universal Code of Conduct", id="a policy's link"),
        pytest.param({"lang": "es"}, "the language", id="the language"),
        pytest.param(
            {"contact 2": "ExampleGone"},
            'whom to report to in private ("ExampleBo"; no longer "ExampleGone")',
            id="another contact",
        ),
        pytest.param(
            {"contact 3": "ExampleGone"},
            'whom to report to in private (no longer "ExampleGone")',
            id="a contact fewer",
        ),
        pytest.param(
            {"contact 1": "ExampleBo", "contact 2": "ExampleAda"},
            "whom to report to in private",
            id="the same contacts in another order",
        ),
        pytest.param({"number": ""}, "the emergency number", id="a value that was missing"),
        pytest.param(
            {"technical": "mw:Code of Conduct"},
            "the code of conduct for technical spaces (taken out)",
            id="a policy that holds no longer",
        ),
    ],
)
def test_what_the_bot_had_written_is_renewed_in_its_place(values: dict[str, str], changed: str) -> None:
    text = noticed(**values)
    page = planned(text, before=after(text))
    assert own(page.text) == own(text) | notices.values(WANTED, PAGE) | {
        name: "" for name in values if name not in notices.values(WANTED, PAGE)
    }
    assert page.reasons == (f"The notice is renewed: {changed}.",)
    assert page.text.count("{{Event safety notice") == 1
    assert len(page.text.splitlines()) - len(text.splitlines()) in (0, 1)
    assert planned(page.text, before=after(page.text)).text == page.text


def test_what_somebody_changed_stays_and_the_report_says_so() -> None:
    mine = noticed()
    text = mine.replace(FRIENDLY, "m:Our own friendly space")
    page = planned(text, before=after(mine))
    assert (page.text, page.reasons) == (text, ())
    assert page.notes == (
        "Somebody changed the friendly space policy in the notice; it stays as it is (m:Our own friendly space).",
    )


def test_what_nobody_was_asked_about_stays_in_the_notice() -> None:
    first = planned(PLAIN, replace(WANTED, policies={**WANTED.policies, PolicyKind.OWN: "Event:Our policy"})).text
    known = after(first)
    poor = replace(WANTED, public="Event talk:Other", number="", contacts=("ExampleAda",))
    assert own(planned(first, poor, known).text)["own"] == ""
    page = planned(first, replace(poor, unasked=frozenset({"own", "public", "number"})), known)
    assert page.reasons == ('The notice is renewed: whom to report to in private (no longer "ExampleBo").',)
    bare = planned(PLAIN, replace(poor, unasked=frozenset({"public"})))
    assert own(bare.text)["public"] == "Event talk:Other"


def test_a_new_version_comes_with_what_somebody_changed() -> None:
    mine = noticed(version="0")
    text = mine.replace(FRIENDLY, "m:Our own friendly space")
    page = planned(text, before=after(mine))
    assert own(page.text)["version"] == "1"
    assert own(page.text)["friendly"] == "m:Our own friendly space"


def test_what_people_wrote_never_becomes_the_bots_own_by_being_kept() -> None:
    mine = "Hi\n\n{{Event safety notice|ucoc=m:Our own page}}\n"
    first = planned(mine)
    assert own(first.text)["friendly"] == FRIENDLY
    second = planned(first.text, before=after(first.text, mine))
    assert (second.text, second.reasons) == (first.text, ())
    assert second.notes == (
        "Somebody changed the Universal Code of Conduct in the notice; it stays as it is (m:Our own page).",
    )
    renewed = replace(WANTED, version="2", number="911")
    third = planned(first.text, renewed, after(first.text, mine))
    assert own(third.text)["ucoc"] == "m:Our own page"
    assert (own(third.text)["version"], own(third.text)["number"]) == ("2", "911")
    known = after(third.text, first.text, after(first.text, mine))
    assert planned(third.text, renewed, known).text == third.text


def test_what_the_page_was_before_that_cannot_be_told_makes_nothing_the_bots() -> None:
    old = noticed(number="911")
    page = planned(old, before=after(old, None))
    assert (page.text, page.reasons) == (old, ())
    assert planned(PLAIN, before=after(old, None)).text == PLAIN


def test_a_renewal_that_somebody_took_back_is_not_made_again_in_part() -> None:
    old = noticed()
    renewed = replace(WANTED, version="2", policies={PolicyKind.UCOC: "m:UCoC", PolicyKind.FRIENDLY: FRIENDLY})
    new = planned(old, renewed, after(old)).text
    page = planned(old, renewed, after(new, old, after(old)))
    assert (page.text, page.reasons) == (old, ())
    assert "Somebody changed the version in the notice; it stays as it is (1)." in page.notes
    assert own(planned(old, replace(renewed, version="3"), after(new, old, after(old))).text)["version"] == "3"


def test_a_notice_that_was_copied_from_another_event_is_neither_renewed_nor_taken_away() -> None:
    copied = rewrite.render(NOTICE, {"event": "Event:Clinic 2025", "version": "1", "ucoc": "m:UCoC"})
    page = planned(f"Hi\n\n{copied}\n")
    later = planned(page.text, replace(WANTED, version="2"), after(page.text, f"Hi\n\n{copied}\n"))
    assert copied in later.text
    assert later.reasons == ("The notice is renewed: version 2.",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<translate>\n<!--T:1-->\n{}\n</translate>\n", id="in a unit"),
        pytest.param("<translate nowrap><!--T:1-->\n{}</translate>", id="at the end of one"),
        pytest.param("<translate>\nHello\n\n{}\n", id="behind a tag that is never closed"),
    ],
)
def test_a_notice_in_text_for_translation_is_left_alone(text: str) -> None:
    page = text.format(noticed(version="0").partition("\n\n== Participants")[0])
    draft = planned(page, before=after(page))
    assert (draft.text, draft.reasons) == (page, ())
    assert "marked for translation" in draft.notes[-1]


def test_what_somebody_emptied_stays_empty() -> None:
    mine = noticed()
    text = mine.replace("| public = Event talk&#58;Learning Clinic", "| public = ").replace(
        "| public = Event talk:Learning Clinic", "| public ="
    )
    assert text != mine
    page = planned(text, before=after(mine))
    assert page.text == text
    assert page.notes[0] == "Somebody changed where to report in public in the notice; it stays as it is (empty)."


def test_a_notice_that_somebody_began_by_hand_is_completed() -> None:
    text = "Hello\n\n{{Event safety notice|ucoc=m:Universal Code of Conduct|remark=ours}}\n"
    page = planned(text)
    values = own(page.text)
    assert values["ucoc"] == "m:Universal Code of Conduct"
    assert values["remark"] == "ours"
    assert (values["event"], values["version"], values["friendly"]) == (EVENT, "1", FRIENDLY)
    assert planned(page.text).text == page.text


def test_of_two_notices_for_the_event_one_is_taken_away() -> None:
    one = noticed()
    call = one[one.index("{{Event safety notice") : one.index("}}\n\n== Part") + 2]
    text = f"{one}\n\n{call}\n\nThe end.\n"
    page = planned(text, before=after(one))
    assert len(read(page.text).notices) == 1
    assert page.text.endswith("The end.\n")
    assert "A second notice for the same event" in page.reasons[0]


def test_a_notice_for_another_event_is_nobodys_business() -> None:
    text = PLAIN + "\n" + rewrite.render(NOTICE, {"event": "Event:Another", "version": "1"}) + "\n"
    page = planned(text)
    assert {notice.event for notice in read(page.text).notices} == {EVENT, "Event:Another"}


def test_the_notice_of_a_page_that_was_moved_becomes_that_of_its_new_title() -> None:
    old = noticed(event="Event:Old name")
    page = planned(old, before=after(old))
    assert own(page.text)["event"] == EVENT
    assert page.reasons == ("The notice is renewed: the name of the event.",)


def test_a_notice_that_somebody_took_away_is_not_put_back() -> None:
    page = planned(PLAIN, before=after(noticed()))
    assert (page.text, page.reasons) == (PLAIN, ())
    [note] = page.notes
    assert note.startswith(
        "Somebody took the notice off this page, so it is not put there again; to have it kept again"
    )


@pytest.mark.parametrize("name", [name for name in notices.ORDER if name != "form"])
def test_every_parameter_is_told_in_words(name: str) -> None:
    for told in (notice_words.words({name: "ExampleNew"}, {}), notice_words.words({name: ""}, {name: "ExampleOld"})):
        assert told.startswith(("the ", "where ", "whom ", "version "))


def test_a_notice_that_is_put_back_as_the_note_says_is_filled_in_and_kept() -> None:
    known = after(noticed())
    text = PLAIN.replace("== Programme", "{{Event safety notice}}\n\n== Programme")
    page = planned(text, before=known)
    assert own(page.text) == notices.values(WANTED, PAGE)
    assert page.notes == ()
    later = planned(page.text, replace(WANTED, version="2"), after(page.text, text, known))
    assert own(later.text)["version"] == "2"


def test_a_notice_that_somebody_emptied_by_its_parameters_stays_empty() -> None:
    mine = noticed()
    call = mine[mine.index("{{Event safety notice") : mine.index("}}\n\n== Part") + 2]
    text = mine.replace(call, "{{Event safety notice\n| ucoc =\n}}")
    page = planned(text, before=after(mine))
    assert (page.text, page.reasons) == (text, ())


def test_a_notice_that_cannot_be_read_is_left_alone() -> None:
    text = PLAIN + "\n{{Event safety notice\n| event = " + EVENT
    page = planned(text)
    assert page.text == text
    assert "cannot be read (line 9" in page.notes[0]


def test_in_a_section_of_peoples_what_they_take_out_is_added() -> None:
    first = planned(POLICY_SECTION)
    without = first.text.replace(f"[[{UCOC}|Universal Code of Conduct]]", "rules")
    page = planned(without, before=after(first.text))
    assert own(page.text)["ucoc"] == UCOC
    assert page.reasons == ("The notice is renewed: the Universal Code of Conduct.",)


# --- the talk page


def test_a_talk_page_gets_a_signed_section_at_its_end() -> None:
    page = talked("== Tea ==\nWhich?\n")
    assert page.text.startswith("== Tea ==\nWhich?\n\n== Keeping the event safe ==\n{{Event safety notice\n")
    assert page.text.endswith("}}\n" + TALKING.signed)
    assert own(page.text)["form"] == TALK
    assert talked(page.text, before=after(page.text)).text == page.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#REDIRECT [[Event talk:Other]]", id="redirect"),
        pytest.param("#WEITERLEITUNG [[Event talk:Other]]\n\nHello", id="redirect in another language"),
        pytest.param("Hello\n\n<!-- ", id="a comment that is never closed"),
    ],
)
def test_a_talk_page_on_which_nobody_would_see_a_notice_is_left_alone(text: str) -> None:
    page = talked(text)
    assert (page.text, page.reasons) == (text, ())
    assert "nothing is added" in page.notes[0]


def test_a_talk_page_that_does_not_exist_is_begun() -> None:
    assert talked("").text.startswith("== Keeping the event safe ==\n")


def test_on_a_talk_page_a_section_of_peoples_counts_for_nothing() -> None:
    assert own(talked(POLICY_SECTION).text)["ucoc"] == UCOC


def test_a_new_version_replaces_the_notice_on_the_talk_page() -> None:
    first = talked("Hello").text
    page = talked(first, replace(WANTED, version="2"), after(first))
    assert page.text == first.replace("| version = 1", "| version = 2")


def test_a_talk_page_from_which_somebody_took_the_notice_stays_without() -> None:
    assert talked("Hello", before=after(talked("Hello").text)).text == "Hello"


# --- summaries


def test_a_summary_keeps_its_key_and_holds_no_link() -> None:
    key = "{Event safety notice 1: Event:" + "x" * 240 + "}"
    told = notices.summary("A [[link]]\nand " + "y" * 500, key)
    assert told.endswith(key)
    assert len(told) <= 400
    assert "[[" not in told
    assert "\n" not in told


def test_the_name_of_an_event_cannot_bring_the_key_of_another_one_into_a_summary() -> None:
    other = notices.key(Event("Event:Other", 7), "talk notice", "1")
    told = notices.summary(f"Notice for {other} and (event-safety[[ talk]]", "(event-safety notice 8:1)")
    assert other not in told
    assert told.count("(event-safety ") == 1


# --- hostile values, and people and bot in turns

NAMES = st.text(st.sampled_from("Aa|{}[]<>=&#;:'~\u202e_! \n\u0338"), min_size=1, max_size=12)
FRAGMENTS = st.sampled_from(
    [
        "Some text.\n",
        "\n== Programme ==\n* tea\n",
        "\n== Participants ==\n# [[User:ExampleCy]]\n",
        "\n== Safety ==\nBe kind.\n",
        f"\n== Code of conduct ==\nFollow the [[{UCOC}|UCoC]].\n",
        "<translate>\n== Welcome == <!--T:1-->\n\n<!--T:2-->\nHello\n</translate>\n",
        "{| class=wikitable\n| a\n|}\n",
        "{{Some box\n|x=1\n}}\n",
        "<!-- remark -->\n",
        "[[Category:Events]]\n",
        "<nowiki>{{Event safety notice|event=Event:Learning Clinic}}</nowiki>\n",
    ]
)


@given(NAMES, NAMES, st.lists(FRAGMENTS, max_size=6).map("".join))
def test_hostile_names_come_back_as_they_were(name: str, title: str, text: str) -> None:
    wanted = replace(WANTED, contacts=(name,), public=title, policies={PolicyKind.OWN: title})
    page = planned(text, wanted)
    if page.text == text:
        return
    values = own(page.text)
    assert values["contact 1"] == escape.terminal(name).strip() or "contact 1" in values
    assert "\n" not in values["contact 1"]
    assert planned(page.text, wanted, after(page.text)).text == page.text


@given(st.lists(FRAGMENTS, max_size=6).map("".join), st.lists(st.tuples(FRAGMENTS, st.booleans()), max_size=4))
def test_edits_of_people_survive_and_the_bot_comes_to_rest(text: str, turns: list[tuple[str, bool]]) -> None:
    before = Before()
    for addition, at_start in turns:
        page = planned(text, before=before)
        known = after(page.text) if page.text != text else before
        again = planned(page.text, before=known)
        assert again.text == page.text
        assert without_notices(page.text) == without_notices(text)
        assert len(read(page.text).notices) <= 1
        before = known
        text = addition + page.text if at_start else page.text + "\n" + addition


def without_notices(text: str) -> str:
    """The text of people, blank lines aside."""
    for notice in reversed(read(text).notices):
        text = text[: notice.call.start] + text[notice.call.end :]
    return "\n".join(line for line in text.splitlines() if line.strip())
