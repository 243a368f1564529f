"""The marks of one line are found, whatever is broken around them."""

from __future__ import annotations

import pytest

from bot.parse.markup import mask
from bot.parse.signup_marks import list_items, scan
from bot.parse.sites import META


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.name, mention.how) for mention in scan(mask(text), META).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[[User:Ada|x]] ([[User talk:Ada|t]])", [("Ada", "user"), ("Ada", "talk")], id="signature"),
        pytest.param("[[user:ada_b]]", [("Ada b", "user")], id="lower case, underscore"),
        pytest.param("[[<tvar name=1>User:Ada</tvar>|x]]", [("Ada", "user")], id="tvar"),
        pytest.param("[[<tvar|o>User:Ada</>|x]]", [("Ada", "user")], id="old tvar"),
        pytest.param("[[User:Ada|[[File:x.png|20px]] A]]", [("Ada", "user")], id="image in the label"),
        pytest.param("[[File:x.png|thumb|[[User:Ada]] speaks]]", [("Ada", "user")], id="link in a caption"),
        pytest.param(
            "[[User:Ada|'''A''' ([[User talk:Ada|t]])", [("Ada", "broken"), ("Ada", "talk")], id="never closed"
        ),
        pytest.param("[[User:Ada] hello", [("Ada", "broken")], id="one bracket too few"),
        pytest.param("[User:Ada|Ada]", [("Ada", "broken")], id="single brackets"),
        pytest.param("[https://fr.wikipedia.org/wiki/Utilisateur:Ada A]", [("Ada", "external")], id="external link"),
        pytest.param("https://meta.wikimedia.org/wiki/User:Ada", [("Ada", "external")], id="bare address"),
        pytest.param("{{u|Ada}}", [("Ada", "template")], id="template"),
        pytest.param("{{User|1=Plus = Minus}}", [("Plus = Minus", "template")], id="numbered parameter"),
        pytest.param("{{user|user=Ada|x}}", [("X", "template")], id="the first parameter goes before user="),
        pytest.param("{{user|\n Ada\n}}", [("Ada", "template")], id="over lines"),
        pytest.param("{{user|[[User:Ada]]}}", [("Ada", "user")], id="link in a user template"),
        pytest.param("{{user|User:Ada}}", [("Ada", "template")], id="prefix in a user template"),
        pytest.param("{{user|m:User:Ada}}", [("Ada", "template")], id="interwiki in a user template"),
        pytest.param("{{unsigned|Ada|12:00, 1 May 2026}}", [("Ada", "template")], id="unsigned"),
        pytest.param("{{unsigned2|12:00, 1 May 2026|Ada}}", [("Ada", "template")], id="time first"),
        pytest.param("{{#if:x|{{user|Ada}}}}", [("Ada", "template")], id="parser function"),
        pytest.param("{{strike|[[User:Ada]]}}", [("Ada", "user")], id="struck"),
        pytest.param("{{User:Ada/sig}}", [("Ada", "template")], id="transcluded signature"),
        pytest.param("{{subst:user|Ada}}", [("Ada", "template")], id="substituted"),
        pytest.param(
            "{{সদস্য|Ada}} {{مس|Bo}}", [("Ada", "template"), ("Bo", "template")], id="templates of other languages"
        ),
        pytest.param(
            "User:Ada, User:Bo and User:Cy", [("Ada", "bare"), ("Bo", "bare"), ("Cy", "bare")], id="bare names"
        ),
        pytest.param("User：山間郵差", [("山間郵差", "bare")], id="full-width colon"),
        pytest.param("Iran: m:User:Ada – online", [("Ada", "bare")], id="bare with prefix and remark"),
        pytest.param("Discussion utilisateur:Ada", [("Ada", "bare")], id="bare talk page in French"),
        pytest.param("<nowiki>{{user|Ada}}</nowiki><!-- [[User:Bo]] -->", [], id="hidden"),
        pytest.param("[[:it:Ponte]] [[m:Event:X]] [https://example.org User:x]", [], id="other links"),
        pytest.param("Note: use it, user friendly: yes", [], id="words with a colon"),
        pytest.param("{{Userbox|Ada}} {{flag|India}} {{!}}", [], id="other templates"),
        pytest.param("{{{1|x}}} {{{{1}}}}", [], id="parameters"),
    ],
)
def test_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["{{user|}}", "{{user|Salt=Pepper}}", "{{user|Ada} x", "~~~~", "[[User:{{{1}}}|x]]",
     "User:{{{1}}}", "User:I will come today to the party", "{{user|a<b}}"],
)  # fmt: skip
def test_lost_names(text: str) -> None:
    marks = scan(text, META)
    assert marks.broken
    assert not marks.mentions


@pytest.mark.parametrize(
    "text", ["{{ping|Ada|2=Bo}}", "@[[User:Ada]] @ [[User:Bo]]", "{{Notif|Ada}} {{antwort|Bo|a<b}}"]
)
def test_people_who_are_spoken_to(text: str) -> None:
    assert [(mention.name, mention.ping) for mention in scan(text, META).mentions] == [("Ada", True), ("Bo", True)]


def test_what_else_a_line_holds() -> None:
    marks = scan("a {{s|b}} [[c]] {{odd|d}} {{tick}} 12:00, 1 May 2026 (UTC) ''e'' <b>f</b>", META)
    assert [marks.text[start:end] for start, end in marks.struck] == ["{{s|b}}"]
    assert [template.name for template in marks.unknown] == ["odd"]
    assert marks.links == 1
    assert marks.words(0, len(marks.text)).split() == ["a", "b", "d", "e", "f"]
    assert marks.without([(0, 10)]).words(0, len(marks.text)).split() == ["d", "e", "f"]


def test_calls_that_stand_too_deep_are_not_read() -> None:
    marks = scan("{{x|" * 60 + "{{u|Ada}}" + "}}" * 60, META)
    assert not marks.mentions
    assert marks.broken


def test_a_link_that_never_ends_gives_its_name_and_is_reported() -> None:
    marks = scan("[[User:Ada 12:00, 1 May 2026", META)
    assert marks.broken
    assert [(mention.name, mention.how) for mention in marks.mentions] == [("Ada", "bare")]


def test_html_lists() -> None:
    assert list(list_items("<li>a</li><LI class=x>b")) == [(4, "a</li>"), (22, "b")]
