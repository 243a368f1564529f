"""The notation of a contact's fields, one for rosters and templates; knows neither files nor wikitext.

Laws: reading what was written gives the same value, and a text that is not in the notation raises ValueError, whose
message is a sentence for each thing wrong. A backslash keeps ";", "," and "(" from their meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from typing import TypeVar

from bot.model import Channel, ChannelKind, Hours, Phase, Role, Training
from bot.parse.languages import LANGUAGES

# ISO 639-3, of sign languages that teams at events sign; MediaWiki has no names of its own for most of them.
_SIGN_CODES = "asf ase bfi bzs csl dse fsl gsg icl ils ins ise jsl kvk nsl psr pso rsl ssp swl tsm"
SIGN_LANGUAGES = frozenset(_SIGN_CODES.split())

ROLE_WORDS: Mapping[str, Role] = {
    **{role.value: role for role in Role},
    "takes reports": Role.REPORTS,
    "responds on site": Role.ON_SITE,
    "responds": Role.ON_SITE,
    "removes people": Role.REMOVES,
    "speaks with the venue": Role.VENUE,
}
_DIGITS_OF_A_YEAR = 4  # with more of them it may be a telephone
_KIND_WORDS: Mapping[str, ChannelKind] = {
    **{kind.value: kind for kind in ChannelKind},
    "special:emailuser": ChannelKind.WIKI_MAIL,
    "emailuser": ChannelKind.WIKI_MAIL,
    "e mail": ChannelKind.EMAIL,
    "telephone": ChannelKind.PHONE,
    "mobile": ChannelKind.PHONE,
}
_HOURS = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T]+)?(\d?\d):(\d\d) ?[-\u2013\u2014] ?(\d?\d):(\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATED = re.compile(r"(.*?) ?(?<!\\)\((\d+[-./]\d+[-./]\d+)\)", re.ASCII)
_MARKED = re.compile(r"(.*?) ?(?<!\\)\((public|private)\)", re.IGNORECASE)
_PIECE = re.compile(r"(?:[^;\\]|\\.|\\$)+")
_PIECE_OR_COMMA = re.compile(r"(?:[^;,\\]|\\.|\\$)+")
_ESCAPED = re.compile(r"\\([\\;,(])")
_TO_ESCAPE = re.compile(r"\\(?=[\\;,(]|$)|[;(]")
_ADDRESS = re.compile(r"[^\s@<>()\[\]\"]+@[^\s@<>()\[\]\"]+\.[^\s@<>()\[\]\".]+")
_NUMBER = re.compile(r"[-+()/. \d]*(?: ?(?:x|ext\.?) ?\d+)?", re.ASCII)
Value = TypeVar("Value")


def hours(text: str) -> tuple[Hours, ...]:
    """Return the hours of "2026-12-24 09:00-18:00; 09:00-18:00": with a day for that day, without one for all."""
    return _each(_PIECE, text, _one_hours)


def hours_text(values: Sequence[Hours]) -> str:
    """Return ``values`` in the notation that ``hours`` reads."""
    return "; ".join(f"{one.day} " * (one.day is not None) + f"{one.start:%H:%M}-{one.end:%H:%M}" for one in values)


def day(text: str) -> date:
    """Return the day of "2026-12-24"."""
    try:
        if _DAY.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise ValueError(f'{quoted(text)} is no day of the calendar; write it as "2026-12-24".')


def roles(text: str) -> tuple[Role, ...]:
    """Return the roles of "takes reports; decides" (or "reports, decides") in the order of Role, each once."""
    named = set(_each(_PIECE_OR_COMMA, text, _one_role))
    return tuple(role for role in Role if role in named)


def roles_text(values: Sequence[Role]) -> str:
    """Return ``values`` in the notation that ``roles`` reads."""
    return ", ".join(values)


def phases(text: str) -> tuple[Phase, ...]:
    """Return the phases of "before, during" in the order of Phase, each once; all of them for an empty text."""
    named = set(_each(_PIECE_OR_COMMA, text, _one_phase))
    return tuple(phase for phase in Phase if phase in named or not named)


def phases_text(values: Sequence[Phase]) -> str:
    """Return ``values`` in the notation that ``phases`` reads."""
    return ", ".join(values)


def languages(text: str) -> tuple[str, ...]:
    """Return the language codes of "en, pt-br", in lower case, in the order given, each once."""
    return tuple(dict.fromkeys(_each(_PIECE_OR_COMMA, text, _one_language)))


def languages_text(values: Sequence[str]) -> str:
    """Return ``values`` in the notation that ``languages`` reads."""
    return ", ".join(values)


def training(text: str) -> tuple[Training, ...]:
    """Return the courses of "Keeping events safe (2026-01-02); First aid", each with its day if it has one."""
    return _each(_PIECE, text, _one_training)


def training_text(values: Sequence[Training]) -> str:
    """Return ``values`` in the notation that ``training`` reads."""
    return "; ".join(_escaped(one.course) + (f" ({one.on})" if one.on else "") for one in values)


def channels(text: str) -> tuple[Channel, ...]:
    """Return the ways of "wiki mail; email: ada@example.org (public); phone: +91 1 234"."""
    return _each(_PIECE, text, _one_channel)


def channels_text(values: Sequence[Channel]) -> str:
    """Return ``values`` in the notation that ``channels`` reads, those that are not public too."""
    return "; ".join(
        one.kind + (f": {_escaped(one.value)}" if one.value else "") + (" (public)" if one.public else "")
        for one in values
    )


def channel(kind: str, value: str, *, public: bool) -> Channel:
    """Return a way to reach somebody; raises ValueError for an unknown kind and for a value that cannot be of it."""
    found = channel_kind(kind)
    plain = spaced(value)
    if trouble := _wrong_value(found, plain):
        raise ValueError(trouble)
    return Channel(found, plain, public)


def channel_kind(text: str) -> ChannelKind:
    """Return the kind of way that "email", "e-mail" or "telephone" is; what may be an address is in no error."""
    found = _KIND_WORDS.get(_folded(text))
    if found is None:
        private = "@" in text or sum(map(str.isdigit, text)) > _DIGITS_OF_A_YEAR
        what = "What stands here" if private else quoted(text)
        raise ValueError(f"{what} is no way to reach somebody; there are {_listed(ChannelKind)}.")
    return found


def escalation_order(text: str) -> int | None:
    """Return the place in the escalation, from 1; None for an empty text."""
    plain = text.strip()
    if not plain:
        return None
    if not re.fullmatch(r"[1-9]\d?", plain, re.ASCII):
        raise ValueError(f"{quoted(text)} is no place in the escalation; write a number from 1 to 99.")
    return int(plain)


def spaced(text: str) -> str:
    """Return ``text`` trimmed and with single blanks."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Return ``text`` in quotation marks for a sentence, on one line and not too long."""
    plain = spaced(text)
    return f'"{plain[:60]}…"' if len(plain) > 61 else f'"{plain}"'


def _each(piece: re.Pattern[str], text: str, read: Callable[[str], Value]) -> tuple[Value, ...]:
    """Return each piece of ``text`` as ``read`` gives it; raises one ValueError for all that it refuses."""
    found: list[Value] = []
    wrong: list[str] = []
    for match in piece.finditer(text):
        if plain := spaced(match[0]):
            try:
                found.append(read(plain))
            except ValueError as error:
                wrong.append(str(error))
    if wrong:
        raise ValueError(" ".join(wrong))
    return tuple(found)


def _one_hours(text: str) -> Hours:
    match = _HOURS.fullmatch(text)
    if match is None:
        raise ValueError(
            f'{quoted(text)} is not from and to; write "09:00-18:00", or "2026-12-24 09:00-18:00" for one day.'
        )
    on = day(match[1]) if match[1] else None
    end_hour = 0 if (match[4], match[5]) == ("24", "00") else int(match[4])
    try:
        return Hours(time(int(match[2]), int(match[3])), time(end_hour, int(match[5])), on)
    except ValueError as error:
        raise ValueError(f"{quoted(text)} holds a time that no clock shows; write 00:00 to 24:00.") from error


def _one_role(text: str) -> Role:
    found = ROLE_WORDS.get(_folded(text))
    if found is None:
        raise ValueError(f"{quoted(text)} is no role; there are {', '.join(map(_both_words, Role))}.")
    return found


def _both_words(role: Role) -> str:
    """Return the word of a role that messages and pages have, and the longer one that people write."""
    longer = next((word for word, meant in ROLE_WORDS.items() if meant is role and word != role.value), "")
    return f'"{role.value}"' + (f' (or "{longer}")' if longer else "")


def _one_phase(text: str) -> Phase:
    try:
        return Phase(_folded(text))
    except ValueError as error:
        raise ValueError(f"{quoted(text)} is no phase; there are {_listed(Phase)}.") from error


def _one_language(text: str) -> str:
    code = text.lower().replace("_", "-")
    if code not in LANGUAGES and code not in SIGN_LANGUAGES:
        raise ValueError(f'{quoted(text)} is no language code of MediaWiki; write one such as "en" or "pt-br".')
    return code


def _one_training(text: str) -> Training:
    dated = _DATED.fullmatch(text)
    if dated is None:
        return Training(_plain(text))
    if not dated[1]:
        raise ValueError(f'{quoted(text)} is a day without a course; write "Course (2026-01-02)".')
    return Training(_plain(dated[1]), day(dated[2]))


def _one_channel(text: str) -> Channel:
    marked = _MARKED.fullmatch(text)
    public = marked is not None and marked[2].lower() == "public"
    rest = marked[1] if marked else text
    if _folded(rest) in _KIND_WORDS:
        return channel(rest, "", public=public)
    kind, _, value = rest.partition(":")
    return channel(kind, _plain(value), public=public)


def _wrong_value(kind: ChannelKind, value: str) -> str:
    """Return what is wrong with the value of a way to reach somebody, a sentence or nothing."""
    if kind is ChannelKind.WIKI_MAIL:
        return "Mail through the wiki needs no address; take it away." if value else ""
    if not value:
        return f'There is no address behind "{kind}"; write "{kind}: " and the address.'
    several = ', and ";" between two ways' if "," in value else ""
    if kind is ChannelKind.EMAIL and not _ADDRESS.fullmatch(value):
        return f'This is no e-mail address; write one such as "ada@example.org"{several}.'
    if kind is ChannelKind.PHONE and not (_NUMBER.fullmatch(value) and sum(map(str.isdecimal, value)) >= 3):
        return f'This is no telephone number; write one such as "+91 11 2345 6789"{several}.'
    return ""


def _folded(text: str) -> str:
    return spaced(re.sub("[-_]", " ", text)).lower()


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(r"\\\g<0>", text)


def _plain(text: str) -> str:
    return spaced(_ESCAPED.sub(r"\1", text))
