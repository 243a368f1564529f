"""Files of names, one a line: what is a name, and which lines cannot be one and why; knows no matching."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from bot.errors import BadInputError

LONGEST_NAME = 255  # bytes of UTF-8, MediaWiki's limit
_SHOWN = 40
_OTHER_MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name as its line gives it, without the blanks around it."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that cannot hold a user name; ``shown`` is its beginning, made readable."""

    line: int
    shown: str
    why: str


@dataclass(frozen=True, slots=True)
class NamesFile:
    """What a file of names says; a name that comes again is kept once, with its first line, and told in ``again``."""

    names: tuple[ListedName, ...] = ()
    rejected: tuple[RejectedLine, ...] = ()
    again: tuple[ListedName, ...] = ()


def read(data: bytes) -> NamesFile:
    """Read UTF-8 text, one name a line; blank lines and lines that begin with "#" say nothing (no user name does).

    Raises BadInputError for a file in another encoding; a single line of other bytes is only rejected.
    """
    for mark, encoding in _OTHER_MARKS.items():
        if data.startswith(mark):
            raise BadInputError(f"The file is {encoding} text; save it as UTF-8.")
    names: dict[str, ListedName] = {}
    rejected: list[RejectedLine] = []
    again: list[ListedName] = []
    for number, raw in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        text = _name(raw, number)
        if isinstance(text, RejectedLine):
            rejected.append(text)
        elif text and text in names:
            again.append(ListedName(text, number))
        elif text:
            names[text] = ListedName(text, number)
    return NamesFile(tuple(names.values()), tuple(rejected), tuple(again))


def _name(raw: bytes, line: int) -> str | RejectedLine:
    """Return the name on a line, "" for a line without one, or why there cannot be one."""
    bare = raw.strip(b" \t\r\v\f")
    if bare.startswith(b"#"):
        return ""
    if len(bare) > LONGEST_NAME:
        why = f"it is {len(bare):,} bytes long, and a user name has at most {LONGEST_NAME}"
        return RejectedLine(line, _shown(bare), why)
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError as error:
        return RejectedLine(line, _shown(bare), f"byte {error.start + 1} of it is not UTF-8")
    if text and not text.strip():
        return ""
    if text and all(unicodedata.category(c) in {"Cc", "Cf", "Zs", "Zl", "Zp"} for c in text):
        return RejectedLine(line, _shown(bare), "nothing on it can be seen")
    return text


def _shown(raw: bytes) -> str:
    text = raw[:_SHOWN].decode("utf-8", errors="backslashreplace")
    return text + ("…" if len(raw) > _SHOWN else "")
