"""What a template in a sign-up list does: names a user, speaks to one, strikes out, or decorates; expands nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from bot.parse.markup import visible
from bot.parse.signup_times import STAMP
from bot.parse.signup_words import Part, classify, entries, folded
from bot.parse.sites import user_words


class Use(StrEnum):
    """What a template is for."""

    USER = "user"
    PING = "ping"
    STRIKE = "strike"
    QUIET = "quiet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Template:
    """One call: ``positional`` and ``named`` hold trimmed values; ``values`` is where its first value starts."""

    name: str
    use: Use
    positional: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)


LONGEST_CALL = 20_000
_SUBSTITUTION = re.compile(r"\s*(?:safe)?subst:\s*", re.IGNORECASE)
_PART = re.compile(r"\[\[|\]\]|\{\{+|\}\}+|\|")
_TITLE = re.compile(r"(?:Template|T|Vorlage|Modèle|Plantilla|Predefinição):", re.IGNORECASE)
_TABLE_PART = re.compile(r"\b(?:header|head|start|begin|end|top|bottom|footer|table|list|count|box|tabs?)\b")


def read(text: str) -> Template:
    """Read the masked inside of ``{{…}}``; only its first part is looked at when it is absurdly long."""
    parts = split(visible(text[:LONGEST_CALL]))
    name = " ".join(_SUBSTITUTION.sub("", parts[0]).replace("_", " ").split())
    positional: list[str] = []
    named: dict[str, str] = {}
    for part in parts[1:]:
        key, equals, value = part.partition("=")
        if equals and "[[" not in key and "{{" not in key and "<" not in key:
            named[key.strip()] = value.strip()
        else:
            positional.append(part.strip())
    return Template(name, use_of(name), tuple(positional), named)


def split(text: str) -> list[str]:
    """Split at the pipes that stand in no inner link or template."""
    parts: list[str] = []
    depth = start = 0
    for match in _PART.finditer(text):
        if match[0] == "|":
            if depth == 0:
                parts.append(text[start : match.start()])
                start = match.end()
        else:
            depth = depth + 1 if match[0][0] in "[{" else max(0, depth - 1)
    parts.append(text[start:])
    return parts


def use_of(name: str) -> Use:
    """Return what the template of this name is for."""
    if name.startswith("#"):
        return Use.QUIET
    return _use_of(_TITLE.sub("", name).strip().lower())


@cache
def _use_of(name: str) -> Use:
    for use, key in ((Use.PING, "ping_templates"), (Use.STRIKE, "strike_templates")):
        if _names(key).matches(name):
            return use
    if _names("not_user_templates").matches(name):
        return Use.QUIET
    if name in user_words() or _names("user_templates").matches(name):
        return Use.USER
    if _names("quiet_templates").matches(name):
        return Use.QUIET
    if classify(name) is Part.JOIN:
        return Use.QUIET if _TABLE_PART.search(name) and not name.endswith("row") else Use.USER
    return Use.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Names:
    whole: frozenset[str]
    starts: tuple[str, ...]

    def matches(self, name: str) -> bool:
        return name in self.whole or name.startswith(self.starts)


@cache
def _names(key: str) -> _Names:
    found = [entry.lower() for entry in entries(key)]
    starts = tuple(entry.rstrip("*") for entry in found if entry.endswith("*") and len(entry) > 1)
    return _Names(frozenset(entry for entry in found if not entry.endswith("*") or entry == "*"), starts)


@cache
def _parameters() -> frozenset[str]:
    return frozenset(folded(entry) for entry in entries("user_parameters"))


def users(template: Template) -> tuple[str, ...]:
    """Return the texts that name users: one for a user template (none if it is lost), all for a template that pings."""
    if template.use is Use.PING:
        values = [*template.positional, *(value for key, value in template.named.items() if key.isdecimal())]
        return tuple(value for value in values if value)
    values = list(template.positional[:2])
    if "1" in template.named:
        values.insert(0, template.named["1"])
    values = [value for value in values if not STAMP.search(value)][:1]
    for key, value in template.named.items():
        if folded(key) in _parameters():
            values.append(value)
    return tuple(value for value in values if value)[:1]
