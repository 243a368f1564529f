"""Whether members of a response team stand on a public list of bans, by the check of registrants; plans nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot import check
from bot.check import CheckRequest
from bot.errors import EventSafetyError
from bot.model import Judged, Member, Severity, SourceKind, SourceState
from bot.plan import flags
from bot.read.session import Session

_COLUMN = "username"
_UNREAD = "Whether the account is on a list of bans could not be told: {why}"


def looked_up(session: Session, members: Mapping[str, Member], *, now: datetime) -> dict[str, Member]:
    """Return ``members`` with a sentence for each list on which the same account stands; ``now`` is UTC.

    Likenesses say nothing here. A list that could not be read becomes something unknown of everybody. Requests: those
    of a check of that many names.
    """
    if not members:
        return {}
    try:
        result, _ = check.look(_request(tuple(members)), session, now=now)
    except EventSafetyError as error:
        return {name: _unknown(member, str(error)) for name, member in members.items()}
    failed = [
        source.detail or source.id
        for source in result.sources
        if source.kind is SourceKind.LIST and source.state not in (SourceState.OK, SourceState.OFF)
    ]
    found = {name: _unknown(member, failed[0]) if failed else member for name, member in members.items()}
    for judged in result.judged:
        name = judged.registrant.name or ""
        if name in found and (listed := _listed(judged)):
            found[name] = replace(found[name], trouble=(*found[name].trouble, *listed))
    return found


def _request(names: Sequence[str]) -> CheckRequest:
    table = io.StringIO()
    csv.writer(table).writerows([[_COLUMN], *([name] for name in names)])
    return CheckRequest(registrants_csv=table.getvalue().encode(), csv_column=_COLUMN)


def _listed(judged: Judged) -> tuple[str, ...]:
    return tuple(one.text for one in judged.evidence if flags.is_fact(one) and one.severity is Severity.BAN)


def _unknown(member: Member, why: str) -> Member:
    return replace(member, unknown=(*member.unknown, _UNREAD.format(why=why)))
