"""What is known of the items about the event page, the sign-up list and the time after; knows no declaration.

A sign-up list counts as looked through only when a check of it is on record that left nobody open and was made late
enough to have seen those who come.
"""

from __future__ import annotations

from datetime import timedelta

from bot.duty import emergency, phases
from bot.duty.policies import holding
from bot.duty.readiness_facts import ReadinessFacts, Seen, phrase, sentences
from bot.model import CheckSeen, ItemState, PolicyKind

DONE, MISSING, CANNOT_TELL, NOT_YET = (
    ItemState.DONE,
    ItemState.MISSING,
    ItemState.CANNOT_TELL,
    ItemState.NOT_APPLICABLE,
)

# A check older than this before the event has not seen those who signed up last.
FRESH_DAYS = 7
POLICIES = {
    PolicyKind.UCOC: "the Universal Code of Conduct",
    PolicyKind.FRIENDLY: "the friendly space policy",
    PolicyKind.TECHNICAL: "the code of conduct for technical spaces",
    PolicyKind.OWN: "the event's own policy",
}


def team_known(facts: ReadinessFacts) -> Seen:
    """Return whether the event page names the team and a way to report in private."""
    page, advice = facts.page, _show_team(facts)
    if page is None:
        return Seen(CANNOT_TELL, "The event page could not be read.", f"Run {facts.command('readiness')} again.")
    points, shown = facts.points("not-on-page"), set(page.people)
    if points and any(one.name not in shown for one in facts.team):  # people may name the team in words of their own
        return Seen(MISSING, sentences(points), advice, settled=True)
    if len(page.people) < facts.settings.minimum:
        named = f"one contact only: {page.people[0]}" if len(page.people) == 1 else phrase(page.people) or "nobody"
        return Seen(MISSING, f"The page names {named} to report to.", advice, settled=True)
    if not page.private_report and not page.has_contacts_template:
        text = f"The page names {phrase(page.people)}, but no way to report in private."
        return Seen(MISSING, text, advice, settled=True)
    return Seen(DONE, f'The page "{page.title}" names {phrase(page.people)}.')


def _show_team(facts: ReadinessFacts) -> str:
    """Return how the page comes to name enough people; where it shows all of the roster's, the roster needs more."""
    plan = f"un {facts.plan('--task contacts')} to put the team on the page."
    phase = phases.now(facts.event.start, facts.event.end, facts.said.after_days, facts.now)
    due = {one.name for one in phases.of(facts.team, phase, facts.today)}
    if facts.page is None or phase is None or not due or len(due) >= facts.settings.minimum:
        return f"R{plan}"
    if not facts.page.has_contacts_template or not due <= set(facts.page.people):
        return f"R{plan}"
    others = [one.name for one in facts.people if one.name not in due]
    also = f" ({phrase(others)} for another time only, by their phases)" if others else ""
    return f"The roster has no more people for the time {phase.value} the event{also}: give it some, then r{plan}"


def policies(facts: ReadinessFacts) -> Seen:
    """Return whether the event page links to every policy that holds: those of the settings, and the event's own."""
    if facts.page is None:
        return Seen(CANNOT_TELL, "The event page could not be read.", f"Run {facts.command('readiness')} again.")
    wanted = list(holding(facts.said, facts.notices))
    lacking = [POLICIES[kind] for kind in wanted if not facts.page.policies.get(kind)]
    if lacking:
        again = "where somebody took the notice off, put {{Event safety notice}} there by hand first"
        advice = f"Run {facts.plan('--task notices')} to put them on the page; {again}."
        return Seen(MISSING, f"The page does not link to {phrase(lacking)}.{_absent(facts)}", advice, settled=True)
    if facts.absent:
        advice = " ".join(one.advice for one in facts.absent)
        return Seen(MISSING, _absent(facts).strip(), advice, settled=True)
    if not wanted:
        return Seen(CANNOT_TELL, "The settings name no policy.", "Set notices.ucoc and notices.friendly.")
    told = phrase([POLICIES[kind] for kind in wanted])
    return Seen(DONE, f'The page "{facts.page.title}" links to {told}.', settled=True)


def _absent(facts: ReadinessFacts) -> str:
    """Return a sentence, behind a blank, for each page that the roster names and that is not there."""
    return "".join(f" {one.text}" for one in facts.absent)


def information(facts: ReadinessFacts) -> Seen:
    """Return whether an emergency number or line is at hand; what else is needed at a venue is on no page."""
    shown = facts.page is not None and facts.page.emergency
    if facts.in_person is False:
        if shown:
            return Seen(DONE, "The page says where to turn in an emergency; there is no venue.")
        if facts.page is None:
            return Seen(CANNOT_TELL, "The event page could not be read.")
        text = "The page does not say where to turn in an emergency."
        return Seen(MISSING, text, f"Run {facts.plan('--task notices')}.")
    if facts.said.emergency_number or shown:
        text = "An emergency line is known; whether hospital, police and escape routes are at hand is on no page."
        return Seen(CANNOT_TELL, text, f"Put all of it where everybody can see it. {emergency.sentence(facts.said)}")
    if facts.page is None:
        return Seen(CANNOT_TELL, "The event page could not be read, and no roster has an emergency number.")
    return Seen(MISSING, "Neither roster nor page has an emergency number.", emergency.sentence(facts.said))


def signup_reviewed(facts: ReadinessFacts) -> Seen:
    """Return whether the last check read everybody, left nobody open and is fresh; no declaration replaces it."""
    check, run = facts.check, facts.command("check")
    if check is None:
        return Seen(CANNOT_TELL, "No check of the sign-up list is on record.", f"Run {run}.", settled=True)
    made = f"The check of {check.at:%Y-%m-%d %H:%M} UTC"
    if not check.registrants:
        return Seen(CANNOT_TELL, f"{made} found nobody who signed up.", f"Run {run} again.", settled=True)
    if left := _left(check):
        return Seen(MISSING, f"{made} left {phrase(left)}.", _decide(facts, check, run), settled=True)
    return _fresh(facts, check, f"{made} read all {check.registrants:,}", run)


def was_checked(facts: ReadinessFacts) -> bool:
    """Tell whether a check of the sign-up list was made in the last days before the event or later."""
    check = facts.check
    return check is not None and check.registrants > 0 and _fresh(facts, check, "", "").state is DONE


def agreement(facts: ReadinessFacts) -> Seen:
    """Return whether all who signed up agreed to the rules of conduct, as the last check saw it.

    Who was not asked there may have been asked elsewhere, on paper for example: that can be declared.
    """
    check, run = facts.check, facts.command("check")
    if check is None:
        return Seen(CANNOT_TELL, "No check of the sign-up list is on record.", f"Run {run}.")
    as_of = f"As of the check of {check.at:%Y-%m-%d %H:%M} UTC"
    if not check.registrants:
        return Seen(CANNOT_TELL, f"{as_of}, nobody has signed up.", f"Run {run} again.")
    if check.not_agreed:
        text = f"{as_of}, {check.not_agreed:,} of {check.registrants:,} have not agreed, or it cannot be told."
        remind = f"Run {facts.plan('--remind')} to remind them."
        return Seen(MISSING, text, remind, settled=True)
    if check.not_asked:
        return Seen(
            MISSING, f"{as_of}, {check.not_asked:,} of {check.registrants:,} were not asked where they signed up."
        )
    return _unread(check, as_of, run) or Seen(DONE, f"{as_of}, all {check.registrants:,} who signed up have agreed.")


def _unread(check: CheckSeen, as_of: str, run: str) -> Seen | None:
    """Return that somebody may stand where nothing could be read, None where everything was."""
    if check.unread is None and _unchecked(check):
        return Seen(CANNOT_TELL, f"{as_of}, it is not on record who agreed of those not checked.", f"Run {run} again.")
    if not check.unread:
        return None
    what = "line or page" if check.unread == 1 else "lines and pages"
    text = f"{as_of}, all whose names could be read have agreed; {check.unread:,} {what} could not be read."
    return Seen(CANNOT_TELL, text, f"Run {run}, which names them; put them right on the wiki, and run it again.")


def self_care(facts: ReadinessFacts) -> Seen:
    """Return that it is not due before the event, and on no page afterwards."""
    if facts.start and facts.now < facts.start:
        return Seen(NOT_YET, f"Not yet: the event begins on {facts.day(facts.start)}.")
    return Seen(CANNOT_TELL, "No page shows it.")


def post_review(facts: ReadinessFacts) -> Seen:
    """Return that it is not due before the end of the event, whatever somebody declares, and on no page afterwards."""
    if facts.end and facts.now < facts.end:
        return Seen(NOT_YET, f"Not yet: the event ends on {facts.day(facts.end)}.", settled=True)
    return Seen(CANNOT_TELL, "No page shows it.")


def _left(check: CheckSeen) -> list[str]:
    found = (
        (_unchecked(check), "who could not be checked"),
        (check.flagged, "to be decided"),
        (check.to_review, "to be looked at"),
    )
    return [f"{number:,} {what}" for number, what in found if number]


def _unchecked(check: CheckSeen) -> int:
    return max(check.unknown, check.registrants - check.checked)


def _decide(facts: ReadinessFacts, check: CheckSeen, run: str) -> str:
    make = facts.command("plan", "--task review -o plan.json")
    page = f' on the page "{facts.review_page}", which {make} makes and keeps' if facts.review_page else ""
    decide = f"Decide about them{page}, in private, with at least two people; then run" if check.flagged else "Run"
    return f"{decide} {run} again and look at each."


def _fresh(facts: ReadinessFacts, check: CheckSeen, told: str, run: str) -> Seen:
    """Return whether a check that left nobody open was made in the last days before the event or later."""
    if facts.start is None:
        text = f"{told}, but when the event begins is not known."
        return Seen(CANNOT_TELL, text, "Set start, end and timezone in [event] of the roster.", settled=True)
    due = facts.start - timedelta(days=FRESH_DAYS)
    if check.at >= due:
        return Seen(DONE, f"{told} and left nobody open.", settled=True)
    text = f"{told}, but is older than {FRESH_DAYS} days before the event: who signed up later was not seen."
    when = "again now" if facts.now >= due else f"again on {facts.day(due)} or later"
    return Seen(MISSING, text, f"Run {run} {when}.", settled=True)
