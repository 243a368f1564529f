"""Who may decide about flags: accounts in a reviewer group, here or globally, and named ones; judges no decision."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from bot.config import Review
from bot.read.batches import cut, joined
from bot.read.session import Session


class _Row(msgspec.Struct):
    """A sitewide block takes the say away; ``blockid`` is null where several blocks hold together (CompositeBlock)."""

    name: str = ""
    groups: list[str] = []
    blockid: int | None = None
    blockpartial: bool | None = None
    missing: bool = False
    invalid: bool = False

    @property
    def has_a_say(self) -> bool:
        """Tell whether it is an account of this wiki, and not blocked from all of it."""
        is_blocked = self.blockpartial is False or (self.blockid is not None and not self.blockpartial)
        return not (self.missing or self.invalid or is_blocked)


class _Rows(msgspec.Struct):
    users: list[_Row] = []


class _Global(msgspec.Struct):
    groups: list[str] = []
    locked: bool = False


class _Single(msgspec.Struct):
    globaluserinfo: _Global


def among(session: Session, names: Collection[str], review: Review, *, has_global: bool) -> frozenset[str]:
    """Return those of ``names`` who may decide, as their groups are now.

    One request for each ``session.limit`` names, and where the wiki has global accounts one more for each name: to see
    that it is not locked, and whether its global groups do where those of this wiki do not. Raises WikiError when they
    cannot be read.
    """
    allowed: set[str] = set()
    for batch in cut(sorted(names), session.limit):
        rows = session.read(_Rows, list="users", ususers=joined(batch), usprop="groups|blockinfo").users
        for row in rows:
            if not row.has_a_say:
                continue
            local = row.name in review.reviewers or not set(review.groups).isdisjoint(row.groups)
            if not local and not review.global_groups:
                continue
            account = _account(session, row.name) if has_global else _Global()
            if not account.locked and (local or not set(review.global_groups).isdisjoint(account.groups)):
                allowed.add(row.name)
    return frozenset(allowed)


def _account(session: Session, name: str) -> _Global:
    return session.read(_Single, meta="globaluserinfo", guiuser=name, guiprop="groups").globaluserinfo
