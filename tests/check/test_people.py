"""Each person once, from whatever places, and nobody who is coming lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.check.people import from_pages, merge
from bot.model import Agreed, Origin, Registrant, Revision, Signups, Unparsed
from bot.parse.sites import META

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def row(name: str | None, *, central_id: int | None = 5) -> Registrant:
    return Registrant(name, Origin("campaignevents"), central_id)


def line(name: str, *, withdrawn: bool = False, maybe: bool = False) -> Registrant:
    return Registrant(name, Origin("signature", line=3), withdrawn=withdrawn, maybe=maybe)


@pytest.mark.parametrize(
    ("registered", "listed", "expected"),
    [
        pytest.param([row("Ada")], [line("Ada")], [("Ada", "campaignevents", False)], id="the registration is surer"),
        pytest.param(
            [], [line("Ada"), line("Bo")], [("Ada", "signature", False), ("Bo", "signature", False)], id="order"
        ),
        pytest.param([row(None), row(None)], [], [(None, "campaignevents", False)] * 2, id="hidden people are not one"),
        pytest.param([row("Ada")], [line("Ada", withdrawn=True)], [("Ada", "campaignevents", False)], id="still there"),
        pytest.param([], [line("Ada", withdrawn=True)], [("Ada", "signature", True)], id="withdrew"),
    ],
)
def test_merge(
    registered: list[Registrant], listed: list[Registrant], expected: list[tuple[str | None, str, bool]]
) -> None:
    people = merge(registered, [Signups(tuple(listed))])
    assert [(r.name, r.origin.kind, r.withdrawn) for r in people.registrants] == expected


def test_who_withdrew_on_one_page_and_stands_on_another_is_coming() -> None:
    people = merge([], [Signups((line("Ada", withdrawn=True),)), Signups((line("Ada", maybe=True),))])
    assert [(r.withdrawn, r.maybe) for r in people.registrants] == [(False, True)]


def test_what_is_read_says_on_which_page_and_revision_it_stands() -> None:
    page = Revision("Meetup", 12, NOW, "== Participants ==\n# [[User:Ada]]\n# {{user|Broken}\n")
    [read] = from_pages([(page, False)], META, ())
    assert [(r.origin.title, r.origin.revid, r.origin.line) for r in read.registrants] == [("Meetup", 12, 2)]
    assert [(u.title, u.revid, u.line) for u in read.unparsed] == [("Meetup", 12, 3)]


def test_unparsed_lines_of_every_page_are_kept() -> None:
    people = merge([], [Signups(unparsed=(Unparsed(1, "a"),)), Signups(unparsed=(Unparsed(2, "b"),))])
    assert [u.text for u in people.unparsed] == ["a", "b"]


NAMES = st.sampled_from(["Ada", "Bo", "Cy", None])
PEOPLE = st.builds(
    Registrant, NAMES, st.just(Origin("campaignevents")), st.none(), withdrawn=st.booleans(), maybe=st.booleans()
)


@given(st.lists(PEOPLE), st.lists(PEOPLE))
def test_nobody_is_lost_and_nobody_named_stands_twice(first: list[Registrant], second: list[Registrant]) -> None:
    named = [r.name for r in merge(first, [Signups(tuple(second))]).registrants if r.name is not None]
    assert set(named) == {r.name for r in first + second if r.name is not None}
    assert len(named) == len(set(named))
    unnamed = [r for r in merge(first, [Signups(tuple(second))]).registrants if r.name is None]
    assert len(unnamed) == sum(r.name is None for r in first + second)


def agreed(name: str, state: Agreed, *, kind: str = "signature", withdrawn: bool = False) -> Registrant:
    return Registrant(name, Origin(kind), withdrawn=withdrawn, agreed=state)


AGREED, REGISTERED, NOT_AGREED, NOT_ASKED, UNKNOWN = Agreed


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        pytest.param([AGREED, NOT_AGREED], AGREED, id="agreed in one place"),
        pytest.param([NOT_ASKED, AGREED], AGREED, id="asked in the second"),
        pytest.param([REGISTERED, AGREED], AGREED, id="said so beside registering"),
        pytest.param([NOT_AGREED, REGISTERED], REGISTERED, id="registered, whatever the page says"),
        pytest.param([NOT_ASKED, NOT_AGREED], NOT_AGREED, id="asked once"),
        pytest.param([UNKNOWN, NOT_AGREED], NOT_AGREED, id="a no is plainer"),
        pytest.param([NOT_ASKED, UNKNOWN], UNKNOWN, id="perhaps is not unasked"),
        pytest.param([NOT_ASKED, NOT_ASKED, AGREED], AGREED, id="in the third of three"),
    ],
)
def test_who_agreed_in_one_of_several_places_agreed(states: list[Agreed], expected: Agreed) -> None:
    for order in (states, states[::-1]):
        people = merge([], [Signups((agreed("Ada", state),)) for state in order])
        assert [r.agreed for r in people.registrants] == [expected]


def test_agreement_outlives_a_withdrawal_elsewhere() -> None:
    people = merge([], [Signups((agreed("Ada", AGREED, withdrawn=True),)), Signups((agreed("Ada", NOT_ASKED),))])
    assert [(r.withdrawn, r.agreed) for r in people.registrants] == [(False, AGREED)]


def test_hidden_people_keep_what_each_of_them_said() -> None:
    hidden = [Registrant(None, Origin("campaignevents"), agreed=state) for state in (REGISTERED, NOT_ASKED)]
    assert [r.agreed for r in merge(hidden, []).registrants] == [REGISTERED, NOT_ASKED]


def test_agreement_is_read_from_each_page_by_itself() -> None:
    asking = Revision(
        "Meetup", 1, NOW, "== Participants ==\nBy signing below you agree to the UCoC.\n# [[User:Ada]]\n# [[User:Bo]]\n"
    )
    silent = Revision("Meetup/Participants", 2, NOW, "# [[User:Bo]]\n# [[User:Cy]]\n")
    people = merge([], from_pages([(asking, False), (silent, True)], META, ()))
    assert [(r.name, r.agreed) for r in people.registrants] == [("Ada", AGREED), ("Bo", AGREED), ("Cy", NOT_ASKED)]
