"""The wiki pages that hold the bot's messages: one that finds the language, and one for each; knows no template.

    {{Event safety/i18n|lang=pt-br|contacts-from-until|2026-12-24|2026-12-25}}
    {{Event safety/i18n|lang=pt-br|@lang|contacts}} and @dir: the language in which that group is shown

All is made from bot/onwiki/i18n, with parser functions alone. A page holds every message: a group that is not complete
in its language is there as a whole in the language that stands in for it, so that nothing is shown half translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from bot import escape
from bot.onwiki import messages
from bot.onwiki.messages import ENGLISH, Catalogue

TITLE = "Template:Event safety/i18n"
_CALL = "Event safety/i18n"
# An argument, or a joiner: these two are letters' shape in some scripts, and the escape for wikitext spells them out.
_KEPT = re.compile("(\\$[1-9]|[\u200c\u200d])")


@cache
def pages() -> Mapping[str, str]:
    """Return the pages of the messages that the software comes with, as ``of`` makes them."""
    return MappingProxyType(of(messages.catalogue()))


def of(catalogue: Catalogue) -> dict[str, str]:
    """Return the wikitext of every page of messages by its title, without a line break at the end."""
    languages = {f"{TITLE}/{code}": _page(catalogue, code) for code in catalogue.languages()}
    return {TITLE: _dispatcher(catalogue), **languages}


def _dispatcher(catalogue: Catalogue) -> str:
    highest = max(
        int(digit) for text in catalogue.messages[ENGLISH].values() for digit in re.findall(r"\$([1-9])", text)
    )
    arguments = "".join(f"|{{{{{{{number}|}}}}}}" for number in range(1, highest + 2))
    codes = _codes(catalogue)
    # The parser walks through the cases until one fits: the language that is asked for most comes first.
    cases = (f"|{'|'.join(codes[code])}={code}" for code in sorted(codes, key=lambda code: (code != ENGLISH, code)))
    return _whole(
        [
            f"{{{{{_CALL}/{{{{#switch:{{{{lc:{{{{{{lang|}}}}}}}}}}",
            *cases,
            f"|#default={ENGLISH}",
            f"}}}}{arguments}}}}}",
        ],
        "This page shows a message of the Event Safety Bot in the language of <code>lang</code>, or in the first of "
        f"MediaWiki's fallbacks that has it: <code><nowiki>{{{{{_CALL}|lang=es|notice-title}}}}</nowiki></code>. "
        "It is made from the folder <code>bot/onwiki/i18n</code> of the bot's software.",
    )


def _codes(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Return for each language that has a page the codes which are shown that page, its own first.

    Those that are shown English are left out: any other code is.
    """
    shown = {code: [code] for code in catalogue.languages()}
    for code in catalogue.chains:
        page = next((one for one in (code, *catalogue.fallbacks(code)) if one in shown), ENGLISH)
        if page not in (code, ENGLISH):
            shown[page].append(code)
    return shown


def _page(catalogue: Catalogue, code: str) -> str:
    used = {group: catalogue.chosen(code, group) for group in messages.GROUPS}
    return _whole(
        [
            "{{#switch:{{{1|}}}",
            f"|@lang={_by_group(used)}",
            f"|@dir={_by_group({group: catalogue.direction(one) for group, one in used.items()})}",
            *(f"|{key}={_wikitext(catalogue.message(code, key))}" for key in catalogue.messages[ENGLISH]),
            "|#default=\u29fc{{{1|}}}\u29fd",
            "}}",
        ],
        f"The messages of the Event Safety Bot for the language code <code>{code}</code>. This page is made from the "
        f"file <code>bot/onwiki/i18n/{code}.json</code> of the bot's software: corrections and translations belong "
        "there (what each message is for stands in <code>qqq.json</code> beside it), and come here when the bot's "
        f"templates are next installed. Only [[{TITLE}]] uses this page.",
    )


def _by_group(values: Mapping[str, str]) -> str:
    """Return what a page says of each group, which its second parameter names; one word where all are alike."""
    first, *others = dict.fromkeys(values.values())
    if not others:
        return first
    cases = "".join(f"|{group}={value}" for group, value in values.items() if value != first)
    return f"{{{{#switch:{{{{{{2|}}}}}}{cases}|#default={first}}}}}"


def _wikitext(message: str) -> str:
    """Return a message that shows just its text, with the page's parameters in the places of $1 …."""
    return "".join(_piece(piece) for piece in _KEPT.split(message))


def _piece(piece: str) -> str:
    if not _KEPT.fullmatch(piece):
        return escape.wikitext(piece)
    return f"{{{{{{{int(piece[1]) + 1}|}}}}}}" if piece[0] == "$" else f"&#{ord(piece)};"


def _whole(lines: Iterable[str], note: str) -> str:
    return "<includeonly>" + "\n".join(lines) + f"</includeonly><noinclude>{note}</noinclude>"
