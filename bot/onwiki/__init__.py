"""What lives on the wiki, as files: templates and their messages; it must not know how or when they get there."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from bot.onwiki import message_pages

_SUFFIX = ".wiki"
_DOC_SUFFIX = ".doc"


def templates() -> Mapping[str, str]:
    """Return the wikitext of every page to install, by its title ("Template:Event safety flag/doc"), sorted by title.

    The pages of the messages ("Template:Event safety/i18n/fr") are among them: they are made from bot/onwiki/i18n.
    The text ends without a line break, as MediaWiki stores it: a page that was installed and left alone is equal to it.
    """
    files = (resources.files(__package__) / "templates").iterdir()
    pages = {_title(file.name): file.read_text("utf-8").rstrip() for file in files if file.name.endswith(_SUFFIX)}
    return MappingProxyType(dict(sorted({**pages, **message_pages.pages()}.items())))


def _title(file_name: str) -> str:
    """Return the title of a file: "event_safety_flag.doc.wiki" holds "Template:Event safety flag/doc"."""
    stem = file_name.removesuffix(_SUFFIX)
    name = stem.removesuffix(_DOC_SUFFIX).replace("_", " ")
    return f"Template:{name[:1].upper()}{name[1:]}{'/doc' if stem.endswith(_DOC_SUFFIX) else ''}"
