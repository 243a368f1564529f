"""``eventsafety incident anonymize``: the public version of a record, or of a text, and what to look at before."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from bot import escape
from bot.cli import confidential, console, files, incident_open, options
from bot.errors import BadInputError, UsageError
from bot.private import anonymize_report
from bot.private.anonymize_dates import Coarseness

if TYPE_CHECKING:
    from bot.private.anonymize import Anonymized
    from bot.private.anonymize_hints import LookAt
    from bot.private.incident_people import PersonNamed

_MOST_OF_A_KIND = 12
_LONGEST_LINE = 200
WHAT_TO_DO = (
    "A name among these: put it into --names, a place into --places, a word that is nobody's name into --keep, and run "
    "this again. Change the rest in the text that is written: leave out a number, tell a quotation in other words."
)


@click.command(
    "anonymize",
    epilog=options.examples(
        "eventsafety incident anonymize k7m2 -o public.txt",
        "eventsafety incident anonymize k7m2 --dates year --with police",
        "eventsafety incident anonymize --text minutes.txt --names names.txt",
    ),
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="A new file, for you alone.")
@click.option("--text", metavar="FILE", help="Anonymize this text, and no record (- for standard input).")
@click.option("--names", metavar="FILE", help='Further people, one a line: "Ada Abacus = User:Ada = Ada".')
@click.option("--places", metavar="FILE", help="Further places that are not to be public, one a line.")
@click.option(
    "--keep", metavar="FILE", help="Words of the text that are nobody's name, one a line, as they stand there."
)
@click.option(
    "--dates",
    type=click.Choice(get_args(Coarseness)),
    default="month",
    show_default=True,
    help="How exact dates stay; times of the day always go.",
)
@click.option(
    "--with",
    "added",
    type=click.Choice(anonymize_report.ON_REQUEST),
    multiple=True,
    help="A field of the record that is else left out; can be repeated.",
)
@click.option("--who", is_flag=True, help="Say at the terminal who is User A, B …; this is confidential.")
@incident_open.opened_with
@options.common
@confidential.confidential
def command(
    *,
    record: str,
    output: Path | None,
    dates: Coarseness,
    added: tuple[str, ...],
    who: bool,
    identity: str | None,
    password_fd: int | None,
    **inputs: str | None,
) -> None:
    """Make the public version of RECORD: everybody in it is User A, User B … all through.

    Names in all their forms, links, addresses, telephone numbers, places and exact dates go, and it is checked that no
    known name is left, nor one that looks like it: otherwise nothing is written. What no program can decide is listed
    for you to look at. Exit code 1: a known name is left.
    """
    from bot.private import incident_store, vault

    if who:
        _refuse_files()
    text = inputs["text"]
    if text and (record or added):
        raise UsageError("--text is for a text of your own; leave out RECORD and --with.")
    if [*inputs.values()].count(files.STDIN) > 1:
        raise UsageError("Only one file can be standard input.")
    if output:
        vault.refuse(output)
    people, further, kept = _people(inputs["names"]), _lines(inputs["places"]), _lines(inputs["keep"])
    if text:
        made = anonymize_report.of_text(files.read_text(text), people, further, coarseness=dates, keep=kept)
    else:
        found = incident_open.read(incident_store.find(incident_open.folder(), record), identity, password_fd)
        made = anonymize_report.public(found, names=people, places=further, added=added, coarseness=dates, keep=kept)
        for line in anonymize_report.gaps(found):
            console.diagnostic(line)
    if not made.text.strip():
        raise BadInputError("There is nothing to publish: the fields that may be public are empty.")
    _tell(made, who=who)
    if output:
        vault.write(output, made.text.encode())
        console.diagnostic(f"the public version was written to {output}; read it before you publish it.")
    else:
        console.result("".join(f"{escape.terminal(line)}\n" for line in made.text.splitlines()))


def _people(name: str | None) -> tuple[PersonNamed, ...]:
    from bot.private import incident_people

    return incident_people.read("\n".join(_lines(name)), "")


def _lines(name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    return tuple(line.strip() for line in files.read_text(name).splitlines() if line.strip() and line[0] != "#")


def _refuse_files() -> None:
    """Raise UsageError where what is said at the terminal would be in a file that others may read."""
    for stream in (sys.stdout, sys.stderr):
        try:
            is_file = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
        except (AttributeError, OSError, ValueError):  # closed, or a stream of a test, which has no number
            continue
        if is_file:
            raise UsageError(
                "--who says who is who, and standard output or error is a file, which others may read; leave it out, "
                "or give --output FILE and let the rest come to the terminal."
            )


def _tell(made: Anonymized, *, who: bool) -> None:
    """Say what is to be looked at; raises BadInputError, without any name, where a known name is left."""
    lines = made.text.split("\n")
    for place in made.left:
        console.diagnostic(f"still there, line {place.line}: {escape.terminal(place.excerpt)} ({place.why})")
        whole = lines[place.line - 1].strip() if place.line <= len(lines) else ""
        if whole != place.excerpt.replace("»", "").replace("«", ""):
            cut = " …" if len(whole) > _LONGEST_LINE else ""
            console.diagnostic(f"  the line as it would be: {escape.terminal(whole[:_LONGEST_LINE])}{cut}")
    if made.left:
        count = len(made.left)
        raise BadInputError(
            f"Nothing was written: {count} known name{'s are' if count > 1 else ' is'} still in the text. Add the form "
            "to --names; where it is nobody's name, put the phrase as it stands in your text into --keep; or change "
            "the text, in a record by `eventsafety incident add --correct`."
        )
    if made.look_at:
        console.diagnostic("still to look at, in the public version:")
        _list(made.look_at)
        console.diagnostic(WHAT_TO_DO)
    for line in anonymize_report.REMINDERS:
        console.diagnostic(line)
    if who:
        console.diagnostic("who is who (confidential; not for the public version):")
        for label, person in made.letters:
            console.diagnostic(f"  {label}: {escape.terminal(' = '.join(person.names))}")


def _list(found: tuple[LookAt, ...]) -> None:
    """Say what is to be looked at; of a kind of which there is very much the first, and the lines of the others."""
    said: Counter[str] = Counter()
    others: dict[str, list[int]] = {}
    for one in found:
        kind = one.why.partition(";")[0]
        said[kind] += 1
        if said[kind] > _MOST_OF_A_KIND:
            others.setdefault(kind, []).append(one.line)
        else:
            console.diagnostic(f"  line {one.line}: {escape.terminal(one.excerpt)} ({one.why})")
    for kind, lines in others.items():
        where = ", ".join(map(str, dict.fromkeys(lines)))
        console.diagnostic(f"  {len(lines)} more of “{kind}”, in line{'s' if len(set(lines)) > 1 else ''} {where}")
