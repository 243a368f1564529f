"""The review page beside a check: read back with its history, and only as far as somebody decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.check import reviewed
from bot.check.reviewed import NOTHING, Reviewed
from bot.config import Network, Review, Settings
from bot.errors import AnswerError
from bot.model import (
    CheckResult,
    Coverage,
    Decision,
    Event,
    Evidence,
    Judged,
    Origin,
    Registrant,
    Revision,
    Severity,
    Source,
    SourceKind,
    SourceState,
    Status,
    Tier,
    VerdictKind,
)
from bot.parse.sites import META
from bot.plan import flags
from bot.plan.decisions import Decisions
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply, Sent

TITLE = "User:TestBot/Event review/Event:Small Talk"
SETTINGS = Settings(network=Network(between_reads=0.0), review=Review(bot="TestBot"))
WHEN = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def wiki(pywikibot: Any) -> MemoryWiki:
    memory = MemoryWiki()
    pywikibot.comms.http.session.mount("https://", memory)
    return memory


@pytest.fixture
def session(wiki: MemoryWiki) -> Session:
    return Session.open(SETTINGS, wait=lambda _seconds: None)


# --- where it stands


@pytest.mark.parametrize(
    ("review", "event", "expected"),
    [
        pytest.param(Review(bot="TestBot"), "Event:Small Talk", TITLE, id="the usual page"),
        pytest.param(Review(bot="TestBot", page="User:{bot}/All"), "Event:X", "User:TestBot/All", id="one for all"),
        pytest.param(Review(), "Event:Small Talk", None, id="nobody is known who keeps it"),
        pytest.param(Review(bot="TestBot"), "", None, id="no event"),
        pytest.param(Review(bot="TestBot", page="[{event}]"), "Event:X", None, id="no possible title"),
    ],
)
def test_title(session: Session, review: Review, event: str, expected: str | None) -> None:
    session.settings = Settings(review=review)
    assert reviewed.title_of(session, META, event) == expected


# --- what counts on it


def flag(status: str = "open", comment: str = "", identity: str = "k7m2xq4d", facts: str = "3f2a9c01d4e8") -> str:
    values = {"id": identity, "name": "Ashen Courier", "facts": facts, "status": status, "comment": comment}
    return "\n".join(["{{Event safety flag", *(f"| {key} = {value}" for key, value in values.items()), "}}"])


def settled(status: str = "handled", revision: int = 2) -> str:
    return f"{{{{Event safety settled | id = k7m2xq4d | facts = 3f2a9c01d4e8 | status = {status} | revision = {revision} }}}}"


def past(
    revid: int, text: str | None, user: str = "TestBot", parent: int | None = None, hour: int = 0
) -> dict[str, Any]:
    """A revision as the API gives it; ``text`` None is hidden."""
    main = {"texthidden": True} if text is None else {"content": text}
    row = {"revid": revid, "parentid": revid - 1 if parent is None else parent, "user": user, "slots": {"main": main}}
    return {**row, "timestamp": f"2026-11-21T{(hour or revid) % 24:02}:00:00Z"}


def page(text: str, revid: int) -> Revision:
    return Revision(TITLE, revid, WHEN, text)


def publish(wiki: MemoryWiki, *batches: Sequence[dict[str, Any]], reviewers: Sequence[str] = ("Admin",)) -> None:
    """Give the history, a batch a request, and make some accounts administrators."""
    waiting = [
        Reply(
            {"query": {"pages": [{"pageid": 1, "ns": 2, "title": TITLE, "revisions": list(rows)}]}}
            | ({"continue": {"rvcontinue": str(number), "continue": "||"}} if number < len(batches) else {})
        )
        for number, rows in enumerate(batches, 1)
    ]

    def answer(sent: Sent) -> Reply | None:
        if sent.params.get("prop") == "revisions":
            return waiting.pop(0)
        if sent.params.get("list") == "users":
            groups = {name: ["sysop"] if name in reviewers else [] for name in sent.values("ususers")}
            rows = [{"userid": 7, "name": name, "groups": own} for name, own in groups.items()]
            return Reply({"query": {"users": rows}})
        if sent.params.get("meta") == "globaluserinfo":
            return Reply({"query": {"globaluserinfo": {"missing": True}}})
        return None

    wiki.on(answer)


@pytest.mark.parametrize(
    "there",
    [
        pytest.param(None, id="no page"),
        pytest.param(page("", 1), id="an empty page"),
        pytest.param(page("Just words.", 1), id="no flags"),
        pytest.param(page(flag() + flag("", identity="z3kd81pq"), 1), id="nobody has decided"),
        pytest.param(page(flag(comment="A comment alone."), 1), id="a comment alone"),
    ],
)
def test_where_nobody_decided_nothing_more_is_asked(wiki: MemoryWiki, session: Session, there: Revision | None) -> None:
    before = len(wiki.sent)
    assert reviewed.read(session, META, TITLE, there) == Reviewed(TITLE, there, NOTHING)
    assert len(wiki.sent) == before


def test_a_decision_with_who_when_and_where(wiki: MemoryWiki, session: Session) -> None:
    text = flag("confirmed", "Seen.")
    publish(wiki, [past(3, f"{text}\nRemark.", "Other"), past(2, text, "Admin"), past(1, flag())])
    found = reviewed.read(session, META, TITLE, page(f"{text}\nRemark.", 3))
    assert found.decisions.accepted == {
        "k7m2xq4d": Decision(
            "k7m2xq4d",
            Status.CONFIRMED,
            "Admin",
            2,
            datetime(2026, 11, 21, 2, tzinfo=UTC),
            "3f2a9c01d4e8",
            "Seen.",
            "https://meta.wikimedia.org/w/index.php?title=Special:Diff/2",
        )
    }
    assert (found.decisions.uncounted, found.trouble) == ((), "")


def test_a_decision_of_anybody_is_told_and_does_not_count(wiki: MemoryWiki, session: Session) -> None:
    publish(wiki, [past(2, flag("handled"), "Other"), past(1, flag())])
    found = reviewed.read(session, META, TITLE, page(flag("handled"), 2)).decisions
    assert found.accepted == {}
    assert [(one.flag, one.revid) for one in found.uncounted] == [("k7m2xq4d", 2)]


def test_what_left_the_page_counts_when_the_bot_put_it_there(wiki: MemoryWiki, session: Session) -> None:
    publish(wiki, [past(3, settled()), past(2, flag("handled"), "Admin"), past(1, flag())])
    found = reviewed.read(session, META, TITLE, page(settled(), 3)).decisions.settled["k7m2xq4d"]
    assert (found.by, found.revid, found.status) == ("Admin", 2, Status.HANDLED)


def test_the_order_is_what_replaced_what_and_not_the_clock(wiki: MemoryWiki, session: Session) -> None:
    rows = [past(1, flag(), hour=9), past(2, flag("handled"), "Other", hour=5), past(3, flag("handled") + ".", hour=4)]
    publish(wiki, rows)
    found = reviewed.read(session, META, TITLE, page(flag("handled") + ".", 3)).decisions
    assert [one.revid for one in found.uncounted] == [2]


def test_what_was_saved_after_the_page_was_read_does_not_count(wiki: MemoryWiki, session: Session) -> None:
    publish(wiki, [past(3, flag("open"), "Admin"), past(2, flag("confirmed"), "Admin"), past(1, flag())])
    found = reviewed.read(session, META, TITLE, page(flag("confirmed"), 2)).decisions
    assert found.accepted["k7m2xq4d"].revid == 2


def test_the_history_is_read_back_to_the_setter_and_as_far_as_a_revert_may_reach(
    wiki: MemoryWiki, session: Session
) -> None:
    text = flag("confirmed")
    publish(
        wiki,
        [past(106, text + "2"), past(105, text + "1"), past(104, text, "Admin")],
        [past(number, f"{flag()}{number}") for number in range(103, 53, -1)],
        [past(53, flag()), past(52, flag())],
    )
    found = reviewed.read(session, META, TITLE, page(text + "2", 106)).decisions
    assert found.accepted["k7m2xq4d"].revid == 104
    assert len(wiki.asked(prop="revisions")) == 2


def test_a_hidden_text_does_not_hide_who_may_have_set_the_status(wiki: MemoryWiki, session: Session) -> None:
    text = flag("handled")
    publish(wiki, [past(4, text + ".", "Admin"), past(3, None, "Other"), past(2, flag(), "Admin"), past(1, flag())])
    found = reviewed.read(session, META, TITLE, page(text + ".", 4)).decisions
    assert found.accepted == {}
    assert [one.revid for one in found.uncounted] == [3]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="nothing"),
        pytest.param([past(9, flag("handled"), "Admin", parent=0)], id="of a page that was made anew"),
    ],
)
def test_a_history_without_the_page_that_was_read_is_an_error(
    wiki: MemoryWiki, session: Session, rows: list[dict[str, Any]]
) -> None:
    publish(wiki, rows)
    with pytest.raises(AnswerError, match="does not hold its revision 2"):
        reviewed.read(session, META, TITLE, page(flag("handled"), 2))


# --- what it means for the check

LOCK = Source("global-lock", SourceKind.ACCOUNT, "stewards", Severity.LOCK, SourceState.OK)
LIST = Source("wmf-global-bans", SourceKind.LIST, "wmf", Severity.BAN, SourceState.OK, title="WMF List", revid=2)
ON_LIST = Evidence(LIST.id, Tier.IDENTICAL, Severity.BAN, "Ashen Courier", "Ashen Courier", "line 8", "On the list.")
LOCKED = Evidence(LOCK.id, Tier.IDENTICAL, Severity.LOCK, "Ashen Courier", "Ashen Courier", "log 8", "Locked.")
ALIKE = Evidence(LIST.id, Tier.CONFUSABLE, Severity.BAN, "Ashen Courier", "Ashen C0urier", "line 9", "Looks alike.")


def result(*evidence: Evidence, unknown: tuple[str, ...] = ()) -> CheckResult:
    registrant = Registrant("Ashen Courier", Origin("campaignevents"), 5)
    judged = Judged(registrant, VerdictKind.FLAG, evidence, unknown, central_id=5, exists=True)
    other = replace(judged, registrant=Registrant("Amber Abacus", Origin("campaignevents"), 6), central_id=6)
    other = replace(other, verdict=VerdictKind.CLEAR, evidence=())
    coverage = Coverage(2, 2, 0)
    return CheckResult(Event("Event:X", 12), (LIST, LOCK), (judged, other), (), (), coverage, {}, WHEN)


def said(found: CheckResult, source: str, status: Status, facts: str = "") -> Reviewed:
    """A decision about the flag of a source, on its present facts unless others are given."""
    [one] = [flag for flag in flags.of(found) if flag.source == source]
    decision = Decision(one.id, status, "Admin", 7, WHEN, facts or one.facts, "Met in person.")
    kept = {one.id: decision}
    return Reviewed(TITLE, None, Decisions({}, kept, ()) if status is Status.HANDLED else Decisions(kept, {}, ()))


@pytest.mark.parametrize("status", [Status.OPEN, Status.CONFIRMED, Status.HANDLED])
def test_a_decision_stands_beside_its_evidence_alone(status: Status) -> None:
    found = result(ON_LIST, LOCKED, ALIKE)
    after = reviewed.decided(found, said(found, LIST.id, status))
    listed, locked, alike = after.judged[0].evidence
    assert listed.decision is not None
    assert (listed.decision.status, locked.decision, alike.decision) == (status, None, None)
    assert after.judged[0].verdict is VerdictKind.FLAG
    assert after.judged[1] == found.judged[1]


@pytest.mark.parametrize(
    ("evidence", "unknown", "verdict", "left"),
    [
        pytest.param([LOCKED], (), VerdictKind.CLEAR, [], id="nothing else"),
        pytest.param([LOCKED], ("A list failed.",), VerdictKind.UNKNOWN, [], id="something was not checked"),
        pytest.param([ON_LIST, LOCKED], (), VerdictKind.FLAG, [ON_LIST], id="another source"),
        pytest.param([LOCKED, ALIKE], (), VerdictKind.REVIEW, [ALIKE], id="a likeness"),
    ],
)
def test_who_is_not_this_person(
    evidence: list[Evidence], unknown: tuple[str, ...], verdict: VerdictKind, left: list[Evidence]
) -> None:
    found = result(*evidence, unknown=unknown)
    after = reviewed.decided(found, said(found, LOCK.id, Status.NOT_THIS_PERSON))
    judged = after.judged[0]
    assert (judged.verdict, list(judged.evidence), judged.unknown) == (verdict, left, unknown)
    assert judged.remarks == (
        '"Ashen Courier" is not the person meant by global-lock; Admin said so on 2026-11-21: Met in person.',
    )
    assert after.notes == judged.remarks


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.NOT_THIS_PERSON, Status.HANDLED])
def test_a_decision_on_other_facts_says_nothing_of_these(status: Status) -> None:
    found = result(ON_LIST, LOCKED)
    assert reviewed.decided(found, said(found, LOCK.id, status, facts="000000000000")) == found


def test_without_decisions_the_result_is_the_same() -> None:
    found = result(ON_LIST)
    assert reviewed.decided(found, Reviewed(TITLE)) is found
