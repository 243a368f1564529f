"""Rows of ``list=users`` and ``list=globalusers`` (or ``meta=globaluserinfo``) by name; judges no account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

import msgspec

from bot.errors import AnswerError, WikiError
from bot.read.batches import joined
from bot.read.session import LOW_LIMIT, Session

LOCAL, GLOBAL, SINGLE = "users", "globalusers", "globaluserinfo"

Progress = Callable[[int, int], None]


class Component(msgspec.Struct):
    """One of several blocks of an account."""

    blockid: int | str | None = None
    blockpartial: bool = False


class LocalRow(msgspec.Struct):
    """An account of the wiki that was asked; for a blocked one ``blockpartial`` False means sitewide."""

    name: str = ""
    missing: bool = False
    invalid: bool = False
    groups: list[str] = []
    centralids: dict[str, int] = {}
    attachedlocal: dict[str, bool] = {}
    blockid: int | None = None
    blockedtimestamp: str = ""
    blockexpiry: str = ""
    blockpartial: bool = False
    blockcomponents: list[Component] = []

    @property
    def central_id(self) -> int | None:
        """The global account that this one is attached to: 0 for none, None where the wiki has no global accounts.

        ``centralids`` alone will not do: it is looked up by the name, whoever the local account belongs to.
        """
        if "CentralAuth" not in self.centralids:
            return None
        return self.centralids["CentralAuth"] if self.attachedlocal.get("CentralAuth") else 0


class GlobalRow(msgspec.Struct):
    """A global account; without ``locked`` nothing was said about a lock."""

    name: str = ""
    centralid: int | None = None
    missing: bool = False
    invalid: bool = False
    locked: bool | None = None
    locklogid: int | None = None
    registration: str = ""


class _SingleRow(msgspec.Struct):
    """``locked`` is only there when it is true."""

    id: int | None = None
    name: str = ""
    missing: bool = False
    locked: bool = False
    registration: str = ""


class _Single(msgspec.Struct):
    globaluserinfo: _SingleRow


class _Rows(msgspec.Struct):
    users: list[LocalRow] = []
    globalusers: list[GlobalRow] = []


@dataclass(slots=True)
class UsersRead:
    """Rows by canonical name, and for each module that failed the reason."""

    local: dict[str, LocalRow] = field(default_factory=dict)
    central: dict[str, GlobalRow] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def lacks(self, name: str, modules: Iterable[str]) -> bool:
        """Tell whether one of the modules has not answered about a name."""
        return any(name not in (self.local if module == LOCAL else self.central) for module in modules)


def read(session: Session, names: Sequence[str], central: str | None, progress: Progress | None) -> UsersRead:
    """Ask ``list=users`` and the module ``central`` (GLOBAL, SINGLE or None) about canonical names.

    GLOBAL shares its requests with ``list=users``. A failure ends that module for this run; what was read stays.
    """
    answers = UsersRead()
    together = (LOCAL, GLOBAL) if central == GLOBAL else (LOCAL,)
    try:
        _read_in_batches(session, names, together, answers, progress)
    except AnswerError:  # one of the two may still answer alone
        for module in together:
            _guarded(answers, module, partial(_read_in_batches, session, names, (module,), answers, None))
    except WikiError as error:
        answers.failed |= dict.fromkeys(together, str(error))
    if central == SINGLE:
        _guarded(answers, SINGLE, partial(_read_singly, session, names, answers, progress))
    return answers


def _guarded(answers: UsersRead, module: str, ask: Callable[[], None]) -> None:
    try:
        ask()
    except WikiError as error:
        answers.failed[module] = str(error)


def _read_in_batches(
    session: Session, names: Sequence[str], modules: Sequence[str], answers: UsersRead, progress: Progress | None
) -> None:
    """Ask for all names not answered yet; rows are matched by name, since neither order nor number can be relied on."""
    pending = [name for name in names if answers.lacks(name, modules)]
    while pending:
        batch, rest = pending[: session.limit], pending[session.limit :]
        try:
            cut_short = _read_batch(session, batch, modules, answers)
        except AnswerError as error:
            if error.code != "toomanyvalues" or session.limit == LOW_LIMIT:
                raise
            session.limit = LOW_LIMIT  # the rights said more than the grants allow
            continue
        # The continuation of list=globalusers names the whole input again and never ends, so it is not used: what is
        # still open is asked anew, and given up as unanswered when nothing new came.
        open_ = [name for name in batch if answers.lacks(name, modules)] if cut_short else []
        pending = (open_ if len(open_) < len(batch) else []) + rest
        if progress:
            progress(len(names) - len(pending), len(names))


def _read_batch(session: Session, batch: Sequence[str], modules: Sequence[str], answers: UsersRead) -> bool:
    asked: dict[str, str] = {}
    if LOCAL in modules:
        asked |= {"ususers": joined(batch), "usprop": "blockinfo|groups|centralids"}
    if GLOBAL in modules:
        asked |= {"gususers": joined(batch), "gusprop": "locked|registration"}
    answer = session.query(list="|".join(modules), **asked)
    rows = session.shaped(answer.get("query", {}), _Rows)
    answers.local |= {row.name: row for row in rows.users}
    answers.central |= {row.name: row for row in rows.globalusers}
    return "continue" in answer


def _read_singly(session: Session, names: Sequence[str], answers: UsersRead, progress: Progress | None) -> None:
    for number, name in enumerate(names, 1):
        try:
            row = session.read(_Single, meta=SINGLE, guiuser=name).globaluserinfo
        except AnswerError as error:
            if error.code not in ("baduser", "invaliduser"):
                raise
            answers.central[name] = GlobalRow(name, invalid=True)
        else:
            if row.missing or row.name == name:
                locked = None if row.missing else row.locked
                answers.central[name] = GlobalRow(
                    name, row.id, row.missing, locked=locked, registration=row.registration
                )
        if progress:
            progress(number, len(names))
