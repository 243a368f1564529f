"""Registrants whom only an event's organizers may see; read for the confidential check alone, and kept by nobody.

An import contract holds everything that plans, writes or reports in public away from this module. Registrants are
promised that nobody but the organizers sees them (DOMAIN 4.3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import AnswerError, LoginError
from bot.model import Registrant, SiteInfo
from bot.read import campaignevents
from bot.read.session import Session

_REFUSED = "campaignevents-rest-list-participants-cannot-see-private"


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """A registrant, and whether they registered privately."""

    registrant: Registrant
    is_private: bool


def participants(
    session: Session, event_id: int, site: SiteInfo, progress: Callable[[int], None] | None = None
) -> tuple[Seen, ...]:
    """Return everybody who registered, publicly or privately, in the order of their registration.

    Raises LoginError where the account that is logged in may not see them, and as ``campaignevents.participants``.
    """
    found: list[Seen] = []
    try:
        for page in campaignevents.participant_pages(session, event_id, include_private=True):
            found += [Seen(campaignevents.registrant(row, site), row.private) for row in page]
            if progress:
                progress(len(found))
    except AnswerError as error:
        if error.code in (_REFUSED, "http-403"):
            raise LoginError(_sentence(session.username, event_id)) from error
        raise
    return tuple(found)


def _sentence(username: str | None, event_id: int) -> str:
    who = f'"{username}" may not' if username else "Nobody is logged in, so this may not"
    return (
        f"{who} see who registered privately for registration {event_id}; only its organizers may. Log in as one of "
        "them (user-config.py), or leave out --include-private."
    )
