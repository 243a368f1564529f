"""Calls of the templates as the bot writes them, with invented values."""

from __future__ import annotations

import pytest

FLAG = {
    "id": "k7m2xq4d",
    "name": "Ashen Courier",
    "account": "https://meta.wikimedia.org/w/index.php?title=Special:CentralAuth/Ashen_Courier",
    "severity": "ban",
    "source": "WMF Global Ban Policy/List",
    "link": "https://meta.wikimedia.org/w/index.php?title=WMF_Global_Ban_Policy/List&oldid=2",
    "since": "12 May 2015",
    "until": "",
    "listed": "",
    "event": "Event:Learning Clinic",
    "date": "2026-12-24",
    "facts": "3f2a9c01d4e8",
    "reopened": "",
    "status": "open",
    "comment": "",
}
HEADER = {
    "event": "Event:Learning Clinic",
    "registration": "12",
    "start": "2026-12-24",
    "unchecked": "global-lock: 3; account: 2; line: 1; private: 9",
    "not counted": "k7m2xq4d: 123",
    "stop": "User:TestBot/Run",
}
SETTLED = "{{Event safety settled | id = z3kd81pq | facts = 77aa01bc42d0 | status = handled | revision = 4711 }}"
AS_WRITTEN = ("account", "link", "status", "comment")
HOSTILE = [
    pytest.param("[[User:Other]] [[Category:Sorted]] [https://example.org now]", id="links"),
    pytest.param("'''b''' ''i'' <b>x</b> <script>alert(1)</script> <ref>r</ref>", id="markup"),
    pytest.param("{{!}} {{Event safety flag}} {{{name}}} }} | status = handled", id="template syntax"),
    pytest.param('"> </div></td></table> <!-- & &lt; &#91; -->', id="HTML that closes"),
    pytest.param("~~~~ __TOC__ https://example.org RFC 1 ISBN 0-306-40615-2", id="magic words"),
    pytest.param("* list # list : indented ; term ---- == heading ==", id="line starts"),
    pytest.param("\u0646\u0627\u0642\u0644 \u200f(1) \u6e2f\u306e \u202e e\u0301", id="both directions"),
    pytest.param("W" * 255, id="long"),
]


def written(value: str) -> str:
    """A value as the bot writes it: whatever is no letter and no digit as a character reference."""
    return "".join(c if c.isascii() and c.isalnum() else f"&#{ord(c)};" for c in value)


def call(name: str, values: dict[str, str]) -> str:
    lines = [f"| {key} = {value if key in AS_WRITTEN else written(value)}".rstrip() for key, value in values.items()]
    return "\n".join([f"{{{{{name}", *lines, "}}"])


def flag(**values: str) -> str:
    return call("Event safety flag", {**FLAG, **values})


def header(**values: str) -> str:
    return call("Event safety review", {**HEADER, **{key.replace("_", " "): value for key, value in values.items()}})
