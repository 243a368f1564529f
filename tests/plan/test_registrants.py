"""Messages to registrants: once for each person, event and version, wherever things went, and alike for all."""

from __future__ import annotations

import inspect
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Limits
from bot.model import Existence, NameState, Registrant, Restriction, Severity, TalkPage
from bot.parse.calls import find
from bot.parse.sites import META
from bot.plan import registrants, safety
from bot.plan.edits import as_saved
from bot.plan.registrants import Deliveries, Draft, Skipped
from bot.plan.skips import Skip
from tests.plan.crowd import BOT, MESSAGE, SECTION, SITE, page, person, state
from tests.plan.invented import edit
from tests.plan.invented import plan as made_plan

OLD = "{{Event safety notice|event=Event:Clinic|version=1|lang=en|contact 1=Yan|contact 2=Xiu|ours=kept}}"
LIMITS = {name: Limits(share_removed=1.0) for name in ("", "review")}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def plan(
    talk: TalkPage | None = None, *, told: tuple[str, ...] = (), people: tuple[Registrant, ...] = (), **more: Any
) -> Deliveries:
    """Plan for one talk page, or for several people who all have an account and no talk page yet."""
    who = people or (person(),)
    pages = {one.name: page(None, one.name) for one in who if one.name} | ({"Ada": talk} if talk else {})
    states = {one.name: state(one.name) for one in who if one.name}
    return registrants.plan(who, states, pages, frozenset(told), replace(MESSAGE, **more), SITE, BOT)


def text(talk: TalkPage, **more: Any) -> str:
    """Return what one talk page is to become."""
    [draft] = plan(talk, **more).drafts
    return draft.text


def skipped(talk: TalkPage, **more: Any) -> Skip:
    """Return why one person gets nothing."""
    found = plan(talk, **more)
    assert found.drafts == ()
    [one] = found.skipped
    return one.why


ENDS = [
    pytest.param("Hello.", f"Hello.\n\n{SECTION}", id="a line"),
    pytest.param("Hello.\n", f"Hello.\n\n{SECTION}", id="a line end"),
    pytest.param("Hello.\n\n\n\n", f"Hello.\n\n{SECTION}", id="blank lines, which no wiki keeps"),
    pytest.param("", SECTION, id="an empty page"),
    pytest.param(
        "Hello.\n\n[[Category:X]]\n[[de:X]]", f"Hello.\n\n[[Category:X]]\n[[de:X]]\n\n{SECTION}", id="categories"
    ),
    pytest.param("Hello.<!-- end -->", f"Hello.<!-- end -->\n\n{SECTION}", id="a comment"),
    pytest.param("== A ==\n* a\n** b ~~ c", f"== A ==\n* a\n** b ~~ c\n\n{SECTION}", id="a thread"),
    pytest.param(
        "Open <nowiki> and {{ and {| class=x", f"Open <nowiki> and {{{{ and {{| class=x\n\n{SECTION}", id="open"
    ),
    pytest.param(
        "{{Event safety notice|event=Event:Other|version=2}}",
        f"{{{{Event safety notice|event=Event:Other|version=2}}}}\n\n{SECTION}",
        id="the notice of another event",
    ),
    pytest.param(
        "<nowiki>{{Event safety notice|event=Event:Clinic|version=2}}</nowiki>",
        f"<nowiki>{{{{Event safety notice|event=Event:Clinic|version=2}}}}</nowiki>\n\n{SECTION}",
        id="a notice that is only shown",
    ),
]


@pytest.mark.parametrize(("old", "new"), ENDS)
def test_a_section_at_the_end_of_the_page(old: str, new: str) -> None:
    [draft] = plan(page(old)).drafts
    why = "They registered and have not had this message, version 2."
    assert draft == Draft("Ada", "User talk:Ada", 7, old, new, why)


def test_a_page_is_made_where_there_is_none() -> None:
    why = "They registered and have not had this message, version 2."
    assert plan(page(None)).drafts == (Draft("Ada", "User talk:Ada", 0, "", SECTION, why),)


RENEWED = [
    pytest.param(
        f"Hi.\n== Old ==\n{OLD}\nSigned, long ago\n== More ==\n",
        "Hi.\n== Old ==\n{{Event safety notice|event=Event:Clinic|version=2|lang=en|contact 1=Zoe|contact 2=|form=talk"
        "|ours=kept}}\nSigned, long ago\n== More ==",
        id="in the middle of the page",
    ),
    pytest.param(
        "{{event_safety_notice\n | event = event:Clinic\n | lang = de\n}}",
        "{{event_safety_notice\n | event = Event:Clinic\n | version = 2\n | lang = en\n | contact 1 = Zoe\n"
        " | form = talk\n}}",
        id="without a version, by other names",
    ),
    pytest.param(
        f"{OLD}\n{OLD.replace('version=1', 'version=0')}",
        f"{OLD}\n{{{{Event safety notice|event=Event:Clinic|version=2|lang=en|contact 1=Zoe|contact 2=|form=talk"
        "|ours=kept}}",
        id="of two the last",
    ),
]


@pytest.mark.parametrize(("old", "new"), RENEWED)
def test_an_older_version_is_replaced_in_its_place(old: str, new: str) -> None:
    assert text(page(old)) == new


def test_the_reason_names_both_versions() -> None:
    [draft] = plan(page(OLD)).drafts
    assert draft.reason == "The message of version 1 becomes version 2, in its place."
    [draft] = plan(page("{{Event safety notice|event=Event:Clinic}}")).drafts
    assert draft.reason == "The message of version none becomes version 2, in its place."


def test_a_notice_under_a_former_title_is_the_same_events() -> None:
    old = OLD.replace("Event:Clinic", "Event:Old Clinic")
    assert text(page(old)).endswith(SECTION)
    new = text(page(old), formerly=frozenset({"Event:Old Clinic"}))
    assert new.startswith("{{Event safety notice|event=Event:Clinic|version=2|")
    assert SECTION not in new


TOLD = [
    pytest.param(SECTION, (), Skip.TOLD, id="on the page"),
    pytest.param(f"{OLD}\n{SECTION}", (), Skip.TOLD, id="beside an older one"),
    pytest.param(SECTION, ("Ada",), Skip.TOLD, id="on the page, and by contributions"),
    pytest.param(SECTION.replace("Zoe", "Somebody's own"), (), Skip.TOLD, id="changed by somebody"),
    pytest.param("Hello.", ("Ada",), Skip.TOLD_ELSEWHERE, id="archived or taken off"),
    pytest.param(OLD, ("Ada",), Skip.TOLD_ELSEWHERE, id="put back to the older version by somebody"),
    pytest.param("{{Event safety notice|event=Event:Clinic", (), Skip.MALFORMED, id="not to be read"),
    pytest.param(f"{OLD} {{{{Event safety notice", (), Skip.MALFORMED, id="one of two not to be read"),
    pytest.param(f"{SECTION} {{{{Event safety notice", (), Skip.TOLD, id="told, and something broken"),
    pytest.param("Hello. <!-- never closed", (), Skip.SWALLOWED, id="a comment that is open"),
]


@pytest.mark.parametrize(("old", "told", "expected"), TOLD)
def test_nobody_is_told_twice(old: str, told: tuple[str, ...], expected: Skip) -> None:
    assert skipped(page(old), told=told) is expected


def test_a_page_that_was_archived_by_moving_it_away() -> None:
    assert skipped(page(None), told=("Ada",)) is Skip.TOLD_ELSEWHERE


@pytest.mark.parametrize(
    ("talk", "told", "expected"),
    [
        pytest.param(page(None), (), Skip.DELETED, id="gone since"),
        pytest.param(page(None), ("Ada",), Skip.TOLD_ELSEWHERE, id="an archive tells"),
        pytest.param(page("Hello."), (), None, id="made anew by somebody"),
    ],
)
def test_a_page_that_was_deleted_is_not_made_again(
    talk: TalkPage, told: tuple[str, ...], expected: Skip | None
) -> None:
    deleted = {"User talk:Ada", "User talk:Bea"}
    found = registrants.plan([person()], {"Ada": state()}, {"Ada": talk}, told, MESSAGE, SITE, BOT, deleted)
    assert [one.why for one in found.skipped] == ([expected] if expected else [])
    assert len(found.drafts) + len(found.skipped) == 1


def test_each_reason_is_counted_and_everybody_has_one() -> None:
    people = (
        *(person("Ada"), person("Bea"), person("Cem"), person(None), person(None)),
        *(person("~2026-1", state=NameState.TEMPORARY), person("Gil"), person("Hal", withdrawn=True)),
    )
    states = {one.name: state(one.name) for one in people if one.name}
    states["Cem"] = state("Cem", local_block=Restriction(Severity.SITEWIDE_BLOCK, "block 2"))
    states["Gil"] = state("Gil", Existence.MISSING)
    pages = {"Ada": page(None), "Bea": page("{{nobots}}", "Bea"), "Cem": page(None, "Cem")}
    found = registrants.plan(people, states, pages, frozenset(), MESSAGE, SITE, BOT)
    assert [draft.name for draft in found.drafts] == ["Ada"]
    assert found.counts == Counter(
        {
            Skip.UNNAMED: 2,
            **dict.fromkeys((Skip.EXCLUDED, Skip.BLOCKED, Skip.TEMPORARY, Skip.MISSING, Skip.WITHDRAWN), 1),
        }
    )
    assert Skipped("Bea", Skip.EXCLUDED, "The page denies every bot by {{nobots}}.") in found.skipped
    assert len(found.drafts) + len(found.skipped) == len(people)


TWICE = [
    pytest.param((person(), person()), 1, {}, id="in two lists"),
    pytest.param((person(withdrawn=True), person()), 1, {}, id="struck out in the first"),
    pytest.param((person(), person(withdrawn=True)), 1, {}, id="struck out in the second"),
    pytest.param((person(withdrawn=True), person(withdrawn=True)), 0, {Skip.WITHDRAWN: 1}, id="struck out in both"),
    pytest.param((person(), person(prefix="w:de")), 1, {Skip.ELSEWHERE: 1}, id="a namesake of another wiki"),
]


@pytest.mark.parametrize(("people", "drafts", "counts"), TWICE)
def test_everybody_counts_once(people: tuple[Registrant, ...], drafts: int, counts: dict[Skip, int]) -> None:
    found = plan(people=people)
    assert (len(found.drafts), found.counts) == (drafts, Counter(counts))


def test_somebody_whose_page_was_not_read() -> None:
    found = registrants.plan([person()], {"Ada": state()}, {}, frozenset(), MESSAGE, SITE, BOT)
    assert found == Deliveries((), (Skipped("Ada", Skip.UNREADABLE),))


def test_what_a_check_found_is_not_even_a_parameter() -> None:
    assert list(inspect.signature(registrants.plan).parameters) == [
        *("people", "states", "pages", "delivered", "message", "site", "bot", "deleted")
    ]
    assert not {"verdict", "finding", "flag"} & set(Registrant.__slots__)


def test_all_are_told_the_same() -> None:
    found = plan(people=tuple(person(name) for name in ("Ada", "Bea", "Тихий Шторм")))
    assert {draft.text for draft in found.drafts} == {SECTION}
    assert [draft.title for draft in found.drafts] == ["User talk:Ada", "User talk:Bea", "User talk:Тихий Шторм"]


SIGNATURES = [
    pytest.param(
        datetime(2026, 8, 3, 9, 5, 59, tzinfo=UTC),
        "[[User:Safety Bot|Safety Bot]] ([[User talk:Safety Bot|talk]]) 09:05, 3 August 2026 (UTC)",
        id="UTC",
    ),
    pytest.param(
        datetime(2026, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-5))),
        "[[User:Safety Bot|Safety Bot]] ([[User talk:Safety Bot|talk]]) 04:30, 1 January 2027 (UTC)",
        id="another time zone",
    ),
]


@pytest.mark.parametrize(("now", "expected"), SIGNATURES)
def test_signature(now: datetime, expected: str) -> None:
    assert registrants.signature(BOT, META, now, MONTHS) == expected


def test_a_signature_is_as_the_wiki_writes_its_own_and_nothing_in_it_is_markup() -> None:
    german = replace(META, namespaces={**META.namespaces, 2: ("Benutzer", "User"), 3: ("Benutzer Diskussion",)})
    signed = registrants.signature("A''b''", german, datetime(2026, 3, 1, tzinfo=UTC), ("",) * 2 + ("März",))
    name = "A&#39;&#39;b&#39;&#39;"
    assert signed == f"[[Benutzer:{name}|{name}]] ([[Benutzer Diskussion:{name}|talk]]) 00:00, 1 März 2026 (UTC)"


def test_a_message_that_is_not_escaped_is_an_error() -> None:
    with pytest.raises(ValueError, match="not escaped"):
        plan(page("Hello."), values={"event": "Event:Clinic", "contact 1": "}} {{x"})


pieces = st.sampled_from(
    [
        *("Hello.", "\n", "\n\n", "== A ==", "{{", "}}", "[[", "]]", "<!--", "-->", "<nowiki>", "</nowiki>", "|", "="),
        *(OLD, SECTION, "{{Event safety notice", "~~~", "{|", "|}", "<pre>", " ", "é", "[[Category:X]]", "\t"),
    ]
)
pages = st.lists(pieces, max_size=12).map("".join)


@given(pages, st.booleans())
def test_nothing_of_the_page_is_touched_and_twice_is_once(old: str, told: bool) -> None:
    found = plan(page(old), told=("Ada",) if told else ())
    assert len(found.drafts) + len(found.skipped) == 1
    for draft in found.drafts:
        assert draft.old_text == old
        assert draft.text == as_saved(draft.text) != as_saved(old)
        assert find(draft.text, ["Event safety notice"], META)[0]
        again = plan(page(draft.text), told=("Ada",))
        assert (again.drafts, set(again.counts)) == ((), {Skip.TOLD})
        if draft.reason.startswith("Ada registered"):
            assert draft.text.startswith(as_saved(old))
            assert draft.text.endswith(SECTION)
        made = edit(title=draft.title, namespace=3, old_text=old, text=draft.text, base_revid=draft.base_revid)
        assert safety.refusals(made_plan(made), LIMITS, {"review": lambda _title: True}) == ()
