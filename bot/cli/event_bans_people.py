"""Who is to be held against a confidential list: read as `check` reads them, and from a file; knows no list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.cli.kept import Kept, together
from bot.errors import UsageError
from bot.private.model import Occasion, Person, UnreadRow

if TYPE_CHECKING:
    from bot.check.event import Located
    from bot.model import AccountState, Event, Registrant, Rename, SiteInfo
    from bot.read.session import Session

# What is being done, how much of it, of how many.
Shown = Callable[[str, int, int | None], None]
IN_FILE = "row "
GONE = "No account has this name, and the rename log knows of none that had it."
UNANSWERED = "The wiki does not say whether there is an account of this name."


@dataclass(frozen=True, slots=True, repr=False)
class Everybody:
    """The people of an event; ``private_unseen`` is how many registered privately and were not read.

    ``pages`` are sentences about sign-up pages that could not be read.
    """

    people: tuple[Person, ...]
    unread: tuple[UnreadRow, ...] = ()
    private_unseen: int | None = None
    notes: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(slots=True)
class Who:
    """What the options say of who is to be checked."""

    registrants: str | None = None
    registrants_column: tuple[str, ...] = ()
    registrants_sheet: str | None = None
    registrants_password_fd: int | None = None
    only_csv: bool = False
    include_private: bool = False
    earlier_names: bool = True


_WHO = Kept("bot.event_bans_people", Who)
options = together(
    _WHO.option("--registrants", metavar="FILE", help="More registrants (CSV or XLSX), also by real name and e-mail."),
    _WHO.option("--registrants-column", metavar="WHAT=WHICH", multiple=True, help="As --column, for that file."),
    _WHO.option("--registrants-sheet", metavar="N", help="As --sheet, for that file."),
    _WHO.option("--registrants-password-fd", metavar="N", type=int, help="As --password-fd, for that file."),
    _WHO.option("--only-csv", is_flag=True, help="Check that file alone and ask no wiki; EVENT is just a title then."),
    _WHO.option("--include-private", is_flag=True, help="Those too who registered privately; for the organizers."),
    _WHO.option(
        "--earlier-names/--no-earlier-names",
        default=True,
        show_default=True,
        help="Look up what registrants were called before, a request for each.",
    ),
)


def who() -> Who:
    """Return what the options say; raises UsageError where they contradict each other."""
    found = _WHO.value()
    of_file = found.only_csv or found.registrants_column or found.registrants_sheet or found.registrants_password_fd
    if found.registrants is None and of_file:
        raise UsageError("--only-csv and --registrants-… say how to use a file: give it with --registrants FILE.")
    if found.only_csv and found.include_private:
        raise UsageError("--include-private asks the wiki, and --only-csv asks none: leave one of them out.")
    return found


def occasion(event: Event) -> Occasion:
    """Return the event as lists ask for it."""
    return Occasion(event.title, event.id, event.start, event.end, event.in_person)


def registered(session: Session, site: SiteInfo, located: Located, asked: Who, shown: Shown) -> Everybody:
    """Return who registered or signed up on the wiki; no name of any list is needed or asked for.

    Where there is a file as well, a page without anybody is no error. Raises LoginError where private registrants are
    wanted and may not be seen, NoRegistrationError, WikiError.
    """
    from bot.check import crowd
    from bot.model import Signups

    def counted(done: int) -> None:
        shown("Reading registrants", done, None)

    file = Signups() if asked.registrants else None
    found = crowd.read(session, site, located, file=file, progress=counted)
    people = [person(one) for one in found.people.registrants if not one.withdrawn]
    unread = [UnreadRow(line.line, f'on the page "{line.title}" could not be read') for line in found.people.unparsed]
    total = located.participants
    unseen = None if total is None else max(0, total - found.rows)
    notes = [*located.notes]
    if withdrew := sum(one.withdrawn for one in found.people.registrants):
        notes.append(f"{withdrew} signed up and withdrew; they were not checked.")
    if asked.include_private and located.event.id is not None:
        from bot.read import private_registrants

        seen = private_registrants.participants(session, located.event.id, site, counted)
        known = {(one.name, one.central_id) for one in people}
        more = [replace(person(one.registrant), is_private=True) for one in seen if one.is_private]
        people += [one for one in more if one.name is None or (one.name, one.central_id) not in known]
        unseen = 0
    elif unseen:
        notes.append(
            "An organizer of the event can have those checked too who registered privately: --include-private."
        )
    return Everybody(tuple(people), tuple(unread), unseen, tuple(notes), found.unread)


def joined(registered: Everybody, file: Everybody) -> Everybody:
    """Return both together: each registrant with what the file knows of them, and everybody else in the file.

    A row of the file that would contradict what is known already, by another central id or real name, stays one of its
    own: it is held against the list like any other.
    """
    people: dict[int, Person] = dict(enumerate(registered.people))
    by_name = {one.name: number for number, one in people.items() if one.name is not None}
    for one in file.people:
        number = by_name.get(one.name) if one.name is not None else None
        both = None if number is None else _both(people[number], one)
        if number is None or both is None:
            people[len(people)] = one
        else:
            people[number] = both
    return replace(
        registered,
        people=tuple(people.values()),
        unread=(*registered.unread, *file.unread),
        notes=(*registered.notes, *file.notes),
    )


def _both(one: Person, other: Person) -> Person | None:
    """Return what two sources know of one account, None where they do not say the same."""
    known = [(one.real_name, other.real_name), (one.email, other.email), (one.central_id, other.central_id)]
    if any(mine and theirs and mine != theirs for mine, theirs in known):
        return None
    return replace(
        one,
        real_name=one.real_name or other.real_name,
        email=one.email or other.email,
        central_id=one.central_id or other.central_id,
    )


def looked_up(
    session: Session, central: Session, everybody: Everybody, asked: Who, shown: Shown, *, with_file: bool
) -> Everybody:
    """Return everybody by their present account, with what it was called before; raises WikiError.

    A list names people as they were called when they were put on it, and its names may be asked of no wiki: so the
    rename log is asked about the registrants, all of them alike, a request for each and for each rename. Names that no
    registration vouches for are asked about first, so many a request; who of them has no account is told. Without
    ``with_file`` nobody who stands in the file alone is asked about: their names may be real ones.
    """
    from bot.model import NameState

    def may_ask(one: Person) -> bool:
        in_file = one.where.startswith(IN_FILE)
        return one.name is not None and one.state is NameState.ACCOUNT and (with_file or not in_file)

    unproven = [one.name for one in everybody.people if may_ask(one) and one.central_id is None and one.name]
    states = _states(session, central, unproven, shown)
    people: list[Person] = []
    for number, one in enumerate(everybody.people, 1):
        found = _present(one, states) if may_ask(one) and one.central_id is None else one
        if may_ask(found) and not found.trouble and asked.earlier_names:
            shown("Looking up former names", number, len(everybody.people))
            found = _with_earlier(central, found)
        people.append(found)
    return replace(everybody, people=tuple(people))


def _with_earlier(central: Session, one: Person) -> Person:
    from bot.read import renames

    former = tuple(step.old for step in renames.earlier_names(central, one.name or ""))
    return replace(one, earlier=tuple(dict.fromkeys((*(one.earlier or ()), *former))))


def _states(
    session: Session, central: Session, names: Sequence[str], shown: Shown
) -> Mapping[str, tuple[AccountState, tuple[Rename, ...]]]:
    """Return of each name the state of its account, or of the one that it was renamed to, with the renames."""
    from bot.model import Existence
    from bot.read import accounts, renames

    if not names:
        return {}
    off = frozenset(accounts.SOURCE_IDS)
    states = dict(accounts.states(session, names, off).states)
    gone = [name for name, state in states.items() if state.existence is Existence.MISSING]
    steps: dict[str, tuple[Rename, ...]] = {}
    for number, name in enumerate(gone, 1):
        shown("Looking for accounts that were renamed", number, len(gone))
        steps[name] = renames.chain(central, name)
    new = [chain[-1].new for chain in steps.values() if chain]
    now = accounts.states(session, new, off).states if new else {}
    return {
        name: (now[steps[name][-1].new] if steps.get(name) else state, steps.get(name, ()))
        for name, state in states.items()
    }


def _present(one: Person, states: Mapping[str, tuple[AccountState, tuple[Rename, ...]]]) -> Person:
    """Return somebody by the account that they have now; with why nobody knows which, where that is so."""
    from bot.model import Existence

    state, steps = states[one.name or ""]
    if steps:
        former = tuple(step.old for step in steps)
        one = replace(one, name=steps[-1].new, where=f'{one.where}, as "{one.name}"', earlier=former)
    if state.existence is Existence.EXISTS:
        return replace(one, central_id=state.central_id)
    return replace(one, trouble=GONE if state.existence is Existence.MISSING else UNANSWERED)


def person(registrant: Registrant) -> Person:
    """Return a registrant as the confidential check knows people."""
    origin = registrant.origin
    where = "registration" if origin.kind == "campaignevents" else f'line {origin.line} of "{origin.title}"'
    return Person(
        registrant.name,
        where,
        central_id=registrant.central_id,
        state=registrant.state,
        why_unnamed=registrant.why_unnamed,
    )
