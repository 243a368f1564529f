"""Reads the roster of an event, the file in which organizers write down their response team; knows no wiki page.

All that is wrong with a file is named at once, each with its line, and nothing of such a file is used.
"""

from __future__ import annotations

from dataclasses import replace

from bot.errors import BadInputError
from bot.model import Roster, SiteInfo
from bot.parse import csv_table, roster_checks, roster_csv, roster_toml
from bot.parse.roster_record import Problems

LARGEST = 1_000_000


def read(data: bytes, name: str, site: SiteInfo) -> Roster:
    """Return the roster in ``data``, CSV if ``name`` ends so and else TOML; ``name`` becomes its source.

    Raises BadInputError, whose problems each begin with "line N: " and say what to do; without any for a file
    in another format.
    """
    what = f"The roster {name}"
    if len(data) > LARGEST:
        raise BadInputError(f"{what} has more than {LARGEST} bytes; no response team needs as many.")
    problems = Problems()
    if name.lower().endswith(".csv"):
        found = roster_csv.read(csv_table.decode(data, what), what, site, problems)
    else:
        found = roster_toml.read(_text(data, problems), what, site, problems)
    roster_checks.check(found, problems)
    problems.check(what)
    return replace(found, source=name)


def _text(data: bytes, problems: Problems) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(data.count(b"\n", 0, error.start) + 1, "This is not UTF-8; save the file as UTF-8.")
        problems.partly_read = True
        return ""
