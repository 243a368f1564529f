"""A page's HTML as a tree of elements, for tests that ask what stands in what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


@dataclass
class Element:
    """One element with its children in order; the root has the name ""."""

    name: str
    attributes: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def elements(self) -> list[Element]:
        """Its own child elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def all(self, name: str) -> list[Element]:
        """Every element of that name in it, in order."""
        return [element for element in self._walk() if element.name == name]

    def skeleton(self) -> list[object]:
        """Its elements and attributes without any text."""
        inner = [part for child in self.elements for part in child.skeleton()]
        return [(self.name, sorted(self.attributes.items())), *inner, f"/{self.name}"]

    def _walk(self) -> Iterator[Element]:
        for child in self.elements:
            yield child
            yield from child._walk()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().name == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(html: str) -> Element:
    """Return the root of ``html``, which must be well formed, as MediaWiki's is."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.open) == 1, f"<{builder.open[-1].name}> is never closed"
    return builder.open[0]


def blocks(root: Element) -> list[Element]:
    """What stands on the page, without the paragraphs that MediaWiki marks as empty and no reader sees."""
    return [element for element in root.elements if element.attributes.get("class") != "mw-empty-elt"]


def links(element: Element) -> list[tuple[str | None, str]]:
    return [(link.attributes["href"], link.text) for link in element.all("a")]
