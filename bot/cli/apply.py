"""``eventsafety apply``: exactly the plan that was shown, edit by edit; the same plan again goes on after a stop."""

from __future__ import annotations

import sys
import termios
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import escape
from bot.cli import console, files, options
from bot.errors import BadInputError, UsageError

if TYPE_CHECKING:
    from bot.apply import Consent
    from bot.config import Settings
    from bot.pace import Stopper
    from bot.plan.edits import Edit, Plan
    from bot.plan.outcomes import Outcome

NOT_ALL_DONE = 1
SIGNALLED = 128


@click.command(
    "apply",
    epilog=options.examples(
        "eventsafety apply plan.json --digest D",
        "eventsafety apply plan.json -i",
    ),
)
@click.argument("file", metavar="FILE")
@click.option("--digest", metavar="D", help="The digest of the plan, as `plan` printed it.")
@click.option("-i", "--interactive", is_flag=True, help="Show each edit and ask, on a terminal.")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/outcomes@1.")
@options.common
def command(file: str, *, digest: str | None, interactive: bool, as_json: bool) -> None:
    """Save the edits of a plan that `plan -o FILE` stored, if it is the one with this digest.

    Before each edit the stop page, the talk page of the bot, its own block and the page itself are looked at once
    more. A page that changed since the plan was made is left alone. After a stop, the same command goes on with what is
    left. Exit codes: 0 every edit is done (or was declined); 1 not all are, or one was merged; 2 usage; 130 and 143
    stopped by Ctrl-C and SIGTERM.
    """
    if digest is None and not interactive:
        raise UsageError(
            "Nothing is written without approval: give the --digest that `plan` printed, or -i on a terminal."
        )
    if interactive and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("-i asks before each edit, and there is no terminal to ask at: give --digest.")
    from bot.plan import stored

    plan = stored.from_json(files.read_bytes(file), file)
    if digest is not None and digest.strip().lower() != plan.digest:
        raise BadInputError(
            f"{file} holds the plan {plan.digest}, which is not the one of --digest; nothing is written."
        )
    if (site := click.get_current_context().meta.get("bot.site", plan.site)) != plan.site:
        raise UsageError(f"The plan is for {plan.site}, and --site is {site}; nothing is written.")
    from bot.pace import Stopper

    settings, stopper = options.settings(), Stopper()
    asker = Asker(plan, stopper) if interactive else None
    ended: list[Outcome] = []
    try:
        with stopper.listening():
            for outcome in saving(plan, settings, stopper, asker):
                ended.append(outcome)
                if not as_json:
                    _show(plan, len(ended), outcome)
    except Exception:
        if ended:  # what was saved is said before what went wrong
            _summarise(plan, ended, file, as_json=as_json)
        raise
    asked = stopper.signal is not None or (asker is not None and asker.quit)
    _summarise(plan, ended, file, as_json=as_json, asked=asked)
    if code := exit_code(plan, ended, stopper.signal):
        raise click.exceptions.Exit(code)


def exit_code(plan: Plan, ended: list[Outcome], signal: int | None) -> int:
    """Return 0 when every edit is as planned or was declined, else what a scheduler must not take for well done."""
    from bot.plan.outcomes import End

    if signal is not None and len(ended) and ended[-1].end is End.STOPPED:
        return SIGNALLED + signal
    fine = sum((one.meaning.done and one.end is not End.MERGED) or one.end is End.DECLINED for one in ended)
    return 0 if fine == len(plan.edits) else NOT_ALL_DONE


def journal_path(settings: Settings) -> Path:
    """Return where the journal lies: as the settings say, else beside the memory."""
    from bot import memory

    named = settings.writing.journal_file
    return Path(named) if named else memory.default_path().with_name("journal.jsonl")


def saving(plan: Plan, settings: Settings, stopper: Stopper, asker: Asker | None) -> Iterator[Outcome]:
    """Save the edits of ``plan`` one by one, through the door; yield how each ended. Raises as the command does."""
    from bot import apply as door
    from bot import journal, tasks
    from bot.pace import Pace
    from bot.read import wiki
    from bot.read.session import Session

    path = journal_path(settings)
    with journal.open_journal(path) as book, Session.open(settings, plan.site, wait=stopper.wait) as session:
        site = wiki.site_info(session)
        refuse_another(plan, session.username, site.server)
        tasks.refuse_unsafe(plan, settings, site)
        tasks.refuse_stale(plan, session, _now())
        before = [
            r.at for r in journal.read(path) if (r.what, r.site, r.user) == (journal.INTENT, plan.site, plan.user)
        ]
        writing = settings.writing
        yield from door.apply(
            plan,
            door.Door(
                session=session,
                site=site,
                writing=writing,
                stop_page=writing.stop_page.replace("{bot}", plan.user),
                pace=Pace(writing.put_throttle, writing.edits_per_hour, before, now=_now),
                stopper=stopper,
                journal=book,
                consent=asker,
                now=_now,
            ),
        )


def refuse_another(plan: Plan, user: str | None, server: str) -> None:
    """Raise when it is not the plan's account that is logged in, or not on the plan's wiki."""
    if user is None:
        raise BadInputError(
            f"Nobody is logged in on {server}, and the plan is for {plan.user} on {plan.server}: put its bot password "
            "into user-config.py (user-config.example.py shows how); nothing is written."
        )
    if (server, user) != (plan.server, plan.user):
        raise BadInputError(
            f"The plan is for {plan.user} on {plan.server}, and this is {user} on {server}; nothing is written."
        )


class Asker:
    """Asks the person at the terminal about each edit, until they say "all" for its task; ``quit``: they ended it."""

    def __init__(self, plan: Plan, stopper: Stopper) -> None:
        self._plan = plan
        self._stopper = stopper
        self._all: set[str] = set()
        self.quit = False

    def __call__(self, edit: Edit) -> Consent:
        """Show an edit and return what the person says of it."""
        from bot.apply import Consent
        from bot.render import plans

        if edit.task in self._all:
            return Consent.YES
        # Where the question is: standard output may be a file, or hold JSON.
        click.echo(plans.edit(edit, colour=console.colour()), nl=False, err=True, color=True)
        # What was typed before the edit was shown does not answer it.
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
        said = self._answer(f"Save it? yes, no, all of the task {escape.terminal(edit.task)}, quit (y, n, a, q): ")
        self.quit = said == "q"
        if said == "a":
            self._all.add(edit.task)
        return {"y": Consent.YES, "a": Consent.YES, "n": Consent.NO}.get(said, Consent.QUIT)

    def _answer(self, question: str) -> str:
        """Return y, n, a or q; whoever asks to stop, or ends the input, says q."""
        while True:
            click.echo(question, nl=False, err=True)
            line = self._stopper.line(sys.stdin.fileno())
            if line is None:
                with suppress(OSError):  # the terminal may be gone
                    click.echo(err=True)
                return "q"
            if line in ("y\n", "n\n", "a\n", "q\n"):
                return line[0]


def _show(plan: Plan, number: int, outcome: Outcome) -> None:
    from bot.render import runs

    console.result(runs.outcome(number, len(plan.edits), outcome, console.width(), colour=console.colour()))


def _summarise(plan: Plan, ended: list[Outcome], file: str, *, as_json: bool, asked: bool = False) -> None:
    """Print how the run ended; ``asked``: because somebody at its terminal, or a signal, said so."""
    from bot.render import runs

    if as_json:
        console.result(runs.as_json(plan, ended))
    else:
        console.result(runs.summary(plan, ended, console.width(), colour=console.colour(), file=file, asked=asked))


def _now() -> datetime:
    return datetime.now(UTC)
