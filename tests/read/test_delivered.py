"""Where the bot has left a message: by its own contributions alone, wherever their pages went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import AnswerError, BusyError, LoginError
from bot.parse.sites import META
from bot.read import delivered
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply

KEY = "event-safety:12:1)"


@pytest.fixture(autouse=True)
def logged_in(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(session), "username", "Some Bot")


def row(title: str, comment: str | None = f"Notice ({KEY}", ns: int = 3) -> dict[str, Any]:
    """A contribution as the API gives it; ``comment`` None is hidden."""
    return {"ns": ns, "title": title, **({"commenthidden": True} if comment is None else {"comment": comment})}


def answer(*rows: dict[str, Any], more: str = "") -> Reply:
    follow = {"continue": {"uccontinue": more, "continue": "-||"}} if more else {"batchcomplete": True}
    return Reply({"query": {"usercontribs": list(rows)}, **follow})


@pytest.mark.parametrize(
    ("contribution", "expected"),
    [
        pytest.param(row("User talk:Ada"), {"Ada"}, id="on the talk page"),
        pytest.param(row("User talk:Ada/Archive 1"), {"Ada"}, id="moved to an archive"),
        pytest.param(row("User talk:Ada/2026/Archive"), {"Ada"}, id="moved deeper"),
        pytest.param(row("User:Ada/Old talk", ns=2), {"Ada"}, id="moved below the user page"),
        pytest.param(row("User talk:Тихий Шторм"), {"Тихий Шторм"}, id="another script"),
        pytest.param(row("User talk:A: B"), {"A: B"}, id="a colon in the name"),
        pytest.param(row("User talk:Ada", "Notice (event-safety:12:10)"), set(), id="another version"),
        pytest.param(row("User talk:Ada", "Notice (event-safety:112:1)"), set(), id="another event"),
        pytest.param(row("User talk:Ada", ""), set(), id="no summary"),
        pytest.param(row("User talk:Ada", None), {"Ada"}, id="a hidden summary may be the one"),
    ],
)
def test_to_whom(wiki: MemoryWiki, session: Session, contribution: dict[str, Any], expected: set[str]) -> None:
    wiki.script(answer(contribution), list="usercontribs")
    assert delivered.to(session, META, KEY) == expected


def test_it_asks_for_its_own_contributions_to_user_pages(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(answer(), list="usercontribs")
    assert delivered.to(session, META, KEY) == frozenset()
    [sent] = wiki.asked(list="usercontribs")
    asked = {"ucuser": "Some Bot", "ucnamespace": "2|3", "ucprop": "title|comment", "uclimit": "max"}
    assert asked.items() <= sent.params.items()


def test_all_contributions_are_read(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(answer(row("User talk:Ada"), more="x|1"), answer(row("User talk:Bea")), list="usercontribs")
    assert delivered.to(session, META, KEY) == {"Ada", "Bea"}
    assert [sent.params.get("uccontinue") for sent in wiki.asked(list="usercontribs")] == [None, "x|1"]


def test_several_keys_of_one_message(wiki: MemoryWiki, session: Session) -> None:
    told = [row("User talk:Ada"), row("User talk:Bea", "Notice {old}"), row("User talk:Cem", "Notice {other}")]
    wiki.script(answer(*told), answer(*told), list="usercontribs")
    assert delivered.to(session, META, KEY, "{old}") == {"Ada", "Bea"}
    assert delivered.to(session, META) == frozenset()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Event talk:Clinic", True, id="there"),
        pytest.param("Event talk:Clinic/Archive 1", True, id="in an archive"),
        pytest.param("Event talk:Clinic 2", False, id="another event"),
        pytest.param("Event talk:Clin", False, id="the beginning of its name"),
    ],
)
def test_to_a_page(wiki: MemoryWiki, session: Session, title: str, *, expected: bool) -> None:
    wiki.script(answer(row(title, ns=1729)), list="usercontribs")
    assert delivered.to_page(session, META, "Event talk:Clinic", KEY) is expected
    assert wiki.sent[-1].params["ucnamespace"] == "1729"


def test_a_page_of_no_namespace(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(answer(row("Photo walk: the talk", ns=0)), list="usercontribs")
    assert delivered.to_page(session, META, "Photo walk: the talk", KEY)
    assert wiki.sent[-1].params["ucnamespace"] == "0"


def redirects(title: str, *from_: str) -> Reply:
    page = {"title": title, **({"redirects": [{"ns": 1728, "title": one} for one in from_]} if from_ else {})}
    return Reply({"query": {"pages": [page]}})


def test_titles_that_lead_to_a_page_also_by_way_of_each_other(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(redirects("C", "B", "B2"), redirects("B", "A"), redirects("A"), prop="redirects")
    assert delivered.leading_to(session, "C") == {"A", "B", "B2"}
    assert [set(sent.values("titles")) for sent in wiki.asked(prop="redirects")] == [{"C"}, {"B", "B2"}, {"A"}]


def test_redirects_in_a_ring_and_a_page_without_any(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(redirects("A", "B"), redirects("B", "A", "B"), redirects("C"), prop="redirects")
    assert delivered.leading_to(session, "A") == {"B"}
    assert delivered.leading_to(session, "C") == frozenset()


def test_a_long_way_of_redirects_is_followed_for_four_steps(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(*(redirects(str(n), str(n + 1)) for n in range(9)), prop="redirects")
    assert delivered.leading_to(session, "0") == {"1", "2", "3", "4"}


ASK: list[Callable[[Session], object]] = [
    lambda session: delivered.to(session, META, KEY),
    lambda session: delivered.to_page(session, META, "Event talk:Clinic", KEY),
]


@pytest.mark.parametrize("ask", ASK)
def test_what_cannot_be_read_is_an_error(
    wiki: MemoryWiki, session: Session, ask: Callable[[Session], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    wiki.script(answer(more="x|1"), answer(more="x|1"), list="usercontribs")
    with pytest.raises(AnswerError, match="repeats itself while reading the contributions of Some Bot"):
        ask(session)
    wiki.script(*[Reply("", 503)] * 9, list="usercontribs")
    with pytest.raises(BusyError):
        ask(session)
    monkeypatch.setattr(type(session), "username", None)
    with pytest.raises(LoginError, match="Nobody is logged in"):
        ask(session)
