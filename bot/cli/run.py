"""``eventsafety run``: for a scheduler; plans every event that has a roster, and saves what the settings approve."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import escape
from bot.cli import console, files, options
from bot.errors import EventSafetyError, UsageError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.pace import Stopper
    from bot.plan.edits import Plan

EDITS_PROPOSED = 99
NOT_ALL_DONE = 1


@click.command("run", epilog=options.examples("eventsafety run --config settings.toml"))
@options.common
def command() -> None:
    """Plan what falls due for every event with a roster in the settings, and save what they approve.

    The events are those of contacts.rosters; run.tasks says what is planned for each, run.approved which of these
    tasks may be saved without anybody looking. What falls due by date, such as the contacts of the next phase, is
    planned on the day. An event that fails does not stop the others. Exit codes: 0 nothing is left to do; 99 edits
    are proposed that somebody has to approve; 1 something failed or was not saved; 130 and 143 stopped by Ctrl-C
    and SIGTERM.
    """
    settings = options.settings()
    if not settings.contacts.rosters:
        raise UsageError("No event has a roster in the settings: put its title and its file into [contacts.rosters].")
    from bot.pace import Stopper

    stopper, codes = Stopper(), set[int]()
    with stopper.listening():
        for event, file in settings.contacts.rosters.items():
            codes.add(_event(event, file, settings, stopper))
            if stopper.signal is not None:
                raise click.exceptions.Exit(128 + stopper.signal)
    for code in (NOT_ALL_DONE, EDITS_PROPOSED):
        if code in codes:
            raise click.exceptions.Exit(code)


def _event(event: str, file: str, settings: Settings, stopper: Stopper) -> int:
    """Do one event, say how it went, and return its exit code."""
    left = 0
    try:
        for plan, chosen, approved in _plans(event, file, settings, stopper):
            if not plan.edits:
                continue
            if not approved:
                _show(event, file, plan, chosen)
                left = left or EDITS_PROPOSED
            elif _save(plan, settings, stopper):
                left = NOT_ALL_DONE
    except EventSafetyError as error:
        console.diagnostic(f"{event}: {error}")
        return NOT_ALL_DONE
    console.result(f"{escape.terminal(event)}: {_HOW[left]}\n")
    return left


_HOW = {0: "nothing is left to do.", EDITS_PROPOSED: "edits are proposed.", NOT_ALL_DONE: "not everything was saved."}


def _plans(event: str, file: str, settings: Settings, stopper: Stopper) -> Iterator[tuple[Plan, tuple[str, ...], bool]]:
    """Yield the plan of the approved tasks, and behind what became of it that of the others; each with its tasks.

    Nothing counts as approved that would show a contact who is gone, locked, blocked, banned or could not be checked.
    """
    from bot.read.session import Session
    from bot.tasks import event as events
    from bot.tasks import plans, team
    from bot.tasks.event import InputFile

    roster = InputFile(Path(file).name, files.read_bytes(file))
    for approved in (True, False):
        chosen = tuple(task for task in settings.run.tasks if (task in settings.run.approved) is approved)
        if chosen:
            with Session.open(settings, wait=stopper.wait) as session:
                now = datetime.now(UTC)
                plan = plans.plan(plans.PlanRequest(event, chosen, roster), session, now=now)
                names_people = plan.edits and {"notices", "contacts"} & set(chosen)
                unfit = team.unfit(session, events.read(session, event, roster, now=now)) if names_people else ()
            for why in unfit if approved else ():
                console.diagnostic(f"{event}: nothing is saved without a person's look: {why}")
            yield plan, chosen, approved and not unfit


def _save(plan: Plan, settings: Settings, stopper: Stopper) -> int:
    from bot.cli import apply
    from bot.render import runs

    ended = []
    for outcome in apply.saving(plan, settings, stopper, None):
        ended.append(outcome)
        console.result(runs.outcome(len(ended), len(plan.edits), outcome, console.width(), colour=console.colour()))
    return apply.exit_code(plan, ended, stopper.signal)


def _show(event: str, file: str, plan: Plan, chosen: tuple[str, ...]) -> None:
    """Print the edits that nobody approved, each with its reasons and its diff, and how to go on from there."""
    from bot.render import plans

    tasks = " ".join(f"--task {task}" for task in chosen)
    words = f"eventsafety plan {shlex.quote(event)} {tasks} --roster {shlex.quote(file)} -o plan.json"
    for edit in plan.edits:
        console.result(plans.edit(edit, colour=console.colour()))
    console.result(f"\nThis is not written unattended. To go on:\n{escape.terminal(words)}\n")
