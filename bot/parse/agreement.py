"""Who agreed to the event's policies on a sign-up page, by the line of each; must not know who they are."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import Agreed, Signups, SiteInfo


def read(text: str, site: SiteInfo, signups: Signups) -> Mapping[int, Agreed]:
    """Return for lines of ``signups``, which were read from ``text``, whether somebody agreed there."""
    return {}
