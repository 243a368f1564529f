"""A letter of refusal as text, as HTML and as a draft that a mail program opens (.eml); knows no list and no file.

What comes from outside, the name, the event, the appeal, stays text in all three: it ends no header, marks nothing up
and turns no line of another direction around.
"""

from __future__ import annotations

import binascii
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from bot import escape
from bot.private import addresses, letter_words
from bot.private.addresses import Address
from bot.private.letter_words import Decision, Words

# A part of a sentence, and whether it came from outside.
Piece = tuple[str, bool]
Line = tuple[Piece, ...]

_PLACE = re.compile(r"\$(name|event)")
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = ("R", "AL")
_FOLD = "\r\n "


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that holds at the event: its name in the language of the letter, and its address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """All that a letter says, and to whom; ``dates`` and ``appeal`` may be empty, ``language`` is one there is."""

    language: str
    name: str
    event: str
    decision: Decision
    reason: str
    policies: tuple[Policy, ...]
    sender: Address
    to: Address
    copies: tuple[Address, ...]
    dates: str = ""
    appeal: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """The sentences of a letter, cut at what came from outside."""

    subject: Line
    before: tuple[Line, ...]
    policies: tuple[Policy, ...]
    after: tuple[Line, ...]
    regards: Line
    team: Line


def told(letter: Letter) -> Told:
    """Return what the letter says, in its order."""
    words = letter_words.words(letter.language)
    dated = f"{letter.event} ({letter.dates})" if letter.dates else letter.event

    def line(key: str, event: str = letter.event) -> Line:
        return tuple(_cut(words.texts[key], {"name": letter.name, "event": event}))

    first = line("hello"), line(letter.decision, dated), line("who")
    policies = (line("policies"),) if letter.policies else ()
    appeal: tuple[Line, ...] = (((letter.appeal, True),),) if letter.appeal else ()
    return Told(
        line("subject"),
        (*first, ((words.reasons[letter.reason], False),), *policies),
        letter.policies,
        (line("private"), line("answer"), *appeal),
        line("regards"),
        line("team"),
    )


def subject(letter: Letter) -> str:
    """Return the subject: it says which event it is about, and not what was decided."""
    return "".join(escape.terminal(piece) for piece, _ in told(letter).subject)


def text(letter: Letter) -> str:
    """Return the letter as plain text, a line for each paragraph: mail programs break lines, for every script."""
    words, says = letter_words.words(letter.language), told(letter)
    blocks = [_plain(line, words) for line in says.before]
    if says.policies:
        blocks.append("\n".join(f"- {policy.name}\n  {policy.url}".rstrip() for policy in says.policies))
    blocks += [_plain(line, words) for line in says.after]
    blocks.append(f"{_plain(says.regards, words)}\n{_plain(says.team, words)}")
    return "\n\n".join(blocks) + "\n"


def html(letter: Letter) -> str:
    """Return the letter as an HTML document that loads nothing."""
    words = letter_words.words(letter.language)
    return (
        _templates()
        .get_template("letter.html.j2")
        .render(
            told=told(letter),
            subject=subject(letter),
            words=words,
            direction="rtl" if words.is_rtl else "ltr",
            side="right" if words.is_rtl else "left",
        )
    )


def draft(letter: Letter, now: datetime, random: bytes) -> tuple[bytes, str]:
    """Return the letter as a message (RFC 5322, with text and HTML) that is not sent yet, and its Message-ID.

    ``now`` is aware; ``random`` are at least 16 bytes that nobody can guess. Of this machine it says nothing.
    """
    message_id = f"<{random[:16].hex()}@{letter.sender.domain}>"
    boundary = f"=_{random.hex()}"  # "=_" is in no base64 and in no quoted-printable (RFC 2045, 6.7)
    head = (
        ("X-Unsent", "1"),  # Outlook and others open it as a draft
        ("Date", format_datetime(now)),
        ("From", _folded(addresses.header(letter.sender))),
        ("To", _folded(addresses.header(letter.to))),
        ("Cc", f",{_FOLD}".join(_folded(addresses.header(one)) for one in letter.copies)),
        ("Subject", _folded(escape.email_header(subject(letter)))),
        ("Message-ID", message_id),
        ("MIME-Version", "1.0"),
        ("Content-Language", letter_words.tag(letter.language)),
        ("Content-Type", f'multipart/alternative;{_FOLD}boundary="{boundary}"'),
    )
    parts = (_part("plain", text(letter)), _part("html", html(letter)))
    lines = [*(f"{name}: {value}" for name, value in head), ""]
    for part in parts:
        lines += [f"--{boundary}", part]
    return "\r\n".join((*lines, f"--{boundary}--", "")).encode(), message_id


def _cut(template: str, values: dict[str, str]) -> Iterator[Piece]:
    """Yield a text cut at its places, each filled once: what stands in a value is not looked at again."""
    for number, piece in enumerate(_PLACE.split(template)):
        if number % 2:
            yield values[piece], True
        elif piece:
            yield piece, False


def _plain(line: Line, words: Words) -> str:
    return "".join(_isolated(escape.terminal(piece), words) if foreign else piece for piece, foreign in line)


def _isolated(value: str, words: Words) -> str:
    """Return a value that turns nothing around it, by marks that cannot be seen, where directions can meet at all."""
    meets = words.is_rtl or any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in value)
    return f"{_ISOLATE}{value}{_END}" if meets else value


def _folded(value: str) -> str:
    """Return what a header holds with a line for each encoded word, so that none is too long (RFC 2047, 2)."""
    return re.sub(r" (?==\?)|(?<=\?=) (?=<)", _FOLD, value)


def _part(kind: str, content: str) -> str:
    data = content.replace("\n", "\r\n").encode()
    printable = binascii.b2a_qp(data, istext=True).decode()
    coded = b64encode(data).decode()
    if len(printable) <= len(coded):
        name, body = "quoted-printable", printable
    else:
        name, body = "base64", "\r\n".join(coded[start : start + 76] for start in range(0, len(coded), 76))
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {name}"
    return f"{head}\r\nContent-Disposition: inline\r\n\r\n{body}"


@cache
def _templates() -> jinja2.Environment:
    """Return what fills the template in such a way that words stay words."""
    environment = jinja2.Environment(
        autoescape=True,
        finalize=_harmless,
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "letters"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["address"] = escape.web_address
    return environment


def _harmless(value: object) -> object:
    return escape.html(value) if isinstance(value, str) and not isinstance(value, Markup) else value
