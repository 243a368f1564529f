"""What the proxy shall do to which request, and the note that it keeps of each; knows no sockets and no processes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit


class Phase(StrEnum):
    """When: the wiki has not seen the request; it has acted and the answer is still ours; the answer is delivered."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Deed(StrEnum):
    """What is done to a request when its phase comes."""

    WAIT = "wait"
    PAUSE = "pause"
    DROP = "drop"
    KILL = "kill"
    REPLACE = "replace"
    TRUNCATE = "truncate"
    DUPLICATE = "duplicate"
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class Rule:
    """One deed for the requests whose "METHOD /path?query {post data}" holds ``match``.

    The first ``skip`` of them pass, the next ``times`` meet it. ``seconds`` is waited first. ``size`` is what
    TRUNCATE leaves of the body; ``status``, ``headers`` and ``body`` are what REPLACE answers; ``pid`` is whom KILL
    ends; with ``keep_first`` DUPLICATE answers with what the wiki said the first time. STRAY hangs up at once (and ends
    ``pid``, if there is one), and passes the request on ``seconds`` later all the same.
    """

    match: str
    deed: Deed
    phase: Phase
    skip: int = 0
    times: int = 1
    seconds: float = 0.0
    size: int = 0
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    pid: int = 0
    keep_first: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """One request: its number since the last clearing, from 1, its fields without secrets, and what was done to it."""

    number: int
    method: str
    path: str
    query: Mapping[str, str]
    post: Mapping[str, str]
    done: str = ""

    @property
    def text(self) -> str:
        """What rules are matched with."""
        query = "?" + "&".join(f"{name}={value}" for name, value in self.query.items()) if self.query else ""
        post = json.dumps(dict(self.post), ensure_ascii=False, separators=(",", ":"))
        return f"{self.method} {self.path}{query} {post}"


def seen(number: int, method: str, target: str, kind: str, body: bytes) -> Seen:
    """Return the note of a request; ``kind`` is its Content-Type. Only forms are decoded."""
    parts = urlsplit(target)
    form = body.decode(errors="replace") if kind.startswith("application/x-www-form-urlencoded") else ""
    return Seen(number, method, unquote(parts.path), _public(parts.query), _public(form))


def _public(fields: str) -> dict[str, str]:
    pairs = parse_qsl(fields, keep_blank_values=True)
    return {name: value for name, value in pairs if "token" not in name.lower() and "password" not in name.lower()}


class Rules:
    """Rules in their order; each counts for itself the requests that it matches, until it meets one."""

    def __init__(self, rules: Sequence[Rule] = ()) -> None:
        self._rules: list[Rule] = []
        self._left: list[list[int]] = []
        for rule in rules:
            self.add(rule)

    def add(self, rule: Rule) -> None:
        """Put a rule behind the others."""
        self._rules.append(rule)
        self._left.append([rule.skip, rule.times])

    def take(self, text: str) -> Rule | None:
        """Return the rule for this request, None when it passes; rules behind the one that is met do not count it."""
        for rule, left in zip(self._rules, self._left, strict=True):
            if rule.match not in text or not left[1]:
                continue
            if not left[0]:
                left[1] -= 1
                return rule
            left[0] -= 1
        return None
