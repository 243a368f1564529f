"""The one place for each output that makes hostile text harmless there; knows nothing of what the text means."""

from __future__ import annotations

import unicodedata

_QUIET_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def terminal(text: str) -> str:
    """Return ``text`` on one line with control, bidi, invisible and unassigned characters spelt as ``<U+200E>``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in _QUIET_CATEGORIES else c for c in text)


def csv_cell(text: str) -> str:
    """Return ``text`` for a CSV cell: no spreadsheet takes it for a formula (OWASP: CSV injection)."""
    return "'" + text if text[:1] in "=+-@\t\r\n" and text else text
