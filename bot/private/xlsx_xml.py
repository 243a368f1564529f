"""Goes through the XML of a workbook's part as it comes, in bounded memory; must not know what its elements mean.

No document type is let in, so there are no entities to grow, and nothing outside the part is ever asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from bot.errors import BadInputError
from bot.private.xlsx_zip import DAMAGED

MOST_ELEMENTS = 4_000_000
MOST_NAMES = 4_000  # Excel itself knows some hundreds; expat keeps each name that it meets
MOST_DEPTH = 64
MOST_TOKEN = 2**20  # a tag with all its attributes; expat keeps what it has not seen the end of
# The namespaces of what is meant: the usual form and the strict one of ISO/IEC 29500, and packages of parts.
_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    }
)
_HOSTILE = "The spreadsheet is built like one that is meant to do harm, and is not read: ask the sender for it anew."


class Handler(Protocol):
    """What is told of the elements, one by one; the name of an element of another namespace is empty."""

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        """Take the beginning of an element."""
        ...

    def end(self, tag: str, /) -> None:
        """Take its end."""
        ...

    def text(self, text: str, /) -> None:
        """Take a piece of the text between."""
        ...


class Walker:
    """Goes through parts, all of which together have at most MOST_ELEMENTS elements."""

    def __init__(self) -> None:
        self._elements = 0
        self._names: dict[str, str] = {}
        self._depth = 0

    def walk(self, pieces: Iterable[bytes], handler: Handler) -> None:
        """Tell ``handler`` of every element in ``pieces``; raises BadInputError for XML that is broken or hostile."""
        parser = self._parser(handler)
        fed = 0
        try:
            for piece in pieces:
                fed += len(piece)
                parser.Parse(piece)
                if fed - parser.CurrentByteIndex > MOST_TOKEN:
                    raise BadInputError(_HOSTILE)
            if fed:
                parser.Parse(b"", bool(fed))
        except (expat.ExpatError, LookupError, ValueError):
            raise BadInputError(DAMAGED) from None

    def _parser(self, handler: Handler) -> expat.XMLParserType:
        interned: dict[str, str] = {}
        parser = expat.ParserCreate(None, " ", interned)
        parser.buffer_text = True
        self._depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            self._depth += 1
            if self._elements > MOST_ELEMENTS:
                raise BadInputError("The spreadsheet has too many cells for a list of names: is it the right one?")
            if self._depth > MOST_DEPTH or len(interned) > MOST_NAMES:
                raise BadInputError(_HOSTILE)
            handler.start(self._local(name), attributes)

        def end(name: str) -> None:
            self._depth -= 1
            handler.end(self._local(name))

        def refuse(*_: object) -> None:
            raise BadInputError(_HOSTILE)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        return parser

    def _local(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            namespace, _, tag = name.rpartition(" ")
            known = self._names[name] = tag if namespace in _NAMESPACES else ""
        return known
