"""``eventsafety screen``: the pure matcher on two files of names; no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot import escape
from bot.cli import console, files, options
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.match.names_file import NamesFile
    from bot.model import BanEntry

FLAGGED = 10
PARTLY = 11


@click.command(
    "screen",
    epilog=options.examples(
        "eventsafety screen --names names.txt --list list.txt",
        'eventsafety screen --what-if "Grim Lantern"',
    ),
)
@click.option("--names", metavar="FILE", help="The names to look at, one a line (UTF-8; - for standard input).")
@click.option("--list", "listed", metavar="FILE", help="The listed names, one a line.")
@click.option("--what-if", "new", metavar="ENTRY", multiple=True, help="A name that may be listed; can be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/screen@1.")
@options.common
def command(*, names: str | None, listed: str | None, new: tuple[str, ...], as_json: bool) -> None:
    """Say which names may stand for which listed ones, and why; a likeness is a hint, never a proof.

    With --what-if: whom the new ENTRY would newly hit, among the names of --names that nothing on --list hits
    already, and among some thousands of ordinary names that come with the program.

    Blank lines and lines that begin with "#" are skipped; a line that cannot be a name is told on standard error.
    Exit code 10: a name is itself listed. 11: none is, but a line could not be read.
    """
    if not new and (names is None or listed is None):
        raise UsageError("Give --names FILE and --list FILE, or --what-if ENTRY.")
    if names == listed == files.STDIN:
        raise UsageError("Only one of --names and --list can be standard input.")
    from bot.cli import screen_output
    from bot.match.names_file import NamesFile
    from bot.match.ordinary import corpus
    from bot.match.screening import newly_hit, screen
    from bot.model import Tier

    rules = options.settings().matching
    people = _read(names) if names else NamesFile()
    banned = _read(listed) if listed else NamesFile()
    entries = [_entry(n.name, n.line, str(listed)) for n in banned.names]
    texts = [n.name for n in people.names]
    rejected = (*people.rejected, *banned.rejected)
    if new:
        added = [_entry(name, 0, "") for name in _new_names(new)]
        hit = newly_hit(added, texts, entries, rules)
        ordinary = newly_hit(added, corpus(), (), rules)
        if as_json:
            console.result(screen_output.what_if_json(new, hit, ordinary))
        else:
            console.result(screen_output.what_if_text(new, hit, ordinary, len(corpus())))
    else:
        found = screen(texts, entries, rules)
        console.result(screen_output.as_json(found, rejected) if as_json else screen_output.as_text(found))
        if any(m.tier is Tier.IDENTICAL for m in found.matches):
            raise click.exceptions.Exit(FLAGGED)
    if rejected:
        raise click.exceptions.Exit(PARTLY)


def _read(name: str) -> NamesFile:
    """Read a file of names and tell every line that is not taken."""
    from bot.match import names_file

    found = names_file.read(files.read_bytes(name))
    for line in found.rejected:
        console.diagnostic(f"{name}: line {line.line} is no user name: {line.why}: {escape.terminal(line.shown)}")
    for again in found.again:
        console.diagnostic(f"{name}: line {again.line} repeats “{escape.terminal(again.name)}”.")
    return found


def _entry(name: str, line: int, source: str) -> BanEntry:
    from bot.model import BanEntry

    return BanEntry(name=name, line=line, section="", authority="", source=source)


def _new_names(new: tuple[str, ...]) -> list[str]:
    """Return the new entries; raises UsageError for one that no account could have."""
    from bot.match import names_file

    for name in new:
        found = names_file.read(name.encode("utf-8", errors="surrogateescape"))
        if [n.name for n in found.names] != [name]:
            why = found.rejected[0].why if found.rejected else "it is empty, a comment, or has blanks around it"
            raise UsageError(f"--what-if “{escape.terminal(name[:40])}” is no user name: {why}.")
    return list(dict.fromkeys(new))
