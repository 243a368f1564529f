"""Where in a page of people's a block of the bot's may stand: outside everything that it could break.

It gives one offset and a sentence why. What the block says it must not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.model import SiteInfo
from bot.parse import safety_words
from bot.parse.calls import BLANKS, bracketed
from bot.parse.enclosed import Enclosed, enclosed, translated
from bot.parse.eventref import base_of_translation
from bot.parse.headings import PSEUDO_LEVEL, real_heading, tagged_headings
from bot.parse.languages import LANGUAGES
from bot.parse.markup import HIDDEN, Line, lines, mask, visible
from bot.parse.safetypage import SafetyPage
from bot.parse.signup_markers import marked_regions
from bot.parse.signup_sections import blocks
from bot.parse.signup_words import COUNTED, Part, classify
from bot.parse.titles import normal
from bot.plan.rewrite import Change

Kind = Literal["notice", "contacts", "checklist"]

_REDIRECT = re.compile(r"\s*#\s*([^\W\d_]+)\s*:?\s*\[\[")
_ATTACHED = re.compile(
    r"(?:\{\{\s*(?:anchors?|vanchor|anker|ancre|ancla)\s*\|[^{}]*\}\}|<span id=[^<>]*>\s*</span>|\s)+$", re.IGNORECASE
)
_CATEGORY, _TEMPLATE = 14, 10
_LINK = re.compile(r"\[\[\s*([^\[\]|:]{1,60}):[^\[\]]*\]\]$")
_LINKS = re.compile(r"\[\[[^\[\]]*\]\]")
_NAME = re.compile(r"\{\{\s*([^|{}\n]{1,200}?)\s*(?=[|}\n])")
_SETTING = re.compile(
    r"\{\{\s*(?:DEFAULTSORT|DISPLAYTITLE|SORTIERUNG|#translation|ORDENAR|CLEDETRI)\s*:?", re.IGNORECASE
)
_SWITCH = re.compile(r"__[A-Z]+__$")
_NOT_AT_THE_FOOT = re.compile(r"ref(?:list|erences|s)\b|list|table|user|sign|form|button|gallery", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block goes: ``at`` is the end of a line, or 0; None: nowhere. ``why`` is one sentence."""

    at: int | None
    why: str


def place(text: str, site: SiteInfo, page: SafetyPage | None, kind: Kind) -> Place:
    """Return where a block of this kind goes that the page does not hold yet; ``page`` None: it was not read.

    A notice goes to the end of a section about safety, else before the first sign-up section, else to the end of the
    page; contacts behind the notice; a checklist to the end. At the end means before categories, links to other
    languages and the templates at the foot.
    """
    if is_redirect(text):
        return Place(None, "The page is a redirect.")
    draft = _Page(text, site, page)
    if draft.enclosed.trouble:
        return Place(None, f"The page has no safe place: {draft.enclosed.trouble}.")
    return next(draft.places(kind), Place(None, "The page has no safe place: all of it is inside tables or tags."))


def is_redirect(text: str) -> bool:
    """Tell whether a page leads to another one, in any language."""
    found = _REDIRECT.match(text)
    return found is not None and found[1].lower() in safety_words.redirect_words()


def insertion(text: str, at: int, rendered: str) -> Change:
    """Return the change that puts ``rendered`` on lines of its own at ``at``, an offset that ``place`` gave."""
    before, after = text[:at], text[at:]
    kept_before, kept_after = before.rstrip(BLANKS), after.lstrip(BLANKS)
    above = "\n" * max(0, 2 - before.count("\n", len(kept_before))) if kept_before else ""
    below = "\n" * max(0, 2 - after.count("\n", 0, len(after) - len(kept_after))) if kept_after else ""
    if after and not (below + after).startswith("\n"):
        below = "\n"
    return Change(at, at, above + rendered + below, is_row=True)


def keeps_translations(old: str, new: str) -> bool:
    """Tell whether a change leaves alone all that is marked for translation; not where that cannot be told."""
    return old == new or ((before := translated(old)) is not None and before == translated(new))


def is_translation(title: str, *, has_base_markup: bool) -> bool:
    """Tell whether ``title`` is a translation ("Event:X/es"), which nobody may edit.

    ``has_base_markup``: the page without the language code exists and holds ``<translate>``.
    """
    return has_base_markup and base_of_translation(title) is not None


class _Page:
    """A page with the ends of its lines at which a block may stand."""

    def __init__(self, text: str, site: SiteInfo, page: SafetyPage | None) -> None:
        self._text, self._site, self._page = text, site, page
        masked = mask(text)
        self._masked = masked
        self._lines = lines(text, masked)
        self._brackets = {end: start for start, end in bracketed(text, masked)}
        self.enclosed: Enclosed = enclosed(text)
        tagged = tagged_headings(self._lines)
        self._headings = [
            line
            for index, line in enumerate(self._lines)
            if (words := visible(line.text).strip()) and (index in tagged or real_heading(words, line))
        ]

    def places(self, kind: Kind) -> Iterator[Place]:
        """Give the places for a block, best first."""
        if kind == "contacts":
            yield from self._behind_notice()
        if kind != "checklist":
            yield from self._in_section()
            yield from self._before_signup()
        yield from self._at_the_end()

    def _behind_notice(self) -> Iterator[Place]:
        for notice in self._page.notices if self._page else ():
            end = self._line_end(notice.call.end)
            if not self._text[notice.call.end : end].strip(BLANKS) and not self.enclosed.holds(end):
                yield Place(end, "The block goes behind the notice.")

    def _in_section(self) -> Iterator[Place]:
        sections = self._page.sections if self._page else ()
        for section in sorted(sections, key=lambda one: (not safety_words.policies(one.heading), one.start)):
            end = self._foot(section.end) if section.level < PSEUDO_LEVEL else section.end
            at = self._last(section.start, end)
            if at is not None:
                yield Place(at, f'The block goes to the end of the section "{section.heading}".')

    def _before_signup(self) -> Iterator[Place]:
        found = blocks(self._lines, self._site, frozenset(), Part.OTHER)
        starts = [(one.heading, one.title) for one in found if one.part in COUNTED and one.heading]
        for name, start, _ in marked_regions(self._text):
            starts.append((self._lines[self._masked.count("\n", 0, start)], name))
        if starts:
            line, title = min(starts, key=lambda one: one[0].start)
            at = self._before(line)
            if at is not None:
                yield Place(at, f'The block goes before the list "{title}".')

    def _before(self, heading: Line) -> int | None:
        """Return the last place before a heading that is in no other section than what precedes it."""
        index = heading.number - 1
        while index and self._belongs_below(self._lines[index - 1]):
            index -= 1
        above = [line for line in self._headings if line.start < self._lines[index].start]
        start = above[-1].start + len(above[-1].text) + 1 if above else 0
        return self._last(start, self._lines[index].start)

    def _belongs_below(self, line: Line) -> bool:
        """Tell whether a line belongs to the heading below it: an anchor, or a comment."""
        raw = line.raw.strip()
        return bool(raw) and bool(_ATTACHED.match(raw) or (raw.startswith("<!--") and not visible(line.text).strip()))

    def _at_the_end(self) -> Iterator[Place]:
        at = self._last(0, self._foot(len(self._text)))
        if at is not None and not self._text[at : self._foot(len(self._text))].strip(BLANKS):
            yield Place(at, "The block goes to the end of the page.")

    def _last(self, start: int, end: int) -> int | None:
        """Return the last end of a line from ``start`` on, and before ``end``, at which a block may stand.

        Blank lines stay behind it. The start of the page is one, the start of a section's first line is none.
        """
        for line in reversed(self._lines):
            at = line.start + len(line.text)
            if at < start:
                break
            if at <= end and line.raw.strip(BLANKS) and not self.enclosed.holds(at):
                return at
        return 0 if start == 0 and not self.enclosed.holds(0) and not self._text[:end].strip(BLANKS) else None

    def _foot(self, end: int) -> int:
        """Return where the categories, links to other languages and templates at the foot before ``end`` begin."""
        best = end
        for start in self._foot_pieces(end):
            if not self._text[self._text.rfind("\n", 0, start) + 1 : start].strip(BLANKS):
                best = start
        return best

    def _foot_pieces(self, end: int) -> Iterator[int]:
        """Give the start of each piece of the foot, the last one first."""
        start: int | None = end
        while True:
            start = self._foot_piece(len(self._text[:start].rstrip(BLANKS)))
            if start is None or self.enclosed.holds(start):
                return
            yield start

    def _foot_piece(self, end: int) -> int | None:
        """Return where the piece of the foot that ends at ``end`` begins."""
        text = self._text
        if match := _SWITCH.search(text[max(0, end - 40) : end]):
            return max(0, end - 40) + match.start()
        if text.endswith("-->", 0, end):
            start = text.rfind("<!--", 0, end)
            return start if start >= 0 and self._masked[start] == HIDDEN else None
        if text.endswith("</noinclude>", 0, end):
            return self._foot_element(end - len("</noinclude>"))
        start = self._brackets.get(end, -1)
        raw = text[start:end]
        return start if start >= 0 and (self._is_foot_link(raw) or self._is_foot_template(raw)) else None

    def _foot_element(self, end: int) -> int | None:
        """Return where the ``<noinclude>`` that ends at ``end`` begins, if it holds nothing but the foot."""
        start = self._text.rfind("<noinclude>", 0, end)
        if start < 0:
            return None
        inside = self._text[start + len("<noinclude>") : end]
        raws = _LINKS.findall(inside)
        return start if all(self._is_foot_link(raw) for raw in raws) and not _LINKS.sub("", inside).strip() else None

    def _is_foot_link(self, raw: str) -> bool:
        found = _LINK.match(raw)
        if found is None:
            return False
        head = found[1].strip().replace("_", " ").casefold()
        categories = {
            name.casefold() for name in self._site.namespaces.get(_CATEGORY, ())
        } | safety_words.category_words()
        return head in categories or head in LANGUAGES

    def _is_foot_template(self, raw: str) -> bool:
        if _SETTING.match(raw):
            return True
        found = _NAME.match(raw)
        if found is None:
            return False
        name = found[1]
        plain = normal(name, {_TEMPLATE: ("Template",)})
        return (
            plain is not None
            and name[0] not in "#/:"
            and not _NOT_AT_THE_FOOT.search(name)
            and classify(name) is Part.OTHER
        )

    def _line_end(self, at: int) -> int:
        found = self._text.find("\n", at)
        return found if found >= 0 else len(self._text)
