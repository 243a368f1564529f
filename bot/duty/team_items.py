"""What is known of the items that are about the response team itself; knows no page's text and no declaration.

The rules are those of the training module's page "Before the event: Event organizing team".
"""

from __future__ import annotations

from bot.duty import courses, hours
from bot.duty.readiness_facts import ReadinessFacts, Seen, phrase, sentences
from bot.model import ChannelKind, Contact, ItemState, Phase, Role

DONE, MISSING, CANNOT_TELL = ItemState.DONE, ItemState.MISSING, ItemState.CANNOT_TELL

DOES = {
    Role.REPORTS: "takes reports",
    Role.ON_SITE: "responds on site",
    Role.DECIDES: "decides",
    Role.REMOVES: "removes people",
    Role.VENUE: "speaks with the venue",
}


def responsible(facts: ReadinessFacts) -> Seen:
    """Return whether each of the four tasks is somebody's; nobody responds on site where there is no site."""
    if unknown := _unknown(facts):
        return unknown
    needed = [role for role in DOES if role is not Role.VENUE and (role, facts.in_person) != (Role.ON_SITE, False)]
    outside = [point.who for point in facts.points("coverage") if point.who]
    able = {one.name for one in _able(facts)} - {*outside}
    there = [one for one in facts.team if one.name in able and (Phase.DURING in one.phases or not facts.is_to_come)]
    who = {role: list(dict.fromkeys(one.name for one in there if role in one.roles)) for role in needed}
    lacking = [role for role in needed if not who[role]]
    if not lacking:
        told = "; ".join(f"{DOES[role]}: {phrase(people)}" for role, people in who.items())
        return Seen(DONE, f"{_begun(facts.source)}: {told}.")
    if lacking == [Role.ON_SITE] and facts.in_person is None:
        text = "Nobody responds on site, and whether people meet in person is not known."
        return Seen(CANNOT_TELL, text, "Set in_person in [event] of the roster to true or false.")
    nobody = phrase([f"nobody {DOES[role]}" for role in lacking])
    away = f" Not counted: {phrase(outside)}, whose hours are outside the event." if outside else ""
    return Seen(MISSING, f"{_begun(facts.source)}: {nobody}.{_left_out(facts)}{away}", settled=True)


def team_size(facts: ReadinessFacts) -> Seen:
    """Return whether enough people are named, and there at every moment as far as that could be computed."""
    people = _during(facts) if facts.team else list(facts.page.people if facts.page else ())
    least = facts.settings.minimum
    if not people and (unknown := _unknown(facts)):
        return unknown
    if len(people) < least:
        named = f"{_number(len(people))} only: {phrase(people)}" if people else "nobody who could be there"
        text = f"{_begun(facts.source)} names {named}; {least} are needed.{_left_out(facts)}"
        return Seen(MISSING, text, settled=True)
    if points := facts.points("coverage"):
        return Seen(MISSING, sentences(points), " ".join(one.advice for one in points if one.advice), settled=True)
    if not facts.is_to_come:
        return Seen(ItemState.NOT_APPLICABLE, f"The event is over; {facts.source} names {phrase(people)}.")
    if (thin := _thin(facts)) or not _is_computed(facts):
        why = thin or sentences(facts.doubts("coverage")) or "Whether enough of them are there at every moment is open."
        text = f"{_begun(facts.source)} names {phrase(people)}. {why}"
        return Seen(
            CANNOT_TELL, text, f"Write their hours into the roster, then run {facts.command('contacts', facts.given)}."
        )
    return Seen(DONE, f"{_begun(facts.source)}: {phrase(people)}; at least {least} at every moment.")


def independence(facts: ReadinessFacts) -> Seen:
    """Return what speaks against the team's independence; what else its members do at the event is on no page."""
    if unknown := _unknown(facts) or _too_few(facts, "so nobody else could deal with a report about them"):
        return unknown
    if points := facts.points("only-organizer", "affiliation"):
        return Seen(MISSING, sentences(points), settled=True)
    organizers = [one.name for one in facts.people if one.name in facts.said.organizers]
    if len(organizers) == len(facts.people) and not facts.is_small:
        return Seen(MISSING, "All of the team also organize the event.", settled=True)
    also = f"{phrase(organizers)} also organize{'s' * (len(organizers) == 1)} the event." if organizers else ""
    open_points = sentences(facts.doubts("only-organizer", "affiliation"))
    text = " ".join(part for part in (also, open_points) if part)
    return Seen(CANNOT_TELL, text or "What else the team does at the event is on no page.", _ASK)


def diversity(facts: ReadinessFacts) -> Seen:
    """Return what speaks against the team's diversity, else what is on record to judge it by."""
    if unknown := _unknown(facts) or _too_few(facts, "so there is no choice of whom to talk to"):
        return unknown
    if points := facts.points("language"):
        return Seen(MISSING, sentences(points), settled=True)
    languages = dict.fromkeys(code for one in facts.people for code in one.languages)
    affiliations = dict.fromkeys(one.affiliation for one in facts.people if one.affiliation)
    record = (("languages", languages), ("affiliations", affiliations))
    told = "; ".join(f"{what}: {', '.join(found)}" for what, found in record if found)
    return Seen(CANNOT_TELL, f"On record are {told}." if told else "No page tells people's backgrounds.", _LOOK)


def tasks(facts: ReadinessFacts) -> Seen:
    """Return whether everybody in the team has a role."""
    if unknown := _unknown(facts):
        return unknown
    if idle := [one.name for one in facts.people if not one.roles]:
        return Seen(MISSING, f"{_begun(facts.source)} gives no role to {phrase(idle)}.", settled=True)
    return Seen(DONE, f"{_begun(facts.source)} gives everybody a role.")


def chain(facts: ReadinessFacts) -> Seen:
    """Return whether the order of escalation is written down; it may as well be in a document of the organizers."""
    if unknown := _unknown(facts):
        return unknown
    steps = sorted(((one.order, one) for one in facts.people if one.order is not None), key=lambda step: step[0])
    told = ", ".join(f"{order}. {one.name}" for order, one in steps)
    if len(steps) < 2:
        return Seen(MISSING, f"{_begun(facts.source)} has no order in which the team is called.")
    if not any(Role.DECIDES in one.roles for _, one in steps):
        return Seen(MISSING, f"In the order {told}, nobody decides.")
    if points := facts.points("escalation"):
        return Seen(MISSING, sentences(points))
    return Seen(DONE, f"{_begun(facts.source)}: {told}.")


def training(facts: ReadinessFacts) -> Seen:
    """Return whether everybody in the team has a course on record, and each course that the roster asks of them."""
    if unknown := _unknown(facts):
        return unknown
    asked = facts.roster.courses if facts.roster else ()
    if needs := courses.needs(asked, facts.people, facts.completed, facts.today):
        told = "; ".join(f"{one.who}: {one.course}" for one in needs)
        return Seen(MISSING, f"Not on record as completed: {told}.", settled=True)
    record = {one.name: courses.trainings(one, facts.completed, facts.today) for one in facts.people}
    if lacking := [name for name, taken in record.items() if not taken]:
        return Seen(MISSING, f"No training is on record for {phrase(lacking)}.")
    told = "; ".join(f"{name}: {', '.join(one.course for one in taken)}" for name, taken in record.items())
    return Seen(DONE, f"On record: {told}.")


def escalation(facts: ReadinessFacts) -> Seen:
    """Return who can be called at once; numbers are not told, and an agreement about them is on no page."""
    quick = {ChannelKind.PHONE, ChannelKind.CHAT}
    reached = [one.name for one in facts.people if quick & {channel.kind for channel in one.channels}]
    told = f"With telephone or chat: {phrase(reached)}." if reached else "No telephone or chat is on record."
    return Seen(CANNOT_TELL, f"{told} No page shows what the team agreed on.")


def venue_security(facts: ReadinessFacts) -> Seen:
    """Return who speaks with the venue; what came of it is on no page."""
    who = [one.name for one in facts.people if Role.VENUE in one.roles]
    text = f"{phrase(who)} speak{'s' * (len(who) == 1)} with the venue" if who else "Nobody is named for the venue"
    return Seen(CANNOT_TELL, f"{text}; what its security is, is on no page.")


_ASK = "Ask each of the team what else they do at the event, and whom a report about one of them would go to."
_LOOK = "Look at the team: would everybody who comes find somebody in it whom they can talk to?"


def _unknown(facts: ReadinessFacts) -> Seen | None:
    """Return what to say where no team is known, None where one is."""
    if facts.team:
        return None
    if facts.page is None:
        advice = f"Give the roster: {facts.command('readiness', '--roster FILE')}."
        return Seen(CANNOT_TELL, "No team is known: the event page could not be read.", advice)
    if facts.page.people:
        text = f"{_begun(facts.source)} names {phrase(facts.page.people)}, but not what they do."
        return Seen(CANNOT_TELL, text, "Write the team into a roster, or into {{Event safety contacts}} on the page.")
    return Seen(MISSING, "Nobody is named as a safety contact, neither in a roster nor on the page.", settled=True)


def _too_few(facts: ReadinessFacts, so: str) -> Seen | None:
    if len(facts.people) > 1:
        return None
    return Seen(MISSING, f"{facts.team[0].name} is the only one in the team, {so}.", settled=True)


def _able(facts: ReadinessFacts) -> list[Contact]:
    """Return who of the team has an account that can be used: who is missing or blocked can do nothing."""
    out = {point.who for point in facts.points("missing", "blocked")}
    return [one for one in facts.people if one.name not in out]


def _left_out(facts: ReadinessFacts) -> str:
    """Return a sentence, behind a blank, that names who of the team is not counted; empty for nobody."""
    able = {one.name for one in _able(facts)}
    out = [name for name in _names(facts) if name not in able]
    return f" Not counted: {phrase(out)}, whose account cannot be used." if out else ""


def _during(facts: ReadinessFacts) -> list[str]:
    return [one.name for one in _able(facts) if Phase.DURING in one.phases]


def _is_computed(facts: ReadinessFacts) -> bool:
    """Return whether the team's health speaks for the whole of what is still to come of the event."""
    if facts.health is None or not facts.team or facts.doubts("coverage"):
        return False
    return facts.start is not None and facts.end is not None and facts.now < facts.end


def _thin(facts: ReadinessFacts) -> str:
    """Return a sentence where too few are left without those whose account cannot be used."""
    able = {one.name for one in _able(facts)}
    out = [name for name in _names(facts) if name not in able]
    if not out or not facts.start or not facts.end:
        return ""
    left = [one for one in facts.team if one.name in able]
    start = max(facts.start, facts.now)
    gaps = hours.gaps(left, start, facts.end, facts.timezone, facts.settings.minimum)
    return f"Without {phrase(out)}, whose account cannot be used, fewer are there at times." if gaps else ""


def _names(facts: ReadinessFacts) -> list[str]:
    return [one.name for one in facts.people]


def _number(number: int) -> str:
    return "one contact" if number == 1 else f"{number} contacts"


def _begun(text: str) -> str:
    """Return a phrase as the beginning of a sentence; a file's name stays as it is."""
    return f"T{text[1:]}" if text.startswith("the ") else text
