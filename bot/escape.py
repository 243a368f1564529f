"""The one place for each output that makes hostile text harmless there; knows nothing of what the text means."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode

_QUIET_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

# Characters that count as letters or marks and yet show nothing (Default_Ignorable_Code_Point of Unicode's
# DerivedCoreProperties.txt, less the categories above), and the Braille blank.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

# All of ASCII that is neither letter, digit, blank nor one of .,()?:/- which begin nothing within a line; only a colon
# does so before slashes and behind the schemes that MediaWiki links without slashes ($wgUrlProtocols).
_MARKUP = re.compile(r"[!-~](?<![0-9A-Za-z.,()?:/-])|^[:/-]|:(?=/)|(?<=-)-")
_SCHEME = re.compile(r"\b(bitcoin|geo|magnet|mailto|matrix|news|sips?|sms|tel|urn|xmpp):", re.IGNORECASE)
# The last letter of what makes a link of a number ("RFC 1"): any blank may follow it, also a character reference.
_MAGIC = re.compile(r"(?<=RF)C(?=\s)|(?<=PMI)D(?=\s)|(?<=ISB)N(?=\s)")

# What may stand in a header as it is, also as the name before an address; longer text is cut into encoded words.
_PLAIN_WORDS = re.compile(r"[0-9A-Za-z]+(?: [0-9A-Za-z]+)*")
_HEADER_LINE = 60
_ENCODED_WORD = 39  # bytes of one word: with the name of the header before it its line has at most 76 (RFC 2047, 2)

_SUSPECT = re.compile(r"[^ -~]")
_SUSPECT_BUT_NEWLINE = re.compile(r"[^ -~\n]")


def terminal(text: str) -> str:
    """Return ``text`` on one line with control, bidi, invisible and unassigned characters spelt as ``<U+200E>``."""
    return _SUSPECT.sub(lambda found: f"<U+{ord(found[0]):04X}>" if _is_quiet(found[0]) else found[0], text)


def html(text: str) -> str:
    """Return ``text`` for HTML with the same characters spelt out; markup itself is the template engine's to escape."""
    return terminal(text)


def wikitext(text: str) -> str:
    """Return ``text`` as wikitext that shows just that text, in a template's parameter, a link or running text.

    Everything that MediaWiki could take for markup becomes a character reference, also a letter of its magic links
    ("RFC 1") and a mark at the beginning, which would change the "=" before it (U+0338, by NFC); characters that show
    nothing are spelt out as ``terminal`` does.
    """
    safe = _MAGIC.sub(_reference, _SCHEME.sub(r"\1&#58;", _MARKUP.sub(_reference, terminal(text))))
    return f"&#{ord(safe[0])};{safe[1:]}" if safe and unicodedata.combining(safe[0]) else safe


def web_address(url: str | None) -> str | None:
    """Return ``url`` if a click on it can only open a web page, else None."""
    return url if url and re.fullmatch(r"https?://[^\s\x00-\x1f\x7f<>\"\\^`{|}]+", url) else None


def json_text(document: str) -> str:
    """Return a JSON document with the same characters as JSON escapes, so that it may be shown on a terminal."""
    return _SUSPECT_BUT_NEWLINE.sub(lambda found: _json_escape(found[0]) if _is_quiet(found[0]) else found[0], document)


def csv_cell(text: str) -> str:
    """Return ``text`` for a CSV cell: no spreadsheet takes it for a formula (OWASP: CSV injection)."""
    return "'" + text if text[:1] in "=+-@\t\r\n" and text else text


def email_header(text: str) -> str:
    """Return ``text`` as ASCII for a header of an e-mail, its subject or the name before an address (RFC 2047).

    What is more than a few plain words becomes encoded words with a blank between them, where the line may be folded;
    they decode to what ``terminal`` shows, so that no text ends the header, quotes, or holds encoded words of its own.
    """
    shown = terminal(text)
    if len(shown) <= _HEADER_LINE and _PLAIN_WORDS.fullmatch(shown):
        return shown
    chunks, size = [""], 0
    for character in shown:
        width = len(character.encode())
        if size + width > _ENCODED_WORD:
            chunks, size = [*chunks, ""], 0
        chunks[-1] += character
        size += width
    return " ".join(f"=?utf-8?B?{b64encode(chunk.encode()).decode()}?=" for chunk in chunks if chunk)


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _is_quiet(character: str) -> bool:
    return unicodedata.category(character) in _QUIET_CATEGORIES or _INVISIBLE.match(character) is not None


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
