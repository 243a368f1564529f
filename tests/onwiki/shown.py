"""The templates on a test wiki; must not know what they ought to look like."""

from __future__ import annotations

from typing import Any

from bot.onwiki import templates
from tests.onwiki.elements import Element, tree
from tests.sandbox.sandbox import Sandbox
from tests.wiki.client import Client

TITLE = "User:TestBot/Event review/Learning Clinic"


class Shown:
    """A test wiki on which the templates are installed, and what it makes of wikitext."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.client = Client(sandbox.url)
        with sandbox.world.batch():
            # A page takes the description of its parameters from its documentation when it is saved: that goes first.
            for title in sorted(templates(), reverse=True):
                sandbox.world.page(title, templates()[title])

    def parse(self, text: str, props: str = "text") -> Any:
        return self.client.api(
            action="parse",
            title=TITLE,
            text=text,
            prop=props,
            contentmodel="wikitext",
            disablelimitreport=1,
            wrapoutputclass="",
        )["parse"]

    def show(self, text: str) -> Element:
        html = self.parse(text)["text"]
        assert "insecure input" not in html
        return tree(html)
