"""``eventsafety incident follow-up``: what is still to be done after a report, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli import confidential, incident_open, options

if TYPE_CHECKING:
    from bot.cli.incident_session import Session
    from bot.private.incident import FollowUp, Incident


@click.command(
    "follow-up",
    epilog=options.examples(
        "eventsafety incident follow-up k7m2",
        "eventsafety incident follow-up k7m2 --done 14",
        "eventsafety incident follow-up k7m2 --open",
    ),
)
@click.option("--done", metavar="N", type=click.IntRange(min=1), help="Say how follow-up N went.")
@click.option("--open", "goes_through", is_flag=True, help="Go through those that are open; needs the passphrase.")
@incident_open.opened_with
@options.common
@confidential.confidential
def command(
    *, record: str, done: int | None, goes_through: bool, identity: str | None, password_fd: int | None
) -> None:
    """Note what is still to be done for RECORD: what, who, by when; or how it went.

    N is the number of its entry, which was shown when it was saved. Without --open, --identity or --password-fd nothing
    is read, and only `show` tells whether N was a follow-up.
    """
    from bot.cli import incident_form
    from bot.cli.incident_line import say
    from bot.cli.incident_session import HOW
    from bot.errors import UsageError
    from bot.private import incident_fields, incident_store

    if done and goes_through:
        raise UsageError("Give either --done or --open.")
    path = incident_store.find(incident_open.folder(), record)
    left: tuple[FollowUp, ...] = ()
    if goes_through:
        left = tuple(one for one in incident_open.read(path, identity, password_fd).follow_ups if one.is_open)
    incident_store.last_receipt(path)
    if done:
        incident_store.refuse_number(path, done)
    if done and (identity or password_fd is not None):
        _refuse_other(incident_open.read(path, identity, password_fd), done)
    say(f"Record {incident_open.name_of(path)}. {HOW}")
    with incident_open.session(path) as writing:
        incident_open.ask_name(writing)
        if done:
            writing.ask(incident_fields.FOLLOW_UP_DONE, about=done)
        elif goes_through:
            ask_how_they_went(writing, left)
        else:
            incident_form.ask_follow_ups(writing)
        incident_open.farewell(writing)


def _refuse_other(found: Incident, number: int) -> None:
    from bot.errors import UsageError

    if not any(number in {entry.number for entry in (*one.what.earlier, one.what.entry)} for one in found.follow_ups):
        left = ", ".join(str(one.number) for one in found.follow_ups if one.is_open)
        raise UsageError(f"Entry {number} is no follow-up; open ones: {left or 'none'}.")


def ask_how_they_went(writing: Session, left: tuple[FollowUp, ...]) -> tuple[FollowUp, ...]:
    """Ask of each open follow-up how it went, and return those of which nobody said anything."""
    from bot.cli import console
    from bot.cli.incident_line import say
    from bot.private import incident_fields, incident_text

    if not left:
        say("There is no open follow-up.")
    still_open = []
    for one in left:
        if not writing.is_over:
            shown = incident_text.follow_ups([one], today=writing.clock().date(), width=console.width())
            say("\n".join(shown))
        if not writing.ask(incident_fields.FOLLOW_UP_DONE, about=one.number).number:
            still_open.append(one)
    return tuple(still_open)
