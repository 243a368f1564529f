"""How entries of a record make answers: corrections, what was taken back, texts line by line; knows no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.private import incident_fields
from bot.private.incident_entry import Answer, IncidentEntry
from bot.private.incident_fields import Form

Chain = list[IncidentEntry]


def answers(entries: Sequence[IncidentEntry]) -> list[Answer]:
    """Return entries in their order with what they correct behind them, and texts with their further lines."""
    chains = _chains(entries)
    numbers = {entry.number: entry.field for chain in chains for entry in chain}
    lines: dict[int, list[Chain]] = {}
    heads = []
    for chain in chains:
        if _goes_on(chain[0], numbers):
            lines.setdefault(chain[0].about, []).append(chain)
        else:
            heads.append(chain)
    return [_answer(chain, lines) for chain in heads]


def doubts(entries: Sequence[IncidentEntry]) -> Iterator[str]:
    """Yield a sentence on each entry that speaks of one which is not there, comes later or is something else."""
    before: dict[int, IncidentEntry] = {}
    parts = {one.id for one in incident_fields.FOLLOW_UPS[1:]}
    for entry in entries:
        if entry.corrects and not (other := before.get(entry.corrects)):
            yield f"Entry {entry.number} was to stand for entry {entry.corrects}, which is not there before it."
        elif entry.corrects and other and other.field != entry.field:
            label = incident_fields.question(other.field).label
            yield f"Entry {entry.number} was to stand for entry {other.number}, which is of “{label}”: both stand."
        if entry.field in parts and (not (of := before.get(entry.about)) or of.field != incident_fields.FOLLOW_UP.id):
            what = "is no follow-up" if of else "is not there"
            yield f"Entry {entry.number} speaks of follow-up {entry.about}; entry {entry.about} {what}."
        before[entry.number] = entry
    yield from _behind_closing(entries)


def _behind_closing(entries: Sequence[IncidentEntry]) -> Iterator[str]:
    closed = 0
    expected = {one.id for one in (*incident_fields.REVIEW, *incident_fields.FOLLOW_UPS[1:])}
    for entry in entries:
        if entry.field == incident_fields.CLOSED.id:
            closed = entry.number
        elif entry.field == incident_fields.REOPENED.id:
            closed = 0
        elif closed and entry.field not in expected:
            yield f"The record was closed with entry {closed}; entry {entry.number} came after that."
            return


def _goes_on(entry: IncidentEntry, fields: Mapping[int, str]) -> bool:
    """Whether an entry is a further line of a text that is there."""
    is_text = incident_fields.question(entry.field).form is Form.TEXT
    return is_text and 0 < entry.about < entry.number and fields.get(entry.about) == entry.field


def _chains(entries: Sequence[IncidentEntry]) -> list[Chain]:
    """Return entries with their corrections behind them, in the order of the first of each."""
    chains: list[Chain] = []
    of: dict[int, Chain] = {}
    for entry in entries:
        chain = of.get(entry.corrects)
        if chain is None or chain[0].field != entry.field:
            chain = []
            chains.append(chain)
        chain.append(entry)
        of[entry.number] = chain
    return chains


def _answer(chain: Chain, lines: Mapping[int, list[Chain]]) -> Answer:
    """Return the answer that a chain of corrections is, each wording with the further lines of its text."""
    alone = [entry for entry in chain[1:] if entry.corrects == entry.about]
    wordings = [entry for entry in chain if entry not in alone]
    now = _in_force(wordings)
    earlier: list[IncidentEntry] = []
    whole: dict[int, IncidentEntry] = {}
    for wording in wordings:
        first = [wording, *(one for one in alone if _wording_of(one, alone) == wording.number)]
        further = [_answer(line, lines) for line in lines.get(wording.number, [])]
        stands = _in_force(first) if wording.text else wording
        whole[wording.number] = _joined(stands, further) if wording.text else wording
        earlier += [one for one in first if one is not stands]
        earlier += [entry for line in further for entry in line.earlier]
        if wording is not now:
            earlier.append(whole[wording.number])
    return Answer(whole[now.number], tuple(sorted(earlier, key=lambda one: one.number)))


def _wording_of(entry: IncidentEntry, alone: Chain) -> int:
    """Return the number of the wording whose first line an entry corrects, by way of corrections of that line."""
    of = {one.number: one for one in alone}
    while entry.corrects in of:
        entry = of[entry.corrects]
    return entry.corrects


def _in_force(chain: Sequence[IncidentEntry]) -> IncidentEntry:
    """Return the entry of a chain that counts: the last one, or what was before where that was taken back."""
    undone: set[int] = set()
    behind_first = {one.number for one in chain[1:]}
    for entry in reversed(chain):
        if entry.number in undone:
            continue
        if entry.text or entry.corrects not in behind_first:
            return entry
        undone.add(entry.corrects)
    return chain[0]


def _joined(first: IncidentEntry, further: Sequence[Answer]) -> IncidentEntry:
    kept = [text for text in (first.text, *(line.text for line in further)) if text]
    return replace(first, text="\n".join(kept)) if further else first
