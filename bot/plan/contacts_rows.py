"""Which row of a list of contacts is whose, and where rows come and go; must not know what rows say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Contact
from bot.parse.calls import BLANKS, Call, Parameter
from bot.plan import rewrite
from bot.plan.rewrite import Change

Row = tuple[Contact, Call]


@dataclass(frozen=True, slots=True)
class Match:
    """The rows that stay, by the number of the wanted contact that each is of, and those that go, as they stand."""

    staying: Mapping[int, Row]
    leaving: tuple[Row, ...]


def matched(rows: Sequence[Row], wanted: Sequence[Contact]) -> Match:
    """Return which row is whose: by the name; of several with one name by the days, then as they stand."""
    left = list(rows)
    staying: dict[int, Row] = {}
    for same_days in (True, False):
        for number, contact in enumerate(wanted):
            found = next((row for row in left if _is_of(row[0], contact, same_days=same_days)), None)
            if number not in staying and found is not None:
                staying[number] = found
                left.remove(found)
    return Match(dict(sorted(staying.items())), tuple(left))


def splices(text: str, team: Parameter, match: Match, rendered: Mapping[int, str], *, apart: bool) -> list[Change]:
    """Return the changes after which ``rendered``, new rows by the number of their contact, stand in the list.

    A new row comes behind the row of the nearest contact before it, else before that of the nearest one behind it.
    Where no row stays, they take the place of the first. ``apart``: something is left in the place of a row that goes.
    """
    leaving = [call for _, call in match.leaving]
    if rendered and leaving and not match.staying:
        first = leaving.pop(0)
        changes = [Change(first.start, first.end, "\n".join(rendered.values()))]
    else:
        changes = [_lines(text, team, at, "\n".join(rows)) for at, rows in _places(text, team, match, rendered).items()]
    return changes + [
        Change(call.start, call.end, "<nowiki/>") if apart else rewrite.remove(text, call) for call in leaving
    ]


def _is_of(row: Contact, contact: Contact, *, same_days: bool) -> bool:
    return row.name == contact.name and (
        not same_days or (row.begins, row.ends, row.phases) == (contact.begins, contact.ends, contact.phases)
    )


def _places(text: str, team: Parameter, match: Match, rendered: Mapping[int, str]) -> dict[int, list[str]]:
    """Return the new rows by the offset at which they go."""
    places: dict[int, list[str]] = {}
    for number, row in rendered.items():
        before = [call for other, (_, call) in match.staying.items() if other < number]
        behind = [call for other, (_, call) in match.staying.items() if other > number]
        end_of_list = team.start + len(text[team.start : team.end].rstrip(BLANKS))
        at = before[-1].end if before else behind[0].start if behind else end_of_list
        places.setdefault(at, []).append(row)
    return places


def _lines(text: str, team: Parameter, at: int, rows: str) -> Change:
    """Put ``rows`` on lines of their own at ``at``, the start or end of a row; a remark beside that row stays there."""
    start = max(team.start, text.rfind("\n", 0, at) + 1)
    end = _line_end(text, at, team.end)
    if rewrite.is_remark(text[at:end]):
        at = end
    elif text[start:at].strip(BLANKS) and rewrite.is_remark(text[start:at]):
        at = start
    above, below = text[team.start : at], text[at : team.end]
    gap_above, gap_below = above[len(above.rstrip(BLANKS)) :], below[: len(below) - len(below.lstrip(BLANKS))]
    return Change(at, at, "\n" * ("\n" not in gap_above) + rows + "\n" * ("\n" not in gap_below))


def _line_end(text: str, at: int, last: int) -> int:
    found = text.find("\n", at, last)
    return found if found >= 0 else last
