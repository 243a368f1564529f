"""``eventsafety parse``: the pure parsers on a file, without network and configuration."""

from __future__ import annotations

import click

from bot.cli import console, files, options

PARTLY = 11


@click.group(
    "parse",
    epilog=options.examples(
        "eventsafety parse signups page.wiki",
        "eventsafety parse banlist list.wiki --json",
        "eventsafety parse contacts page.wiki",
    ),
)
def command() -> None:
    """Read one file of wikitext and say what is in it; no network, no configuration.

    Exit code 11: something on the page could not be read, or nothing on it was recognised as such a list.
    """


@command.command(
    "signups",
    epilog=options.examples(
        "eventsafety parse signups page.wiki",
        "eventsafety parse signups - --whole-page <participants.wiki",
    ),
)
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/signups@1.")
@click.option("--whole-page", is_flag=True, help="The page is itself a list, such as a /Participants subpage.")
@options.common
def signups(file: str, *, as_json: bool, whole_page: bool) -> None:
    """Read who signed up on a wikitext page, FILE or - for standard input.

    Exit code 11: a line could not be read, or no sign-up section was found. Of a settings file, if one is given, only
    signup_headings is used.
    """
    text = files.read_text(file)
    from bot.parse import signups as parser
    from bot.parse import sites
    from bot.render import jsons, terminal

    headings = options.settings().signup_headings if options.config_given() else ()
    found = parser.read(text, sites.META, headings, whole_page=whole_page)
    shown = jsons.signups(found) if as_json else terminal.signups(found, console.width(), colour=console.colour())
    console.result(shown)
    if found.unparsed or not found.sections:
        raise click.exceptions.Exit(PARTLY)


@command.command(
    "banlist",
    epilog=options.examples(
        "eventsafety parse banlist list.wiki --json",
        'eventsafety parse banlist list.wiki --authority "Wikimedia Exampleland"',
    ),
)
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/banlist@1.")
@click.option("--authority", default="wmf", show_default=True, help="Who bans, where the page itself does not say.")
@options.common
def banlist(file: str, *, as_json: bool, authority: str) -> None:
    """Read who stands on a page that lists bans, FILE or - for standard input.

    Exit code 11: the form of the page was not recognised, or a line of it could not be read.
    """
    text = files.read_text(file)
    from bot.parse import banlists, sites
    from bot.render import jsons, terminal

    found = banlists.read(text, sites.META, authority=authority)
    shown = jsons.banlist(found) if as_json else terminal.banlist(found, console.width(), colour=console.colour())
    console.result(shown)
    if found.unrecognised or not found.entries:
        raise click.exceptions.Exit(PARTLY)


@command.command(
    "contacts",
    epilog=options.examples(
        "eventsafety parse contacts page.wiki",
        "eventsafety parse contacts - --json <page.wiki",
    ),
)
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print eventsafety/contacts-page@1.")
@options.common
def contacts(file: str, *, as_json: bool) -> None:
    """Read the safety contacts on a wikitext page, FILE or - for standard input.

    Exit code 11: there is no list of them, more than one, or something of it could not be read.
    """
    text = files.read_text(file)
    from bot.parse import contacts as parser
    from bot.parse import sites
    from bot.render import contacts_page

    team = parser.read(text, sites.META)
    shown = contacts_page.as_text(team, console.width(), colour=console.colour())
    console.result(contacts_page.as_json(team) if as_json else shown)
    if team.call is None or team.unparsed or team.again or team.strays:
        raise click.exceptions.Exit(PARTLY)
