"""Reads what the viewed HTML of an event page says of its registration; must not know how the page was fetched.

The page's text is written by anybody, so only two things are believed: the configuration in the script of the page's
head, and the two elements that the CampaignEvents extension puts directly into ``#mw-content-text``. Python's own
parser is enough because MediaWiki's output is well formed, and reading ends where the wiki text begins.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser

_CONFIG = "RLCONF="
_CONTENT_ID = "mw-content-text"
_WIKITEXT_CLASS = "mw-parser-output"
_HEADER_CLASS = "ext-campaignevents-eventpage-header"
_DIALOG_ID = "ext-campaignevents-eventpage-details-dialog-content"
# Icons were OOUI's until 2025 (oo-ui-icon-userGroup), then the extension's own (…-widget-icon-user-group).
_COUNT_ICON = re.compile(r"icon-user-?group$", re.IGNORECASE)
_COUNT_CLASS = "ext-campaignevents-textwithicon-widget-content"
_PRIVATE_CLASS = "ext-campaignevents-detailsdialog-private-participants-footer-text"
_NUMBER = re.compile(r"\d{1,9}(?:[.,\u00a0\u202f'\u2019]\d{3}){0,2}")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_DEEPEST = 40  # how deep the frame of a skin goes at most; only wiki text nests deeper


@dataclass(frozen=True, slots=True)
class EventPage:
    """What the page says of itself; all None or False where the HTML is not a page of MediaWiki.

    ``page_name`` is the title with spaces (a redirect's target when the server followed it, then ``redirected_from`` is
    the title that was asked for). ``participants`` counts public and private ones together; ``private`` is 0 when the
    extension shows the registration without a line for private ones, None when it shows none at all.
    """

    page_name: str | None = None
    event_id: int | None = None
    participants: int | None = None
    private: int | None = None
    revid: int | None = None
    exists: bool = False
    is_redirect: bool = False
    redirected_from: str | None = None


def read(html: str) -> EventPage:
    """Return what ``html``, a page as an anonymous reader gets it in English (``uselang=en``), says of its event.

    Never raises; takes time proportional to the length of ``html``.
    """
    config, end = _config(html)
    name, source = config.get("wgPageName"), config.get("wgRedirectedFrom")
    if not isinstance(name, str) or not name:
        return EventPage()
    frame = _Frame()
    with suppress(_WikitextReachedError):
        frame.feed(html[end:])  # close() is not called: it may take quadratic time on broken comments
    return EventPage(
        page_name=name.replace("_", " "),
        event_id=_positive(config.get("wgCampaignEventsEventID")),
        participants=_number(frame.count),
        private=_number(frame.private) if frame.private else 0 if frame.dialog_seen else None,
        revid=_positive(config.get("wgRevisionId")),
        exists=_positive(config.get("wgArticleId")) is not None,
        is_redirect=config.get("wgIsRedirect") is True,
        redirected_from=source.replace("_", " ") if isinstance(source, str) else None,
    )


def _config(html: str) -> tuple[dict[str, object], int]:
    """Return the object after the first ``RLCONF=`` of the head's scripts, and where it ends.

    MediaWiki writes it as JSON (Html::encodeJsVar) before the body, and wiki text can never hold a script.
    """
    start = html.find(_CONFIG)
    in_head = start > 0 and html.find("<body", 0, start) < 0
    if not in_head or html.rfind("<script", 0, start) <= html.rfind("</script", 0, start):
        return {}, len(html)
    try:
        found, end = json.JSONDecoder().raw_decode(html, start + len(_CONFIG))
    except (ValueError, RecursionError):
        return {}, len(html)
    return (found if isinstance(found, dict) else {}), end


class _WikitextReachedError(Exception):
    """Everything that can be believed has been read."""


class _Frame(HTMLParser):
    """Collects the texts of the extension's elements and stops where the page's wiki text begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.count = ""
        self.private = ""
        self.dialog_seen = False
        self._icon_seen = False
        self._open: list[tuple[str, str]] = []  # each open tag, and what it is to us

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            values = dict(reversed(attrs))
            self._open.append((tag, self._role(values.get("id") or "", (values.get("class") or "").split())))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == opened for opened, _ in self._open[-_DEEPEST:]):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._inside("count"):
            self.count += data
        elif self._inside("private"):
            self.private += data

    def _role(self, identity: str, classes: list[str]) -> str:
        """Tell what an element that opens here is to us; "foreign" is what anybody may have written."""
        parent = self._open[-1][1] if self._open else ""
        if _WIKITEXT_CLASS in classes:
            if parent == "content":
                raise _WikitextReachedError
            return "foreign"
        if identity == _CONTENT_ID and not self._inside("foreign"):
            return "content"
        if parent == "content":
            self.dialog_seen = self.dialog_seen or identity == _DIALOG_ID
            return "header" if _HEADER_CLASS in classes else "dialog" if identity == _DIALOG_ID else ""
        if self._inside("header"):
            self._icon_seen = self._icon_seen or any(_COUNT_ICON.search(name) for name in classes)
            return "count" if self._icon_seen and not self.count and _COUNT_CLASS in classes else ""
        return "private" if _PRIVATE_CLASS in classes and self._inside("dialog") else ""

    def _inside(self, role: str) -> bool:
        return any(role == opened for _, opened in self._open[:_DEEPEST])


def _positive(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _number(text: str) -> int | None:
    found = _NUMBER.search(text)
    return int(re.sub(r"\D", "", found[0])) if found else None
