"""What is kept of a check for those who ask later whether there was one: numbers, and nobody's name."""

from __future__ import annotations

from collections import Counter

from bot.model import Agreed, CheckResult, CheckSeen, Judged, Status, VerdictKind
from bot.plan import flags


def seen(result: CheckResult) -> CheckSeen:
    """Return the numbers of ``result`` with its decisions; ``flagged`` are those about whom nobody decided yet.

    Who registered privately, a line that cannot be read and a page that was not read count as somebody who was not
    checked: there may be one. Whoever withdrew is not asked to agree; who registered privately accepted the terms of
    the registration like everybody else, so that only lines and pages are ``unread``.
    """
    verdicts = Counter(one.verdict for one in result.judged)
    agreed = Counter(one.registrant.agreed for one in result.judged if not one.registrant.withdrawn)
    unread = len(result.unparsed) + len(result.unread)
    unseen = (result.coverage.private or 0) + unread
    return CheckSeen(
        at=result.checked_at,
        registrants=len(result.judged) + unseen,
        checked=result.coverage.checked,
        flagged=sum(one.verdict is VerdictKind.FLAG and _is_open(one) for one in result.judged),
        to_review=verdicts[VerdictKind.REVIEW],
        unknown=verdicts[VerdictKind.UNKNOWN] + unseen,
        not_agreed=agreed[Agreed.NOT_AGREED] + agreed[Agreed.UNKNOWN],
        not_asked=agreed[Agreed.NOT_ASKED],
        unread=unread,
    )


def _is_open(judged: Judged) -> bool:
    """Return whether one of the facts about somebody is undecided, or there is none on which somebody could decide."""
    decided = [one.decision for one in judged.evidence if flags.is_fact(one)]
    return not decided or any(one is None or one.status is Status.OPEN for one in decided)
