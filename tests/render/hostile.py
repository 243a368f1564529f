"""Texts that try to be more than text, and the strategy that makes them."""

from __future__ import annotations

from hypothesis import strategies as st

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</bdi></li></ol><h1>Cleared</h1>",
    "<!--",
    "]]>",
    "&lt;b&gt;&amp;",
    "{{7*7}}{% raw %}{# x #}",
    "[[User:X|y]]{{nobots}}<nowiki>",
    "[bold red]rich[/bold red][link=x]",
    ":smile:",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m",
    "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "\u202egnp.exe\u2066",
    "\x00\r\n\t\v\f\x85\u2028\u2029",
    "\ud800",
    "a" * 1000,
    "の" * 600,
    "e\u0301\u0321" * 200,
    "=HYPERLINK(1)",
    "",
    " ",
)

texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec=None), max_size=60))
