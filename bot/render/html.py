"""The report of a check as one HTML page that needs nothing else: no network, no script; words from a wiki stay words.

Jinja escapes markup; whatever a template prints goes through ``bot.escape.html`` first (``finalize``), and addresses
become links only if they lead to the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from bot import escape
from bot.model import CheckResult, Evidence, SourceState
from bot.render import report, words


def check(result: CheckResult) -> str:
    """Return the report as a whole HTML document."""
    return templates().get_template("report.html.j2").render(result=result, told=report.of(result), ok=SourceState.OK)


def pieces(evidence: Evidence) -> list[tuple[str, bool]]:
    """Return the sentence of a piece of evidence cut into (text, is a name), so that each name can be isolated."""
    names = sorted({name for name in (evidence.left, evidence.right) if name}, key=len, reverse=True)
    return list(cut_at(evidence.text, names))


def cut_at(text: str, names: Sequence[str]) -> Iterable[tuple[str, bool]]:
    """Return ``text`` cut at the names, given longest first, as (text, is a name)."""
    if not names:
        yield text, False
        return
    for number, piece in enumerate(re.split(f"({'|'.join(map(re.escape, names))})", text)):
        if piece:
            yield piece, number % 2 == 1


@cache
def templates() -> jinja2.Environment:
    """Return what turns the templates beside this file into pages in which words stay words."""
    environment = jinja2.Environment(
        autoescape=True,
        finalize=_harmless,
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals |= {"report": report, "words": words}
    environment.filters["address"] = escape.web_address
    environment.filters["pieces"] = pieces
    return environment


def _harmless(value: object) -> object:
    return escape.html(value) if isinstance(value, str) and not isinstance(value, Markup) else value
