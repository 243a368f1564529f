"""What ``eventsafety screen`` prints, as JSON and as text; knows no files and finds nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bot import escape
from bot.match.keys import VERSIONS
from bot.match.likeness import Match
from bot.match.names_file import RejectedLine
from bot.match.screening import Screened
from bot.model import Tier

_SCHEMA = "eventsafety/screen@1"
_EXAMPLES = 10


def as_json(found: Screened, rejected: Sequence[RejectedLine]) -> str:
    """Return ``eventsafety/screen@1``; names and entries are written as their lines give them."""
    return _document(
        {
            "matches": [_match(m) for m in found.matches],
            "mixed_scripts": [
                {"name": name, "word": word.word, "scripts": word.scripts, "text": word.text}
                for name, word in found.mixed
            ],
            "rejected": [{"line": r.line, "text": r.shown, "why": r.why} for r in rejected],
            "keys": VERSIONS,
        }
    )


def as_text(found: Screened) -> str:
    """Return a line for each match, surest first within a name, and for each name that mixes scripts."""
    lines = [_line(m) for m in found.matches] + [f"MIXED  {escape.terminal(w.text)}" for _, w in found.mixed]
    hits = len({m.name for m in found.matches})
    return "\n".join([*lines, f"{hits} of the names resemble a listed one. A likeness is a hint, never a proof.", ""])


def what_if_json(new: Sequence[str], hit: Sequence[Match], ordinary: Sequence[Match]) -> str:
    """Return ``eventsafety/screen@1`` of what ``new`` entries would newly hit, ordinary names apart."""
    matches, others = [_match(m) for m in hit], [_match(m) for m in ordinary]
    return _document({"what_if": new, "matches": matches, "ordinary": others, "keys": VERSIONS})


def what_if_text(new: Sequence[str], hit: Sequence[Match], ordinary: Sequence[Match], of: int) -> str:
    """Return for each new entry whom it would newly hit, and how many of ``of`` ordinary names."""
    return "".join(_entry(entry, hit, ordinary, of) for entry in new)


def _entry(entry: str, hit: Sequence[Match], ordinary: Sequence[Match], of: int) -> str:
    mine = [m for m in hit if m.entry.name == entry]
    others = [m for m in ordinary if m.entry.name == entry]
    head = f"{escape.terminal(entry)}: {len(mine)} of the names newly, {len(others)} of {of:,} ordinary names."
    lines = [head, *(f"  {_line(m)}" for m in mine), *(f"  ordinary: {_line(m)}" for m in others[:_EXAMPLES])]
    if len(others) > _EXAMPLES:
        lines.append(f"  and {len(others) - _EXAMPLES} more ordinary names")
    return "\n".join(lines) + "\n"


def _line(match: Match) -> str:
    where = f"{match.entry.source} line {match.entry.line}" if match.entry.source else "not listed yet"
    return f"{match.tier:<10} {escape.terminal(match.text)} [{escape.terminal(where)}]"


def _match(match: Match) -> Mapping[str, object]:
    return {
        "name": match.name,
        "entry": match.entry.name,
        "tier": match.tier.value,
        "text": match.text,
        "key": match.key,
        "parts": [{"left": p.left, "right": p.right} for p in match.parts],
        "list": match.entry.source or None,
        "line": match.entry.line or None,
        "hint_only": match.tier is not Tier.IDENTICAL,
    }


def _document(data: Mapping[str, object]) -> str:
    return escape.json_text(json.dumps({"schema": _SCHEMA, **data}, ensure_ascii=False, indent=2)) + "\n"
