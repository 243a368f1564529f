"""``eventsafety refuse``: a letter to somebody who cannot take part, as a draft to send by hand; it asks no wiki."""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import escape
from bot.cli import confidential, console, event_bans_event, options, private_list, progress
from bot.cli.kept import Kept, together
from bot.errors import BadInputError, EventSafetyError, UsageError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.private.letters import Letter

PARTLY = 11
ASK = "-"
LONGEST_LINE = 1000

HOW_TO_SEND = (
    "It is a draft, and nothing was sent. Open it with your mail program (in Thunderbird choose Message, Edit As New "
    "Message), read it, see that everybody in copy is still there, send it, and delete the file."
)


@dataclass(slots=True)
class Words:
    """What the options say of the letter."""

    to: str = ASK
    cc: tuple[str, ...] = ()
    sender: str | None = None
    reason_code: str = ""
    decision: str = "registration"
    language: str = "en"
    event_date: str = ""
    policy: str = ""
    technical: bool = False
    real_name: str = ""


_WORDS = Kept("bot.refuse", Words)
_options = together(
    _WORDS.option("--to", metavar="ADDRESS", default=ASK, help="The person's e-mail address; asked for if left out."),
    _WORDS.option(
        "--cc", metavar="ADDRESS", multiple=True, help="Somebody in copy, beside you: at least two, --cc A --cc B."
    ),
    _WORDS.option(
        "--from",
        "sender",
        metavar="ADDRESS",
        help="Whom the letter is from and answers go to; by default private.sender of the settings.",
    ),
    _WORDS.option("-r", "--reason-code", metavar="CODE", required=True, help="Why, as above."),
    _WORDS.option(
        "--decision",
        type=click.Choice(["registration", "attendance"]),
        default="registration",
        show_default=True,
        help="The registration is not accepted, or it was and attendance is no longer possible.",
    ),
    _WORDS.option(
        "--language", metavar="CODE", default="en", show_default=True, help="A language that the person reads."
    ),
    _WORDS.option(
        "--event-date", metavar="DATE", default="", help="When the event is: 2026-12-24 or 2026-12-24/2026-12-26."
    ),
    _WORDS.option("--policy", metavar="URL", default="", help="The page of the event's own policy."),
    _WORDS.option("--technical", is_flag=True, help="The code of conduct for technical spaces holds too."),
    _WORDS.option(
        "--real-name", metavar="NAME", default="", help="To be held against --list too; it is not in the letter."
    ),
)


@click.command(
    "refuse",
    epilog=options.examples("eventsafety refuse Clinic Ada --cc b@c.org --cc d@e.org -r policy -o a.eml"),
)
@click.argument("event")
@click.argument("name")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="The new file, such as letter.eml.",
)
@_options
@private_list.options(required=False)
@event_bans_event.options
@options.common
@confidential.confidential
def command(event: str, name: str, *, output: Path, password_fd: int | None) -> None:
    """Write a letter that tells NAME that they cannot take part in EVENT: a draft, with at least two people in copy.

    It is for your own mail program to send. With - for NAME, name and address are asked for, so that no history of
    commands keeps them. With --list, the Foundation's list of event bans, no letter is made for somebody who may be on
    it: those notices are Trust and Safety's. What was decided is kept in a register (eventsafety refusals).

    Reason codes, of which only one that is true may be given; none accuses:

    \b
      policy        decided on the basis of the event's policies
      earlier       a decision that the person knows of still holds
      agreement     the policies were not agreed to, and still may be
      requirements  not met, as the event page states them
      identity      who registered could not be confirmed
      account       under a restriction that everybody can see
      capacity      more registrations than places
      unstated      no reasons in writing, to protect everyone

    Exit codes: 0 written; 11 written, but not all of the list could be checked, such as under former names, which are
    not looked up here; 1 no letter; 2 usage.
    """
    from bot.private import letter_words, letters, refusal, register, vault

    words, now = _WORDS.value(), datetime.now(UTC)
    if private_list.path():
        confidential.refuse_redirected('With --list, leave "> FILE" away: it shows what the list says of the person.')
    letter_words.reason(words.reason_code)
    vault.refuse(output)
    settings = options.settings()
    kept = vault.folder(settings.private, os.environ) / register.FILE
    letter, days = _letter(event, _asked(name, "Name of the person"), words, settings)
    if days and refusal.is_over(days, now):
        console.diagnostic(f"--event-date {refusal.shown_dates(days)} is over: is that when the event is?")
    is_partly = _listed(event, letter, days, settings, password_fd) if private_list.path() else _not_listed()
    _tell_earlier(kept, letter)
    data, message_id = letters.draft(letter, now, secrets.token_bytes(16))
    vault.write(output, data)
    _register(kept, letter, now, message_id, output)
    language = letter_words.tag(letter.language)
    console.result(
        f"{escape.terminal(str(output))} holds the letter ({language}), with {len(letter.copies)} people in copy.\n"
        f"{HOW_TO_SEND}\n"
    )
    if is_partly:
        raise click.exceptions.Exit(PARTLY)


def _letter(event: str, name: str, words: Words, settings: Settings) -> tuple[Letter, tuple[date, date] | None]:
    """Return the letter that the words of the command ask for; raises UsageError for what it cannot be."""
    from bot.model import RosterEvent
    from bot.parse import offline
    from bot.private import letter_words, refusal
    from bot.private.letters import Letter

    site = offline.wiki(settings.site)
    language, days = letter_words.chosen(words.language), refusal.dates(words.event_date)
    sender = words.sender if words.sender is not None else settings.private.sender
    title, called = refusal.event(event), refusal.name(name, site)
    holding = RosterEvent(policy=words.policy, technical=words.technical)
    policies = refusal.policies(language, settings.notices, site, words.reason_code, holding)
    refusal.refuse_copies(words.cc)
    to, by, copies = refusal.people(_asked(words.to, "E-mail address of the person"), sender, words.cc)
    letter = Letter(
        language,
        called,
        title,
        letter_words.Decision(words.decision),
        words.reason_code,
        policies,
        by,
        to,
        copies,
        refusal.shown_dates(days),
        settings.private.appeal.strip(),
    )
    return letter, days


def _listed(
    event: str, letter: Letter, days: tuple[date, date] | None, settings: Settings, password_fd: int | None
) -> bool:
    """Return whether something of the list could not be checked; raises BadInputError for somebody who may be on it."""
    from bot.cli import event_bans_held
    from bot.cli.event_bans_people import Everybody
    from bot.parse import offline
    from bot.private import confidentiality, refusal, report

    site = offline.wiki(settings.site)
    occasion = event_bans_event.completed(refusal.occasion(event, days))
    held = event_bans_held.against(occasion, site, settings.matching, datetime.now(UTC), password_fd)
    real_name = _WORDS.value().real_name
    person = refusal.person(letter, _asked(real_name, "Real name of the person") if real_name else "", site)
    with progress.on_terminal() as shown:
        found = held.screened(Everybody((person,), private_unseen=0), shown)  # others do not matter here
    (finding,) = found.findings
    if refusal.is_match(finding):
        rules = confidentiality.lines(settings.contacts.trust_and_safety)
        console.result("".join(f"{escape.terminal(line)}\n" for line in (*refusal.told(finding), "", *rules)))
        raise BadInputError(
            "No letter was made: this person may be on the list, and its notices are Trust and Safety's alone. If they "
            "say that it is somebody else, make the letter without --list."
        )
    not_known = (*finding.unknown, *report.not_known(found))
    for sentence in (*not_known, *found.notes):
        console.diagnostic(escape.terminal(sentence))
    return bool(not_known)


def _not_listed() -> bool:
    console.diagnostic(
        "Not checked against the list of event bans; whoever may hold it gives --list. Never tell anybody of a ban."
    )
    return False


def _tell_earlier(kept: Path, letter: Letter) -> None:
    """Say that there was a letter to this person about this event already, and which lines of the register are none."""
    from bot.private import register, vault

    if not kept.exists():
        return
    found = register.read(vault.read(kept))
    for line in found.unread:
        console.diagnostic(f"Line {line} of the register is no entry: an earlier letter may have stood there.")
    *before, last = (None, *register.earlier(found.entries, letter.event, letter.name))
    if last is None:
        return
    told = f"There is a letter to this person about this event already: {last.when:%Y-%m-%d %H:%M} UTC"
    others = f", and {len(before) - 1} before it" if len(before) > 1 else ""
    console.diagnostic(escape.terminal(f"{told}, reason {last.reason}{others}."))


def _register(kept: Path, letter: Letter, now: datetime, message_id: str, output: Path) -> None:
    """Add the letter to the register; raises BadInputError, which says that the letter is there all the same."""
    from bot.private import register, vault

    entry = register.Entry(
        now,
        letter.event,
        letter.name,
        letter.decision.value,
        letter.reason,
        letter.language,
        len(letter.copies),
        message_id,
    )
    try:
        vault.append(kept, lambda before: register.added(before, entry))
    except EventSafetyError as error:
        raise BadInputError(f"{output} holds the letter, but the register does not have it: {error}") from None


def _asked(word: str, prompt: str) -> str:
    """Return a word of the command, or for "-" what is typed, or the next line of standard input."""
    if word != ASK:
        return word
    if sys.stdin is None:
        raise UsageError(f"{prompt}: standard input is closed; give it with the command.")
    if sys.stdin.isatty():
        return str(click.prompt(prompt, err=True))
    line = sys.stdin.readline(LONGEST_LINE).strip()
    if not line:
        raise UsageError(f"{prompt}: nothing was given; give it with the command, or a line on standard input.")
    return line
