#!/usr/bin/env python3
r"""Check who registered for events against public ban lists, locks and blocks.

The same check as ``eventsafety check``, for every page that Pywikibot's page generators give; nothing is saved.

    pwb check_registrations -page:"Event:Learning Clinic"
    pwb check_registrations -cat:"Wikimedia events 2026" -ns:Event
    pwb check_registrations -file:events.txt -json

The following parameters are supported:

-json             Print one JSON document (eventsafety/check@1) a line for each event

-all              List everybody, also those with nothing to see

-settings:FILE    Settings of Event Safety Bot (TOML)

Exit codes: 0 nothing to see; 10 flags found; 11 nothing flagged, but not everything could be checked; 1 an event
could not be checked, whatever the others gave.

&params;
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pywikibot
from pywikibot import pagegenerators

from bot import check, config
from bot.cli import check as shown
from bot.cli import console
from bot.errors import EventSafetyError
from bot.read.session import Session

docuReplacements = {"&params;": pagegenerators.parameterHelp}  # noqa: N816 - Pywikibot looks for this name


def main(*args: str) -> int:
    """Check the pages that ``args`` (default: the command line) give; return the gravest exit code."""
    factory = pagegenerators.GeneratorFactory()
    as_json, everything, path = False, False, None
    for arg in factory.handle_args(pywikibot.handle_args(args)):
        name, _, value = arg.partition(":")
        if name == "-json":
            as_json = True
        elif name == "-all":
            everything = True
        elif name == "-settings" and value:
            path = Path(value)
        else:
            console.diagnostic(f'Unknown argument "{arg}"; see pwb check_registrations -help.')
            return 2
    pages = factory.getCombinedGenerator()
    if pages is None:
        console.diagnostic('Say which pages: -page:"Event:…", -cat:…, -transcludes:… or -file:…')
        return 2
    return check_pages(pages, path, as_json=as_json, everything=everything)


def check_pages(pages: Iterable[pywikibot.Page], path: Path | None, *, as_json: bool, everything: bool) -> int:
    """Check each page through one session; an event that cannot be checked does not stop the others."""
    codes = {0}
    try:
        site = pywikibot.Site()
        settings = msgspec.structs.replace(config.load(path), site=f"{site.family.name}:{site.code}")
        with Session.open(settings) as session:
            for page in pages:
                codes.add(check_page(page.title(), session, as_json=as_json, everything=everything))
    except EventSafetyError as error:
        console.diagnostic(str(error))
        codes.add(1)
    return next(code for code in (1, 10, 11, 0) if code in codes)


def check_page(title: str, session: Session, *, as_json: bool, everything: bool) -> int:
    """Check one event and print what was found; return the exit code for it."""
    try:
        request = check.CheckRequest(event=f":{title}")
        result = check.run(request, session.settings, now=datetime.now(UTC), session=session)
    except EventSafetyError as error:
        console.diagnostic(f"{title}: {error}")
        return 1
    shown.show(result, as_json=as_json, everything=everything)
    return shown.exit_code(result)


if __name__ == "__main__":
    sys.exit(main())
