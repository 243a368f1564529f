"""Which policies hold at an event, by the settings and its roster; knows no page."""

from __future__ import annotations

from bot.config import Notices
from bot.model import PolicyKind, RosterEvent


def holding(event: RosterEvent, notices: Notices) -> dict[PolicyKind, str]:
    """Return the policies that hold, each with the target of a link to it.

    That for technical spaces holds at technical events; one without a target in settings or roster is left out.
    """
    every = {
        PolicyKind.UCOC: notices.ucoc,
        PolicyKind.FRIENDLY: notices.friendly,
        PolicyKind.TECHNICAL: notices.technical if event.technical else "",
        PolicyKind.OWN: event.policy,
    }
    return {kind: target for kind, target in every.items() if target}
