"""``eventsafety event-bans check``: the registrants of an event against a confidential list, on this computer alone."""

from __future__ import annotations

import shlex
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import (
    confidential,
    console,
    event_bans_event,
    event_bans_held,
    event_bans_people,
    files,
    options,
    private_list,
    progress,
)
from bot.cli.event_bans_held import Held
from bot.cli.event_bans_people import Everybody, Who
from bot.cli.progress import Line
from bot.private.model import Occasion, Screening

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.model import SiteInfo


@click.command(
    "check",
    epilog=options.examples(
        'eventsafety event-bans check "#12" --list list.xlsx -o result.txt',
        'eventsafety event-bans check "#12" --list list.age --identity key.txt',
        'eventsafety event-bans check "#12" --list list.csv --registrants more.csv',
    ),
)
@click.argument("event")
@private_list.options(required=True)
@event_bans_event.options
@event_bans_people.options
@click.option("--own-list", is_flag=True, help="The list is one that you keep yourselves, not the Foundation's.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write the result to a new file.")
@click.option("--json", "as_json", is_flag=True, help="Give eventsafety/event-bans@1.")
@options.common
@confidential.confidential
def command(event: str, *, own_list: bool, output: Path | None, as_json: bool, password_fd: int | None) -> None:
    """Say which registrants of EVENT are on a confidential list.

    The list is decrypted in memory; its names are asked of no wiki and written nowhere but to the terminal, or to
    --output, a new file that only you can read. Exit codes: 0 everybody was checked, under their former names too, and
    nobody is on the list; 10 somebody is; 11 nobody surely is, but somebody looks alike, or something could not be
    checked (--only-csv and --no-earlier-names look no former names up); 1 error; 2 usage.
    """
    from bot.private import report, report_json, vault

    who = event_bans_people.who()
    if output is None:
        confidential.refuse_redirected()
    else:
        vault.refuse(output)
    settings = options.settings()
    with progress.on_terminal() as shown:
        checked = _Check(event, who, settings, shown, datetime.now(UTC), password_fd)
        found = checked.offline() if who.only_csv else checked.online()
    contact = settings.contacts.trust_and_safety
    if as_json:
        text = report_json.text(found, contact=contact, own_list=own_list)
    else:
        width, colour = (console.PIPE_WIDTH, False) if output else (console.width(), console.colour())
        to_file = output is not None
        text = report.text(found, width, colour=colour, contact=contact, own_list=own_list, to_file=to_file)
    _give(text, output)
    if code := report.exit_code(found):
        raise click.exceptions.Exit(code)


_NOT_ASKED = (
    "The wiki was not asked about names that stand in the file alone, which may be real names: say what its columns "
    "hold (--registrants-column), or --yes."
)


@dataclass(frozen=True, slots=True, repr=False)
class _Check:
    """One check: what the words of the command ask for, and what it is done with."""

    event: str
    who: Who
    settings: Settings
    shown: Line
    now: datetime
    password_fd: int | None

    def offline(self) -> Screening:
        """Return what the list says of the people in the file; no wiki is asked."""
        from bot.parse import offline

        site = offline.wiki(self.settings.site)
        held = self._held(Occasion(self.event), site)
        file, _ = self._from_file(site)
        return held.screened(replace(file, private_unseen=0), self.shown)

    def online(self) -> Screening:
        """Return what the list says of who registered, and of the people in the file, if any."""
        from bot.check import event as events
        from bot.read import wiki
        from bot.read.session import Session

        with ExitStack() as stack:
            session = stack.enter_context(Session.open(self.settings))
            self.shown("Finding the event")
            site = wiki.site_info(session)
            located = events.locate(session, site, self.event)
            self.shown.clear()
            held = self._held(event_bans_people.occasion(located.event), site)
            file, is_right = self._from_file(site)
            found = event_bans_people.registered(session, site, located, self.who, self.shown)
            central = session
            if not session.holds_logs:
                central = stack.enter_context(Session.open(self.settings, self.settings.central_site))
            found = event_bans_people.joined(found, file)
            found = event_bans_people.looked_up(session, central, found, self.who, self.shown, with_file=is_right)
        return held.screened(found, self.shown)

    def _held(self, occasion: Occasion, site: SiteInfo) -> Held:
        occasion = event_bans_event.completed(occasion)
        return event_bans_held.against(occasion, site, self.settings.matching, self.now, self.password_fd)

    def _from_file(self, site: SiteInfo) -> tuple[Everybody, bool]:
        """Return the people of --registrants, nobody without it, and whether somebody said what its columns are."""
        name = self.who.registrants
        if name is None:
            return Everybody(()), True
        from bot.private import columns, people

        option = "--registrants-column"
        data = files.read_bytes(name, private_list.LARGEST)
        grid = private_list.table(data, name, self.who.registrants_password_fd, self.who.registrants_sheet)
        wanted = private_list.chosen(self.who.registrants_column, option)
        found, unread, uses = people.read(grid, site, columns=wanted)
        is_right = private_list.confirm(columns.describe(uses, grid), name, is_said=bool(wanted), option=option)
        notes = people.notes(grid, site, columns=wanted)
        if not is_right and not self.who.only_csv:
            notes = (*notes, _NOT_ASKED)
        return Everybody(found, unread, notes=notes), is_right


def _give(text: str, output: Path | None) -> None:
    """Print the result, or write it to a new file that only its owner can read."""
    from bot.private import vault

    if output is None:
        console.result(text)
        return
    vault.write(output, text.encode("utf-8", errors="backslashreplace"))
    delete = f"eventsafety event-bans purge {shlex.quote(str(output))}"
    console.diagnostic(f"The confidential result is in {output}; once its time is over, `{delete}` deletes it.")
