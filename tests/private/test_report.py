"""The result for a person: what is told first, what must not be done, who was not checked, and that nothing breaks out."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Tier, VerdictKind
from bot.private import confidentiality, marks, report
from bot.private.force import OTHER_EVENT, OTHER_NAME, RAN_OUT
from bot.private.model import Field, Finding, Hit, Occasion, Person, Screening, UnreadRow

FLAG, REVIEW, UNKNOWN, CLEAR = VerdictKind
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
END = datetime(2026, 12, 6, 17, tzinfo=UTC)
OCCASION = Occasion("Event:Riverside Meetup", 12, datetime(2026, 12, 4, 9, tzinfo=UTC), END, in_person=True)
ADDRESS = "ca@wikimedia.org"

LISTED = Finding(
    Person("Grim Lantern", "registration", earlier=()),
    FLAG,
    (Hit("row 12", Tier.IDENTICAL, Field.USER, "“Grim Lantern” is the listed user name."),),
)
ALIKE = Finding(
    Person("Grіm Heron", "row 7", real_name="Ada Abacus", is_private=True, earlier=()),
    REVIEW,
    (Hit("reference 7K2Q", Tier.CONFUSABLE, Field.USER, "“Grіm Heron” looks like a listed name."),),
)
HIDDEN = Finding(Person(None, "row 8"), UNKNOWN, unknown=("The registration names no account.",))
FINE = Finding(Person("Quiet Pine", "row 9", earlier=()), CLEAR)
UNASKED = Finding(Person("Tall Heron", "row 10"), CLEAR)


def screening(*findings: Finding, **other: object) -> Screening:
    known: dict[str, object] = {
        "occasion": OCCASION,
        "entries": 40,
        "delete_after": END,
        "checked_at": NOW,
        "private_unseen": 0,
    }
    return Screening(findings=findings, **(known | other))  # type: ignore[arg-type]


def shown(
    found: Screening, width: int = 100, *, colour: bool = False, own_list: bool = False, to_file: bool = True
) -> str:
    return report.text(found, width, colour=colour, contact=ADDRESS, own_list=own_list, to_file=to_file)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("found", "code"),
    [
        pytest.param(screening(FINE), 0, id="all clear"),
        pytest.param(screening(), 0, id="nobody registered"),
        pytest.param(screening(FINE, private_unseen=None), 11, id="nobody knows of private registrations"),
        pytest.param(screening(LISTED, HIDDEN), 10, id="somebody is listed"),
        pytest.param(screening(ALIKE), 11, id="somebody is like a listed one"),
        pytest.param(screening(HIDDEN), 11, id="somebody was not checked"),
        pytest.param(screening(FINE, private_unseen=2), 11, id="private registrants were not seen"),
        pytest.param(screening(FINE, unread_people=(UnreadRow(3, "?"),)), 11, id="a row of registrants"),
        pytest.param(screening(FINE, unread_pages=("No answer.",)), 11, id="a page of sign-ups"),
        pytest.param(screening(FINE, unread_entries=(UnreadRow(3, "?"),)), 11, id="a row of the list"),
        pytest.param(screening(FINE, UNASKED), 11, id="former names of one were not looked up"),
        pytest.param(screening(LISTED, UNASKED), 10, id="a match counts before that"),
        pytest.param(screening(FINE, left_out={OTHER_NAME: 1}), 11, id="an event that only its name tells apart"),
        pytest.param(screening(FINE, left_out={OTHER_EVENT: 1, RAN_OUT: 9}), 0, id="surely not for this event"),
        pytest.param(screening(FINE, entries=0), 11, id="no entry held"),
        pytest.param(screening(FINE, entries=0, is_sealed=True), 0, id="a sealed list tells no number"),
    ],
)
def test_exit_code(found: Screening, code: int) -> None:
    assert report.exit_code(found) == code


def test_a_gap_beside_a_match_is_a_gap() -> None:
    listed = Finding(LISTED.person, CLEAR, unknown=("Something.",))
    assert report.exit_code(screening(listed)) == 11


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(screening(FINE, LISTED), "2 of 2 checked in full.", id="everybody"),
        pytest.param(
            screening(FINE, HIDDEN),
            "1 of 2 checked in full; not checked: 1 registrant, at all or against some entries.",
            id="not one",
        ),
        pytest.param(
            screening(FINE, private_unseen=2, unread_people=(UnreadRow(3, "?"), UnreadRow(4, "?"))),
            "1 of 5 checked in full; not checked: 2 rows of registrants that could not be read, 2 who registered "
            "privately.",
            id="who was never read counts",
        ),
        pytest.param(
            screening(FINE, private_unseen=None),
            "1 of 1 checked in full. Whether others registered privately is not known.",
            id="nobody knows of private registrations",
        ),
        pytest.param(
            screening(UNASKED, FINE),
            "2 of 2 checked in full. Former names of 1 account are not known.",
            id="former names were not looked up",
        ),
        pytest.param(
            screening(FINE, left_out={OTHER_NAME: 1200}),
            "1 of 1 checked in full. 1,200 entries were left out only because the list gives another name of an event: "
            "look whether it is this one.",
            id="left out for the name of an event",
        ),
    ],
)
def test_coverage(found: Screening, expected: str) -> None:
    assert report.coverage(found) == expected
    assert expected in flat(shown(found))


def test_the_first_line_lets_purge_delete_the_file() -> None:
    text = shown(screening(LISTED))
    mark = marks.read(text.encode())
    assert mark is not None
    assert (mark.kind, mark.delete_after, mark.title) == (marks.EVENT_BANS, END, "Event:Riverside Meetup")


@pytest.mark.parametrize("width", [30, 80, 200])
def test_the_first_line_is_never_broken(width: int) -> None:
    found = screening(LISTED, occasion=Occasion("Event:" + "Riverside " * 20, end=END))
    assert marks.read(shown(found, width, colour=True).encode()) is not None


def test_matches_come_first_then_the_rules_then_the_gaps() -> None:
    text = flat(shown(screening(FINE, HIDDEN, ALIKE, LISTED)))
    parts = [
        "FLAG 1 on the list by their own account",
        "CLEAR 1 checked, and nothing on the list is like them",
        "On the list (1)",
        "1. Grim Lantern (registration)",
        "List: row 12. Compared: user name. This is the same account (IDENTICAL).",
        "May be on the list (1)",
        "1. Grіm Heron, real name “Ada Abacus” (row 7, registered privately)",
        "List: reference 7K2Q. Compared: user name. This is a hint, no proof (CONFUSABLE).",
        "What to do with this, and what not to do",
        "Not checked in full",
        "1 registrant: The registration names no account. Somebody without a name (row 8)",
        "Delete this at 2026-12-06 17:00 UTC at the latest",
    ]
    at = [text.find(part) for part in parts]
    assert -1 not in at, parts[at.index(-1)]
    assert at == sorted(at)
    assert "Quiet Pine" not in text


@pytest.mark.parametrize("finding", [LISTED, ALIKE])
@pytest.mark.parametrize("own_list", [True, False])
def test_every_rule_is_told_with_a_match(finding: Finding, own_list: bool) -> None:
    text = flat(shown(screening(FINE, finding), own_list=own_list))
    assert all(line in text for line in confidentiality.lines(ADDRESS, own_list=own_list))
    assert confidentiality.NOBODY not in text


def test_without_a_match_that_is_confidential_too() -> None:
    text = flat(shown(screening(FINE, HIDDEN)))
    assert confidentiality.NOBODY in text
    assert "What to do with this" not in text


@pytest.mark.parametrize(
    ("contact", "own_list", "told"),
    [
        pytest.param(ADDRESS, False, "Write to Trust and Safety (ca@wikimedia.org) before", id="the Foundation's"),
        pytest.param("", False, "at the address that you were given with the list", id="no address is known"),
        pytest.param(ADDRESS, True, "Ask whoever keeps this list", id="a list of one's own"),
        pytest.param(ADDRESS, True, "Trust and Safety sends those notices; write there (ca@wikimedia.org)", id="whose"),
    ],
)
def test_whom_to_contact(contact: str, own_list: bool, told: str) -> None:
    assert told in " ".join(confidentiality.lines(contact, own_list=own_list))


@pytest.mark.parametrize("own_list", [True, False])
@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("confidential", id="that it is confidential"),
        pytest.param("Trust and Safety sends", id="who sends the notices"),
        pytest.param("Do not tell the registrant", id="not the registrant"),
        pytest.param("Do not write about it on a wiki", id="not on a wiki"),
        pytest.param("do not forward it, copy it, print it or take a picture", id="not onwards"),
        pytest.param("private word with the response team", id="the response team"),
        pytest.param("let a person judge", id="a person judges"),
        pytest.param("a hint and no proof", id="a likeness proves nothing"),
    ],
)
def test_the_rules(rule: str, own_list: bool) -> None:
    assert rule in " ".join(confidentiality.lines(ADDRESS, own_list=own_list))


def test_nobody_is_called_banned() -> None:
    text = flat(shown(screening(LISTED, ALIKE, HIDDEN, FINE)))
    assert "banned" not in text.casefold()


def test_what_else_is_told() -> None:
    found = screening(
        HIDDEN,
        is_sealed=True,
        left_out={"ran out before the event": 1200},
        unread_entries=(UnreadRow(4, "no name in it"),),
        unread_people=tuple(UnreadRow(n, "no name") for n in range(2, 80)),
        notes=("The list ends soon.",),
    )
    text = flat(shown(found))
    assert "Held against a sealed list, which does not tell how many entries it has." in text
    assert "- 1,200: ran out before the event" in text
    assert "Rows of the list that could not be read (1) - row 4: no name in it" in text
    assert "Rows of registrants that could not be read (78)" in text
    assert "- row 51: no name - and 28 more rows" in text
    assert "About this check - The list ends soon." in text
    assert "- 1 registrant: The registration names no account." in text


def test_a_gap_of_everybody_repeats_no_names() -> None:
    text = flat(shown(screening(HIDDEN, HIDDEN)))
    assert "- all 2 registrants: The registration names no account." in text
    assert "Somebody without a name" not in text


def test_a_cause_reads_as_a_sentence() -> None:
    unnamed = Finding(Person(None, "row 2"), UNKNOWN, unknown=("the file gives no user name",))
    assert "- 1 registrant: The file gives no user name" in flat(shown(screening(unnamed, FINE)))


def test_pages_that_were_not_read_are_told_and_counted() -> None:
    found = screening(FINE, unread_pages=("“Event:Riverside Meetup/Participants” gave no answer.", "Another one."))
    text = flat(shown(found))
    assert "Pages on which people may have signed up - “Event:Riverside Meetup/Participants” gave no answer." in text
    assert report.coverage(found) == "1 of 1 checked in full; not checked: 2 pages that could not be read."


def test_a_terminal_is_not_said_to_be_deleted_by_a_command() -> None:
    on_screen = flat(shown(screening(LISTED), to_file=False))
    assert "Clear this terminal at 2026-12-06 17:00 UTC at the latest" in on_screen
    assert "no file was written" in on_screen
    assert "purge" not in on_screen
    assert "purge deletes it, given this file or its folder" in flat(shown(screening(LISTED)))


def test_what_is_not_known_of_the_run_is_no_gap_of_each_person() -> None:
    text = flat(shown(screening(UNASKED, UNASKED, private_unseen=None)))
    assert "Not checked in full" not in text
    assert "UNKNOWN 0" in text
    assert text.count("Former names of 2 accounts are not known.") == 1
    assert text.count("Whether others registered privately is not known.") == 1


def test_what_is_not_known_of_the_run_is_for_other_commands_too() -> None:
    assert list(report.not_known(screening(FINE, LISTED))) == []
    assert len(list(report.not_known(screening(UNASKED, private_unseen=None, left_out={OTHER_NAME: 2})))) == 3


def test_how_many_entries_and_what_kind_of_event() -> None:
    assert "Held against 1 entry of a list." in shown(screening(FINE, entries=1))
    text = shown(screening(FINE, entries=1500))
    assert "Held against 1,500 entries of a list." in text
    assert "2026-12-04 09:00 UTC to 2026-12-06 17:00 UTC · in person · checked at 2026-11-21 12:00 UTC" in text
    text = shown(screening(FINE, occasion=Occasion("", end=END, in_person=False)))
    assert "Confidential check of an event without a title" in text
    assert "2026-12-06 17:00 UTC · online · checked" in text


def test_long_lists_are_cut_and_say_so() -> None:
    many = tuple(
        Finding(Person(f"Invented {n}", "row"), UNKNOWN, unknown=("Something.",)) for n in range(report.NAMES_SHOWN + 3)
    )
    assert "Invented 19 (row) and 3 more" in flat(shown(screening(FINE, *many)))
    hits = tuple(Hit(f"row {n}", Tier.NEAR, Field.USER, f"Sentence {n}.") for n in range(report.HITS_SHOWN + 4))
    text = shown(screening(Finding(Person("Tall Heron", "row"), REVIEW, hits)))
    assert "Sentence 9." in text
    assert "Sentence 10." not in text
    assert "And 4 more, none of them surer." in text


def test_whoever_has_no_account_is_called_by_what_is_known() -> None:
    assert report.label(Person(None, "row 2", real_name="Ada Abacus")) == "Ada Abacus (row 2)"
    assert report.label(Person(None, "row 2", email="ada@example.org")) == "ada@example.org (row 2)"
    assert report.label(Person(None, "row 2")) == "Somebody without a name (row 2)"


def test_colour_changes_nothing_but_colour() -> None:
    found = screening(LISTED, ALIKE, HIDDEN, FINE)
    assert "\x1b[" in shown(found, colour=True)
    assert "\x1b[" not in shown(found)


HOSTILE = st.text(max_size=30) | st.sampled_from(["\x1b[2J", "a\nFLAG 0", "\u202eabc", "[bold]x[/bold]", ":smile:"])


@given(name=HOSTILE, where=HOSTILE, sentence=HOSTILE, title=HOSTILE)
def test_nothing_breaks_out(name: str, where: str, sentence: str, title: str) -> None:
    hit = Hit(where, Tier.FOLD, Field.USER, sentence)
    found = screening(
        Finding(Person(name, where, real_name=name), REVIEW, (hit,), (sentence,)),
        occasion=Occasion(title, end=END),
        notes=(sentence,),
        unread_people=(UnreadRow(2, sentence),),
        left_out={sentence: 1},
    )
    text = shown(found, 60)
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp", "Cs"} for c in text)
    assert marks.read(text.encode()) is not None
    assert max(map(len, text.split("\n")[1:])) <= 60
