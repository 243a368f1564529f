from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.model import (
    CheckResult,
    Coverage,
    Event,
    Evidence,
    Judged,
    Origin,
    Registrant,
    Severity,
    Source,
    SourceKind,
    SourceState,
    Tier,
    Unparsed,
    VerdictKind,
)
from bot.render import report
from tests.render.made_up import BAD_DAY, EMPTY, RESULT

API = Origin("campaignevents")
LOCKED = Evidence("global-lock", Tier.IDENTICAL, Severity.LOCK, "A", "A", "log 8", "text")


def people(kind: VerdictKind, number: int, **more: Any) -> tuple[Judged, ...]:
    return tuple(Judged(Registrant(f"{kind} {n}", API), kind, **more) for n in range(number))


def made(*judged: tuple[Judged, ...], **more: Any) -> CheckResult:
    return replace(EMPTY, judged=sum(judged, ()), **more)


FLAG, REVIEW, UNKNOWN, CLEAR = VerdictKind
LINE = Unparsed(1, "x")
BROKEN = Source("a", SourceKind.LIST, "wmf", Severity.BAN, SourceState.FAILED)


@pytest.mark.parametrize(
    ("result", "headline"),
    [
        pytest.param(
            made(people(FLAG, 5), people(UNKNOWN, 2), people(CLEAR, 130)),
            "5 of 137 registrants need a decision. 2 could not be checked.",
            id="flags and gaps",
        ),
        pytest.param(
            made(people(FLAG, 1), people(CLEAR, 1)),
            "1 of 2 registrants needs a decision. Everybody on the list was checked.",
            id="one flag",
        ),
        pytest.param(
            made(people(FLAG, 1)),
            "1 of 1 registrant needs a decision. Everybody on the list was checked.",
            id="one registrant",
        ),
        pytest.param(
            made(people(CLEAR, 1200)),
            "None of 1,200 registrants needs a decision. Everybody on the list was checked.",
            id="all clear",
        ),
        pytest.param(
            made(people(REVIEW, 1), people(CLEAR, 1)),
            "None of 2 registrants needs a decision. 1 needs a look. Everybody on the list was checked.",
            id="one to look at",
        ),
        pytest.param(
            made(people(REVIEW, 2), unparsed=(LINE,)),
            "None of 2 registrants needs a decision. 2 need a look. 1 line could not be read.",
            id="a line not read",
        ),
        pytest.param(
            made(people(UNKNOWN, 3), sources=(BROKEN,)),
            "None of 3 registrants needs a decision. 3 could not be checked. "
            "1 source could not be relied on, so nobody can be called clear.",
            id="a source failed",
        ),
        pytest.param(EMPTY, "No registrants were found.", id="nobody"),
        pytest.param(
            made(unparsed=(LINE, LINE)), "No registrants were found. 2 lines could not be read.", id="nobody, lines"
        ),
    ],
)
def test_headline(result: CheckResult, headline: str) -> None:
    assert " ".join(report.of(result).headline) == headline


def test_somebody_flagged_and_only_partly_checked_is_not_said_to_be_checked() -> None:
    told = report.of(made(people(FLAG, 1, unknown=("No answer.",))))
    assert "Everybody on the list was checked." not in told.headline
    assert [gap.cause for gap in told.gaps] == ["No answer."]


def test_gaps_are_grouped_by_cause_and_hidden_accounts_only_counted() -> None:
    hidden = Judged(Registrant(None, API, why_unnamed="Hidden."), UNKNOWN, unknown=("Hidden.", "Everybody."))
    named = people(UNKNOWN, 2, unknown=("Everybody.",))
    assert report.of(made((hidden, hidden), named)).gaps == (
        report.Gap("Hidden.", (), 2, everybody=False),
        report.Gap("Everybody.", ("UNKNOWN 0", "UNKNOWN 1"), 2, everybody=True),
    )


def test_a_persons_own_gaps_leave_out_those_of_everybody() -> None:
    told = report.of(BAD_DAY)
    assert report.own_gaps(BAD_DAY.judged[1], told.gaps) == ("The wiki gave no answer about local blocks.",)


@pytest.mark.parametrize(
    ("private", "event_id", "sentence"),
    [
        pytest.param(9, 12, "9 people have registered privately", id="some"),
        pytest.param(1, 12, "1 person has registered privately", id="one"),
        pytest.param(None, 12, "Whether somebody registered privately is not known", id="the page shows no count"),
        pytest.param(None, None, None, id="a plain sign-up page has no private registrants"),
        pytest.param(0, 12, None, id="none"),
    ],
)
def test_private_registrants_are_spoken_of(private: int | None, event_id: int | None, sentence: str | None) -> None:
    result = replace(EMPTY, event=Event("Event:X", id=event_id), coverage=Coverage(1, 1, private))
    said = [limit for limit in report.of(result).limits if "privately" in limit]
    assert len(said) == (sentence is not None)
    assert not sentence or said[0].startswith(sentence)


def test_the_confidential_list_is_always_said_to_be_no_part_of_it() -> None:
    for result in (RESULT, BAD_DAY, EMPTY):
        assert report.NOT_COVERED in report.of(result).limits


@pytest.mark.parametrize(
    ("result", "advice"),
    [
        pytest.param(made(people(CLEAR, 3)), (), id="nothing to do"),
        pytest.param(made(people(FLAG, 1)), report.DECIDE, id="a flag"),
        pytest.param(made(people(FLAG, 1, evidence=(LOCKED,))), (*report.DECIDE, report.LOCKS), id="a lock"),
        pytest.param(made(people(REVIEW, 1)), (report.LOOK_ALIKES,), id="a review"),
        pytest.param(made(people(UNKNOWN, 1, unknown=("x",))), (report.OPEN,), id="a gap"),
    ],
)
def test_advice_fits_what_was_found(result: CheckResult, advice: tuple[str, ...]) -> None:
    assert report.of(result).advice == advice


def test_advice_on_lines_that_were_not_read() -> None:
    assert report.of(made(people(CLEAR, 1), unparsed=(LINE,))).advice == (report.UNREAD,)


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        pytest.param(RESULT, FLAG, id="a flag"),
        pytest.param(made(people(REVIEW, 1), people(CLEAR, 1), unparsed=(LINE,)), REVIEW, id="a review and a line"),
        pytest.param(made(people(CLEAR, 1)), CLEAR, id="all clear"),
        pytest.param(made(people(CLEAR, 1), unparsed=(LINE,)), UNKNOWN, id="clear, but a line was not read"),
        pytest.param(
            made(people(CLEAR, 1), coverage=Coverage(1, 1, 2)), UNKNOWN, id="clear, but some registered privately"
        ),
        pytest.param(EMPTY, UNKNOWN, id="nobody"),
    ],
)
def test_a_report_with_gaps_does_not_look_all_clear(result: CheckResult, kind: VerdictKind) -> None:
    assert report.of(result).gravest is kind


def test_only_a_ban_is_called_a_ban() -> None:
    for severity in Severity:
        assert ("ban" in report.SEVERITIES[severity].lower()) is (severity is Severity.BAN)


def test_every_tier_state_and_severity_has_words() -> None:
    assert {*report.TIERS, *report.LIKENESSES} == set(Tier)
    assert set(report.STATES) == set(SourceState)
    assert set(report.SEVERITIES) == set(Severity)
    assert set(report.VERDICTS) == set(VerdictKind)


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (API, "Put down in the event's registration"),
        (Origin("csv", line=3), "In the CSV file, line 3"),
        (Origin("signature", title="Event:X", revid=1, line=3), 'On the page "Event:X", line 3'),
        (Origin("signature", line=3), "On the sign-up list, line 3"),
        (Origin("csv"), "In the CSV file"),
    ],
)
def test_place(origin: Origin, words: str) -> None:
    assert report.place(origin) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"revid": 6, "timestamp": datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "entries": 1},
            "revision 6, of 2026-01-02 03:04 UTC, 1 entry",
        ),
        ({"entries": 0}, "0 entries"),
        ({}, "asked during this check"),
        ({"state": SourceState.OFF}, "not asked"),
        ({"state": SourceState.FAILED}, "nothing"),
    ],
)
def test_freshness(changes: dict[str, Any], words: str) -> None:
    source = Source("a", SourceKind.LIST, "wmf", Severity.BAN, SourceState.OK)
    assert report.freshness(replace(source, **changes)) == words


@pytest.mark.parametrize(
    ("requests", "words"),
    [
        ({}, "0 requests to the wiki"),
        ({"api": 1, "rest": 0}, "1 request to the wiki (1 api)"),
        ({"rest": 9, "api": 1200}, "1,209 requests to the wiki (1,200 api, 9 rest)"),
    ],
)
def test_requests(requests: dict[str, int], words: str) -> None:
    assert report.requests(replace(EMPTY, requests=requests)) == words


def test_the_facts_of_an_event() -> None:
    assert report.of(RESULT).facts == (
        "Page: Event:Learning Clinic",
        "Registration 12",
        "2026-12-24 13:00 UTC to 2026-12-24 14:00 UTC",
        "Online only",
        "Checked 2026-11-21 01:02 UTC",
        "Agreement to the policies: 7 not asked",
    )
    test_event = replace(EMPTY, event=Event("Event:X", in_person=True, is_test=True))
    assert report.of(test_event).facts == (
        "In person",
        "Marked by its organizers as a test event",
        "Checked 2026-11-21 00:00 UTC",
    )
    assert report.of(replace(EMPTY, event=Event(""))).title == "The registrants of a file"
