"""What reviewers decided about the flags of an event, as its review page and its history say; writes nothing there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import AnswerError
from bot.match.verdict import verdict_of
from bot.model import CheckResult, Decision, Evidence, Judged, Revision, SiteInfo, Status
from bot.parse import reviewpage, reviews
from bot.plan import decisions as deciding
from bot.plan import flags
from bot.plan.decisions import Decisions, Version
from bot.plan.edits import text_digest
from bot.read import history, reviewers
from bot.read.history import Past
from bot.read.session import Session

NOTHING = Decisions({}, {}, ())
_LONGEST = 300  # of a comment, in a note


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review page of an event; ``revision`` is None where there is none, ``title`` where there can be none.

    ``trouble`` is a sentence when the page is there and its decisions could not be read.
    """

    title: str | None = None
    revision: Revision | None = None
    decisions: Decisions = NOTHING
    trouble: str = ""


def title_of(session: Session, site: SiteInfo, event: str) -> str | None:
    """Return the title of the review page, None when it is not known which account keeps it."""
    review = session.settings.review
    bot = _bot(session)
    return reviewpage.title_for(review.page, bot, event, site) if bot and event else None


def read(session: Session, site: SiteInfo, title: str, page: Revision | None) -> Reviewed:
    """Return what counts on a review page that was read; its history costs requests only when somebody decided.

    Raises WikiError when history or groups cannot be read.
    """
    if page is None or deciding.undecided(reviews.read(page.text, site)):
        return Reviewed(title, page)
    versions = _history(session, site, title, page)
    review = session.settings.review
    allowed = reviewers.among(
        session, deciding.people(versions, _bot(session)), review, has_global="CentralAuth" in site.extensions
    )
    found = deciding.read(
        versions,
        allowed.__contains__,
        _bot(session),
        lambda revid: session.url(f"Special:Diff/{revid}"),
    )
    return Reviewed(title, page, found)


def _bot(session: Session) -> str:
    return session.settings.review.bot or session.username or ""


def decided(result: CheckResult, reviewed: Reviewed) -> CheckResult:
    """Return ``result`` with each decision beside its evidence; what is "not this person" is a note alone."""
    known = {**reviewed.decisions.settled, **reviewed.decisions.accepted}
    if not known:
        return result
    current = {flag.id: flag.facts for flag in flags.of(result)}
    holding = {one.flag: one for one in known.values() if current.get(one.flag) == one.facts}
    judged = tuple(_decided(one, result, holding) for one in result.judged)
    said = (
        remark for new, old in zip(judged, result.judged, strict=True) for remark in new.remarks[len(old.remarks) :]
    )
    return replace(result, judged=judged, notes=(*result.notes, *said))


def _decided(judged: Judged, result: CheckResult, holding: dict[str, Decision]) -> Judged:
    evidence = tuple(
        replace(one, decision=holding.get(flags.flag_id(result.event, judged, one.source)))
        if flags.is_fact(one)
        else one
        for one in judged.evidence
    )
    counting = tuple(one for one in evidence if not _is_other_person(one))
    if len(counting) == len(evidence):
        return replace(judged, evidence=evidence)
    remarks = (*judged.remarks, *(_remark(judged, one) for one in evidence if _is_other_person(one)))
    return replace(judged, evidence=counting, verdict=verdict_of(counting, judged.unknown), remarks=remarks)


def _is_other_person(evidence: Evidence) -> bool:
    return evidence.decision is not None and evidence.decision.status is Status.NOT_THIS_PERSON


def _remark(judged: Judged, evidence: Evidence) -> str:
    said = evidence.decision
    by = f"{said.by} said so on {said.when:%Y-%m-%d}" if said else ""
    why = f": {said.comment[:_LONGEST]}" if said and said.comment else "."
    return f'"{judged.registrant.name}" is not the person meant by {evidence.source}; {by}{why}'


def _history(session: Session, site: SiteInfo, title: str, page: Revision) -> Sequence[Version]:
    """Return the page as it was read and what it replaced, step by step, as far back as somebody's status reaches."""
    read: dict[int, Past] = {}
    versions: list[Version] = []
    following = page.revid
    for batch, last in history.batches(session, title):
        read |= {past.revid: past for past in batch}
        while past := read.get(following):
            versions.append(_version(past, site))
            following = past.parent
        if last and following and versions:  # revisions were deleted: who made them is hidden
            versions.append(Version(following, None, page.timestamp, None))
        if versions and deciding.is_complete(versions, _bot(session), whole=last):
            return versions
    raise AnswerError(f'The history of "{title}" does not hold its revision {page.revid}.')


def _version(past: Past, site: SiteInfo) -> Version:
    if past.text is None:
        return Version(past.revid, past.user, past.timestamp, None)
    return Version(past.revid, past.user, past.timestamp, reviews.read(past.text, site), text_digest(past.text))
