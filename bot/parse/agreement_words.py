"""What words about agreeing to a policy mean, in many languages: headings, answers, remarks, conditions of signing up.

The words are data (``data/agreement_words.json``), the policies' names those of ``safety_words``; here is only how they
are compared. It knows no wikitext and no page. What it is not sure of is UNKNOWN: a false AGREED is the worse mistake.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from bot.model import Agreed
from bot.parse.safety_words import Phrases, names_only, policies
from bot.parse.signup_words import Words, conjunctions, folded

LONGEST_HEADING, LONGEST_REMARK = 600, 1200
_YES_MARKS = "✓✔✅☑🗸👍🗹🆗"
_NO_MARKS = "✗✘❌✖☐👎"
_MARKS = re.compile(f"[{_YES_MARKS}{_NO_MARKS}]")
_BLANK = re.compile(r"[\W_]*")
_DOUBT = re.compile(r"[?？؟¿❓☒❎]")
_PLUS = re.compile(r"\+(?:\s*1)?")
_PIECES = re.compile(r"[,;:.!()\[\]–—…،؛、。，！|/\"“”«»\n]|\s-\s")
_SENTENCES = re.compile(r"(?<=[.!?؟।])\s+|(?<=[。！？])|<br\b[^<>]*>|\n")


@cache
def _data() -> dict[str, dict[str, list[str]] | list[str]]:
    text = resources.files("bot.parse").joinpath("data/agreement_words.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]] | list[str]] = json.loads(text)
    return loaded


@cache
def _by_language(use: str) -> Mapping[str, Words]:
    found = _data()[use]
    return {code: Words.of(entries) for code, entries in found.items()} if isinstance(found, dict) else {}


def _entries(use: str) -> Iterable[str]:
    found = _data()[use]
    lists = found.values() if isinstance(found, dict) else (found,)
    return (entry for entries in lists for entry in entries)


@cache
def _words(use: str) -> Words:
    return Words.of(_entries(use))


@cache
def _exact(use: str) -> frozenset[str]:
    return frozenset(folded(entry) for entry in _entries(use))


@cache
def _agreeing() -> Phrases:
    """Return what may stand in an agreement besides the names of policies."""
    return Phrases.of([*_entries("agree"), *_entries("first"), *_entries("fillers")])


def agrees(text: str) -> bool:
    """Tell whether ``text`` holds a word of agreement in any language; the quick question before the others."""
    return _words("agree").match(folded(text))


def _languages(words: str) -> list[str]:
    return [code for code, agree in _by_language("agree").items() if agree.match(words)]


def _any(use: str, languages: Iterable[str], words: str) -> bool:
    by_language = _by_language(use)
    return any(by_language[code].match(words) for code in languages)


def heading(text: str) -> Agreed | None:
    """Return what a "yes" below the heading ``text`` (of a column, a parameter) says; None: it asks for no agreement.

    "Friendly space policy", "I agree" and "Agree to UCoC?" give AGREED. "Read the UCoC?" gives UNKNOWN: who has read
    something need not agree.
    """
    words = folded(text[:LONGEST_HEADING])
    if _words("other").match(words):
        return None
    languages = _languages(words)
    if languages:
        if not policies(text) and not _is_plain(words):
            return None
        return Agreed.UNKNOWN if _any("not", languages, words) else Agreed.AGREED
    if names_only(_without_choices(text)) is None:
        return None
    return Agreed.UNKNOWN if _words("read").match(words) else Agreed.AGREED


def _without_choices(text: str) -> str:
    """Return a heading without the answers that it offers: "(yes/no)"."""
    return re.sub(r"[(（\[][^()（）\[\]]{0,20}[)）\]]", " ", text)


def answer(text: str) -> Agreed:
    """Return what a cell or value says, as a reader sees it, below a heading that asks for agreement."""
    text = text.replace("\ufe0f", "").strip()
    if _DOUBT.search(text):
        return Agreed.UNKNOWN
    said = {Agreed.AGREED if mark in _YES_MARKS else Agreed.NOT_AGREED for mark in _MARKS.findall(text)}
    words = folded(_MARKS.sub(" ", text)[:LONGEST_REMARK])
    if _PLUS.fullmatch(text):
        said.add(Agreed.AGREED)
    elif not words.isspace():
        said.add(_answered(words, text))
    elif not said:
        said.add(Agreed.NOT_AGREED if _BLANK.fullmatch(text) else Agreed.UNKNOWN)
    return together(said)


def _answered(words: str, text: str) -> Agreed:
    if words in _exact("yes"):
        return Agreed.AGREED
    if words in _exact("no"):
        return Agreed.NOT_AGREED
    languages = _languages(words)
    if _any("not", languages, words):
        return Agreed.NOT_AGREED
    sure = languages and all(_is_plain(folded(piece)) or names_only(_rest(piece)) for piece in _pieces(text))
    return Agreed.AGREED if sure and not _any("asking", languages, words) else Agreed.UNKNOWN


def template(name: str) -> Agreed | None:
    """Return what a template of that name says as an answer ({{yes}}, {{done}}, {{cross}}); None for any other."""
    words = folded(name)
    if words in _exact("yes_templates"):
        return Agreed.AGREED
    return Agreed.NOT_AGREED if words in _exact("no_templates") else None


def together(said: Iterable[Agreed]) -> Agreed:
    """Return what several answers of one place come to: who agreed to everything agreed."""
    found = set(said)
    if len(found) == 1:
        return found.pop()
    return Agreed.NOT_AGREED if found == {Agreed.NOT_AGREED, Agreed.NOT_ASKED} else Agreed.UNKNOWN


def remark(text: str) -> Agreed | None:
    """Return what somebody says beside their own name; None when it is not about agreeing to a policy."""
    words = folded(text[:LONGEST_REMARK])
    languages = _languages(words)
    if not languages or not policies(text[:LONGEST_REMARK]):
        return None
    if _DOUBT.search(text):
        return Agreed.UNKNOWN
    pieces = [folded(piece) for piece in _pieces(text[:LONGEST_REMARK])]
    if any(_any("agree", languages, piece) and _any("not", languages, piece) for piece in pieces):
        return Agreed.NOT_AGREED
    doubtful = _words("hedges").match(words) or _words("other").match(words)
    if doubtful or _any("not", languages, words) or _any("asking", languages, words):
        return Agreed.UNKNOWN
    return Agreed.AGREED if _says_so(text[:LONGEST_REMARK], languages) else Agreed.UNKNOWN


def _says_so(text: str, languages: Iterable[str]) -> bool:
    """Tell whether one piece of the text is nothing but agreement, and it or another nothing but a policy."""
    agreed = named = False
    for piece in _pieces(text):
        words = folded(piece)
        agreeing = _any("agree", languages, words)
        policy = names_only(_rest(piece)) is not None
        if agreeing and policy:
            return True
        agreed = agreed or (agreeing and _is_plain(words))
        named = named or policy
    return agreed and named


def _is_plain(words: str) -> bool:
    """Tell whether folded words say nothing beyond agreement."""
    return not any(char.isalpha() for char in _agreeing().without(words))


def _rest(text: str) -> str:
    return _agreeing().without(folded(text))


def _pieces(text: str) -> list[str]:
    """Return the clauses of ``text``, cut at punctuation and at every "and"."""
    found: list[str] = []
    for part in _PIECES.split(text):
        piece: list[str] = []
        for word in part.split():
            if folded(word).strip() in conjunctions():
                found.append(" ".join(piece))
                piece = []
            else:
                piece.append(word)
        found.append(" ".join(piece))
    return [piece for piece in found if piece.strip()]


def condition(text: str) -> Agreed | None:
    """Return what instructions above a list make of everybody who signs there.

    AGREED: signing is agreeing ("By signing below you agree to the UCoC", "I agree to the UCoC:"). UNKNOWN: they ask
    for agreement in some other way ("Please write that you agree to …"). None: they do not speak of it.
    """
    found = {said for sentence in _SENTENCES.split(text[:5000]) if (said := _sentence(sentence)) is not None}
    return Agreed.AGREED if Agreed.AGREED in found else Agreed.UNKNOWN if found else None


def _sentence(text: str) -> Agreed | None:
    words = folded(text[:LONGEST_REMARK])
    languages = _languages(words)
    if not languages or not policies(text[:LONGEST_REMARK]):
        return None
    asking = _any("asking", languages, words) or bool(_DOUBT.search(text))
    signing = _any("signing", languages, words)
    if _any("not", languages, words) or _words("other").match(words) or asking:
        return Agreed.UNKNOWN if signing or asking else None
    if signing or (_any("first", languages, words) and _says_so(text[:LONGEST_REMARK], languages)):
        return Agreed.AGREED
    return None


def is_own_word(text: str) -> bool:
    """Tell whether agreement is said in the first person alone, not as a condition of signing."""
    words = folded(text[:LONGEST_REMARK])
    return not _any("signing", _languages(words), words)


def list_heading(text: str) -> Agreed | None:
    """Return what it means to stand in a list under the heading ``text``; None: it names no agreement or no policy."""
    words = folded(text[:LONGEST_HEADING])
    languages = _languages(words)
    if not languages or not policies(text) or _words("other").match(words):
        return None
    if _any("not", languages, words):
        return Agreed.NOT_AGREED
    return Agreed.UNKNOWN if _DOUBT.search(text) or _any("asking", languages, words) else Agreed.AGREED
