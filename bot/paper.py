"""A sheet of text as wide as a terminal, onto which results are printed; must not know what they are about.

Rich lays out and measures (CJK, combining marks); it gets Text objects only, never markup.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot import escape


def safe(text: str, style: str = "") -> Text:
    """Return words from anywhere as Rich's Text, without what a terminal would obey."""
    return Text(escape.terminal(text), style)


class Page:
    """A sheet of fixed width on which parts are printed one below the other."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=width,
            height=25,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def heading(self, text: str, style: str = "bold") -> None:
        """Print a heading with a blank line above it."""
        self._console.print()
        self._console.print(safe(text, style))

    def line(self, *parts: str | Text, indent: int = 0) -> None:
        """Print a paragraph, wrapped, with every line indented."""
        text = Text.assemble(*(part if isinstance(part, Text) else safe(part) for part in parts))
        self._console.print(Padding(text, (0, 0, 0, indent), expand=False))

    def item(self, *parts: str | Text) -> None:
        """Print a paragraph after a dash."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        text = Text.assemble(*(part if isinstance(part, Text) else safe(part) for part in parts))
        grid.add_row("  -", text)
        self._console.print(grid)

    def sentences(self, title: str, sentences: Sequence[str], style: str = "bold") -> None:
        """Print sentences, each after a dash, below their heading; nothing where there are none."""
        if sentences:
            self.heading(title, style)
            for sentence in sentences:
                self.item(sentence)

    def address(self, url: str | None, indent: int = 0) -> None:
        """Print an address on a line of its own, never broken; nothing for what is no web address."""
        if safe := escape.web_address(url):
            self._console.print(Text(" " * indent + escape.terminal(safe), "cyan"), soft_wrap=True)

    def table(self, table: Table) -> None:
        """Print a table."""
        self._console.print(table)

    def __str__(self) -> str:
        return "\n".join(line.rstrip(" ") for line in self._out.getvalue().splitlines()).strip("\n") + "\n"
