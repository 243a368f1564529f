"""Who signed up on a wikitext page, with a line for everything that could not be read; knows no wiki and no account.

``read`` finds the sign-up sections, reads their lists and tables, counts a person once, and at the end asks of every
line of a sign-up section that holds a raw mark (a user link or template, a signature's time, a list item, a table
row) whether it was accounted for: what was not is reported as unparsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model import Excluded, Origin, Registrant, Signups, SiteInfo, Unparsed
from bot.parse import calls
from bot.parse.markup import HIDDEN, Line, lines, mask, visible
from bot.parse.safetypage import OWN_TEMPLATES
from bot.parse.signup_entries import IN_PROSE
from bot.parse.signup_ledger import Entry, Ledger
from bot.parse.signup_lists import Context, has_list, labelled, leave_out, walk
from bot.parse.signup_markers import marked_regions
from bot.parse.signup_marks import scan
from bot.parse.signup_people import NO_USER, OTHER_LINK
from bot.parse.signup_rows import read_tables
from bot.parse.signup_sections import Block, blocks
from bot.parse.signup_strikes import Span, struck_spans
from bot.parse.signup_words import COUNTED, Part, folded

_NO_LIST = (IN_PROSE, OTHER_LINK, NO_USER)


def read(text: str, site: SiteInfo, headings: tuple[str, ...] = (), *, whole_page: bool = False) -> Signups:
    """Return everybody who signed up on the page ``text``.

    ``headings`` are further headings of sign-up sections. ``whole_page``: the page is itself a list (a subpage
    "/Participants"), so that its lead and its unknown sections count. Without a sign-up section ``sections`` is empty.
    """
    masked = _without_own(text, mask(text), site)
    page = lines(text, masked)
    struck = struck_spans(masked) if "<" in masked else []
    extra = frozenset(folded(heading) for heading in headings)
    ledger = Ledger()
    sections: list[str] = []
    regions = marked_regions(text)
    if regions:
        for name, start, end in regions:
            inside = [line for line in page if line.start >= start and line.start + len(line.text) <= end]
            found = blocks(inside, site, extra, Part.JOIN)
            _read_blocks(found, site, struck, ledger, name)
            sections.append(name)
    else:
        found = blocks(page, site, extra, Part.JOIN if whole_page else Part.OTHER)
        sections = _read_blocks(found, site, struck, ledger, "")
        if not sections and not ledger.entries:
            guessed = [_guessed(block, site) for block in found]
            if guessed != found:
                ledger = Ledger()
                sections = _read_blocks(guessed, site, struck, ledger, "")
    return _signups(ledger, sections)


def _without_own(text: str, masked: str, site: SiteInfo) -> str:
    """Hide what the bot itself put on the page: nobody signs up in its templates, wherever people moved them."""
    found, _ = calls.find(text, OWN_TEMPLATES, site) if "safety" in text else ((), ())
    for call in found:
        inside = "".join(char if char == "\n" else HIDDEN for char in masked[call.start : call.end])
        masked = masked[: call.start] + inside + masked[call.end :]
    return masked


def _read_blocks(found: Sequence[Block], site: SiteInfo, struck: list[Span], ledger: Ledger, region: str) -> list[str]:
    """Read the blocks; return the names of those that are sign-up lists."""
    sections: list[str] = []
    for block in found:
        title = block.title or region
        context = Context(site, struck, title, block.part)
        if block.owner and block.heading:
            ledger.add(block.owner, block.heading, title, block.part, "heading")
            sections.append(title)
        if block.claims:
            leave_out(block.lines, context, ledger, "claim under a participant's heading", items=True)
        elif block.part in COUNTED:
            if _read_list(block, context, ledger):
                sections.append(title or "the page itself")
        elif block.part is Part.OTHER:
            rest, tables = read_tables(block.lines, context, ledger)
            sections.extend([title or "table"] if tables else [])
            sections.extend(labelled(rest, context, ledger))
        else:
            leave_out(block.lines, context, ledger, str(block.part), items=block.inside)
    return list(dict.fromkeys(sections))


def _read_list(block: Block, context: Context, ledger: Ledger) -> bool:
    """Read a sign-up section; False when nothing in it is a list of people."""
    context = Context(context.site, context.struck, context.section, context.part, has_list(block.lines))
    people, lost, others = len(ledger.entries), len(ledger.unparsed), len(ledger.excluded)
    rest, _ = read_tables(block.lines, context, ledger)
    walk(rest, context, ledger)
    _check(block.lines, ledger)
    if len(ledger.entries) > people or len(ledger.unparsed) > lost:
        return True
    return any(excluded.why not in _NO_LIST for excluded in ledger.excluded[others:])


_RAW_MARK = re.compile(
    rf"^[{HIDDEN}]*[*#]|\[\[\s*:?(?:[a-z]{{1,8}}:)?User(?:[ _]talk)?\s*:|\{{\{{\s*u(?:ser\d?)?\s*\|"
    r"|\d\d:\d\d.{1,40}\((?:UTC|CES?T)\)",
    re.IGNORECASE,
)


def _check(section: Sequence[Line], ledger: Ledger) -> None:
    """Report every line with a raw mark that nothing was said of: the reader must never lose one silently."""
    for line in section:
        if line.number not in ledger.touched and _RAW_MARK.search(line.text):
            ledger.unparsed.append(Unparsed(line.number, line.raw.strip()))
            ledger.touched.add(line.number)


_SIGNED_ITEM = re.compile(rf"^[{HIDDEN}]*[*#](?![*#:])")


def _guessed(block: Block, site: SiteInfo) -> Block:
    """Take an unknown section whose items are signatures for a sign-up list: the last resort of a page without any."""
    if block.part is not Part.OTHER or not block.title:
        return block
    items = [line for line in block.lines if _SIGNED_ITEM.match(line.text)]
    signed = 0
    for line in items[:40]:
        marks = scan(visible(line.text).lstrip("*# "), site)
        signed += bool(marks.times and marks.mentions and len(marks.words(0, marks.mentions[0].start).split()) <= 3)
    if signed < 3 or signed < 0.8 * len(items[:40]):
        return block
    return Block(block.title, Part.JOIN, block.heading, block.owner, block.claims, block.inside, block.lines)


def _signups(ledger: Ledger, sections: Sequence[str]) -> Signups:
    """Count every person once: the entry that holds, that is the first one that is neither withdrawn nor maybe."""
    best: dict[str, Entry] = {}
    for entry in ledger.entries:
        known = best.get(entry.person.name)
        if known is None or _doubt(entry) < _doubt(known):
            best[entry.person.name] = entry
    repeated = [
        Excluded(
            entry.person.name, entry.line, f"signed up twice, see line {best[entry.person.name].line}", entry.section
        )
        for entry in ledger.entries
        if entry is not best[entry.person.name] and entry.line != best[entry.person.name].line
    ]
    registrants = sorted(best.values(), key=lambda entry: (entry.line, entry.person.start))
    return Signups(
        registrants=tuple(_registrant(entry) for entry in registrants),
        excluded=tuple(sorted([*ledger.excluded, *repeated], key=lambda excluded: excluded.line)),
        unparsed=tuple(sorted(dict.fromkeys(ledger.unparsed), key=lambda unparsed: unparsed.line)),
        sections=tuple(sections),
    )


def _doubt(entry: Entry) -> int:
    return 2 * entry.person.withdrawn + entry.person.maybe


def _registrant(entry: Entry) -> Registrant:
    person = entry.person
    return Registrant(
        name=person.name,
        origin=Origin(person.kind, line=entry.line, section=entry.section),
        state=person.state,
        withdrawn=person.withdrawn,
        maybe=person.maybe,
        prefix=person.prefix,
    )
