"""Collects the text of a cell of a workbook, and whether it is struck through; must not know where the cell stands."""

from __future__ import annotations

from collections.abc import Mapping

MOST_TEXT = 32_767  # characters in a cell (Excel's specifications and limits)
TOO_LONG = "\x00"  # stands for a text that is longer than a cell can be; NUL is in no XML


class Texts:
    """Collects the text of one cell or one shared text, without the readings that East Asian names carry (rPh)."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._is_open = False
        self._in_reading = False
        self.is_struck = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element inside the text."""
        if tag == "rPh":
            self._in_reading = True
        elif tag == "strike":
            self.is_struck |= strikes(attributes)
        self._is_open = tag in {"t", "v"} and not self._in_reading

    def end(self, tag: str) -> None:
        """Take its end."""
        self._is_open = False
        if tag == "rPh":
            self._in_reading = False

    def add(self, text: str) -> None:
        """Take a piece of text, if it is one of those that count."""
        if self._is_open and self._length <= MOST_TEXT:
            self._pieces.append(text)
            self._length += len(text)

    def take(self) -> str:
        """Return what was collected, TOO_LONG for what no cell can hold, and begin anew; also with ``is_struck``."""
        text = "".join(self._pieces) if self._length <= MOST_TEXT else TOO_LONG
        self._pieces, self._length, self._is_open, self.is_struck = [], 0, False, False
        return text


def strikes(attributes: Mapping[str, str]) -> bool:
    """Return whether an element <strike> says yes."""
    return attributes.get("val") not in {"0", "false"}
