"""Where a roster and the registration of its event say different things, and which of the two counts; reads neither.

The registration counts for the times, as participants were told these; the roster for the time zone of its own hours.
That people meet in person counts whoever says so: what is asked of such an event is the safer mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.duty import hours
from bot.duty.health_coverage import local, offset
from bot.model import Event, RosterEvent

ADVICE = "Correct the roster, or let an organizer correct the registration."
MINUTE = timedelta(minutes=1)


def between(event: Event, said: RosterEvent) -> tuple[str, ...]:
    """Return a sentence for each contradiction between a registration, ``event``, and a roster; both sides are named.

    An event without a registration cannot be contradicted, and what one side does not say is no contradiction.
    """
    if event.id is None:
        return ()
    return (*_times(event, said), *_zone(event, said), *_in_person(event, said))


def whence(event: Event) -> str:
    """Return whence the times of an event are known."""
    return "by the roster" if event.id is None else "by the registration"


def _times(event: Event, said: RosterEvent) -> Iterable[str]:
    where = hours.zone(said.timezone or event.timezone)
    if where is None:
        return
    pairs = [
        (word, hours.moment(told, where), at)
        for word, told, at in (("begins", said.start, event.start), ("ends", said.end, event.end))
        if told and at
    ]
    if apart := [pair for pair in pairs if abs(pair[1] - pair[2]) >= MINUTE]:
        rostered = " and ".join(f"{word} on {local(told, where)}" for word, told, _ in apart)
        registered = " and ".join(f"{word} on {local(at, where)}" for word, _, at in apart)
        text = f"The roster says that the event {rostered}; the registration says that it {registered}"
        yield f"{text}. The registration's times count."


def _zone(event: Event, said: RosterEvent) -> Iterable[str]:
    """Yield that clocks differ as the event begins or ends; two names of zones with the same time are none."""
    ours, theirs = hours.zone(said.timezone), hours.zone(event.timezone)
    if ours is None or theirs is None:
        return
    for at in (event.start, event.end):
        if at and at.astimezone(ours).utcoffset() != at.astimezone(theirs).utcoffset():
            rostered, registered = offset(at.astimezone(ours)), offset(at.astimezone(theirs))
            text = f"The roster says that the time zone is {said.timezone} ({rostered})"
            yield (
                f"{text}; the registration says {event.timezone} ({registered}). "
                "The roster's zone counts for the team's hours."
            )
            return


def _in_person(event: Event, said: RosterEvent) -> Iterable[str]:
    words = {True: "in person", False: "online only"}
    if said.in_person is None or event.in_person is None or said.in_person is event.in_person:
        return
    text = f"The roster says that people meet {words[said.in_person]}; the registration says {words[event.in_person]}"
    alone = "" if event.in_person else ", but a check of the sign-up list goes by the registration alone"
    yield f"{text}. Here it counts as in person{alone}."
