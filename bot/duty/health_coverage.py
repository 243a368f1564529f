"""Whether enough people are there at every moment of the event and in the phases around it; has no clock of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from bot.duty import hours, phases
from bot.duty.health_facts import HealthFacts, listing, people
from bot.duty.hours import Gap
from bot.model import Grade, Health, Phase

CODE = "coverage"
TOLD = 3
AROUND = {
    Phase.BEFORE: "Nobody is there before the event, when people sign up and ask whether it is safe for them.",
    Phase.AFTER: "Nobody is there for the {days} after the event, when many reports are made.",
}


def points(facts: HealthFacts) -> Iterable[Health]:
    """Yield what is wrong with the coverage, and what could not be told of it."""
    yield from _size(facts)
    yield from _during(facts)
    for phase, text in AROUND.items():
        if phase in facts.to_come and facts.team and not phases.of(facts.team, phase):
            told = text.format(days=_count(facts.after_days, "day"))
            yield Health("phase", Grade.WARNING, told, f'Give somebody the phase "{phase.value}".')


def gaps(facts: HealthFacts) -> tuple[Gap, ...] | None:
    """Return when too few people are there from ``facts.now`` on; None where that cannot be told."""
    if facts.span is None or _needs_zone(facts):
        return None
    start, end = facts.span
    start = max(start, facts.now)
    return hours.gaps(facts.contacts, start, end, facts.timezone, facts.settings.minimum)


def local(at: datetime, where: tzinfo) -> str:
    """Return a moment as "2026-12-24 18:00 (UTC+01:00)" by the clocks of a place."""
    there = at.astimezone(where)
    return f"{there:%Y-%m-%d %H:%M} ({offset(there)})"


def between(gap: Gap, where: tzinfo) -> str:
    """Return "from 2026-12-24 18:00 to 2026-12-25 09:00 (UTC+01:00)", with both offsets where they differ."""
    start, end = gap.start.astimezone(where), gap.end.astimezone(where)
    if start.utcoffset() != end.utcoffset():
        return f"from {local(start, where)} to {local(end, where)}"
    return f"from {start:%Y-%m-%d %H:%M} to {local(end, where)}"


def offset(there: datetime) -> str:
    """Return the offset of an aware time as "UTC+05:30"."""
    minutes = round((there.utcoffset() or timedelta()) / timedelta(minutes=1))
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def length(time: timedelta) -> str:
    """Return how long a time is: "2 h 30 min"."""
    minutes = -(-time // timedelta(minutes=1))
    parts = (_part(minutes // 1440, "d"), _part(minutes % 1440 // 60, "h"), _part(minutes % 60, "min"))
    return " ".join(part for part in parts if part)


def _size(facts: HealthFacts) -> Iterable[Health]:
    """Yield that the whole team is too small, whatever the hours."""
    names = people(one for one in facts.team if Phase.DURING in one.phases)
    wanted = facts.settings.minimum
    if Phase.DURING in facts.to_come and len(names) < wanted:
        whom = f"Only {listing(names)} {_is(len(names))}" if names else "Nobody is"
        more = f"Find {_count(wanted - len(names), 'more person', 'more people')} and add them to the team."
        why = (
            f"a report about {'them' if len(names) == 1 else 'one of them'} could be made to nobody else"
            if names
            else "participants have nobody to turn to"
        )
        yield Health(CODE, Grade.SERIOUS, f"{whom} on the team during the event, and {why}.", more)


def _during(facts: HealthFacts) -> Iterable[Health]:
    if Phase.DURING not in facts.to_come:
        yield Health(CODE, Grade.HINT, "The event is over, so nobody's hours during it were looked at.")
        return
    if unknown := _unknown(facts):
        yield Health(CODE, Grade.UNKNOWN, *unknown)
        return
    yield from _outside(facts)
    names = people(one for one in facts.team if Phase.DURING in one.phases)
    found = gaps(facts) or ()
    where = hours.zone(facts.timezone) or UTC
    empty = tuple(one for one in found if not one.there)
    if empty and names:
        text = f"Nobody of the team is there {_times(empty, where)}."
        yield Health(CODE, Grade.SERIOUS, text, "Give somebody hours for that time, or say where to turn to meanwhile.")
    thin = tuple(one for one in found if one.there)
    if thin and len(names) >= facts.settings.minimum:
        few = f"Fewer than {facts.settings.minimum} people are there"
        advice = "Give one more person hours for that time, so that nobody handles a report alone."
        yield Health(CODE, Grade.WARNING, f"{few} {_times(thin, where)}.", advice)


def _outside(facts: HealthFacts) -> Iterable[Health]:
    """Yield who is to be there during the event by their phases, and at no moment of it by their hours and days."""
    if facts.span is None:
        return
    during = tuple(one for one in facts.team if Phase.DURING in one.phases)
    there = {one.name for one in during if hours.touches(one, *facts.span, facts.timezone)}
    when = between(Gap(*facts.span), hours.zone(facts.timezone) or UTC)
    for name in people(during):
        if name not in there:
            text = f'"{name}" is at no moment there {when}: their hours and days are all outside the event.'
            advice = 'Correct their hours and days, or take the phase "during" from them.'
            yield Health(CODE, Grade.WARNING, text, advice, name)


def _unknown(facts: HealthFacts) -> tuple[str, str] | None:
    """Return why the hours cannot be looked at, and what to do."""
    what = "so whether enough people are there at every moment could not be worked out."
    if facts.start is None or facts.end is None:
        missing = [word for word, at in (("start", facts.start), ("end", facts.end)) if at is None]
        return f"The event's {' and '.join(missing)} {_is(len(missing))} not known, {what}", "Add them to the roster."
    if facts.end <= facts.start:
        return f"The event ends before it begins, {what}", "Correct its start or its end."
    if facts.span is None:
        return f"The event's times are too far apart, {what}", "Correct its start or its end."
    if not _needs_zone(facts):
        return None
    trouble = f'"{facts.timezone}" is no time zone' if facts.timezone else "The event's time zone is not known"
    return f"{trouble}, {what}", 'Give the roster a timezone such as "Europe/Berlin".'


def _needs_zone(facts: HealthFacts) -> bool:
    """Return whether the team's hours cannot be understood for want of a time zone."""
    return hours.zone(facts.timezone) is None and any(one.hours or one.begins or one.ends for one in facts.contacts)


def _times(found: Sequence[Gap], where: tzinfo) -> str:
    told = [f"{between(one, where)}{_alone(one)}" for one in found[:TOLD]]
    if rest := found[TOLD:]:
        sum_of_them = sum((gap.end - gap.start for gap in rest), timedelta())
        told.append(f"and at {_count(len(rest), 'more time')} ({length(sum_of_them)} in all)")
    return "; ".join(told)


def _alone(gap: Gap) -> str:
    return f", only {listing(gap.there)}" if gap.there else ""


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _part(number: int, unit: str) -> str:
    return f"{number:,} {unit}" if number else ""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
