"""What words about agreeing to a policy mean, in many languages: headings, answers, remarks, conditions of signing up.

The words are data (``data/agreement_words.json``), the policies' names those of ``safety_words``; here is only how they
are compared. It knows no wikitext and no page. What it is not sure of is UNKNOWN: a false AGREED is the worse mistake.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources

from bot.model import Agreed
from bot.parse.safety_words import Phrases, names_only, policies
from bot.parse.signup_words import Words, conjunctions, folded

LONGEST_HEADING, LONGEST_REMARK = 600, 1200
_YES_MARKS = "✓✔✅☑🗸👍🗹🆗"
_NO_MARKS = "✗✘❌✖☐👎"
_MARKS = re.compile(f"[{_YES_MARKS}{_NO_MARKS}]")
_BLANK = re.compile(r"[\s\-–—−_.…·/\\|*:]*")
_DOUBT = re.compile(r"[?？؟¿❓☒❎]")
_PLUS = re.compile(r"\+(?:\s*1)?")
_PIECES = re.compile(r"[,;:.!()\[\]–—…،؛、。，！|/\"“”«»\n]|\s-\s")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{0,20}[)）\]]")
_PREFIXED = re.compile(r"\b(?:[לבומשכ](?=[א-ת]{3})|[وبلف]{1,2}(?=[ء-ي]{4}))")
_CASE = re.compile("(?<=[\u0980-\u09ff]{4})(?:তে|র|কে|টি|টির|টিতে)(?![\u0980-\u09ff])")
_SENTENCES = re.compile(r"(?<=[.!?;؟؛।])\s+|(?<=[。！？；])|<br\b[^<>]*>|\n")


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


@lru_cache(maxsize=1024)
def heading(text: str) -> Agreed | None:
    """Return what a "yes" below the heading ``text`` (of a column, a parameter) says; None: it asks for no agreement.

    "Friendly space policy", "I agree" and "Agree to UCoC?" give AGREED. "Read the UCoC?" gives UNKNOWN: who has read
    something need not agree.
    """
    text = _BRACKETS.sub(_without_choices, text[:LONGEST_HEADING])
    words = folded(text)
    if _words("other").match(words):
        return None
    languages = _languages(words)
    if languages:
        if not _names_policy(text) and not _asks_alone(words):
            return None
        return Agreed.UNKNOWN if _any("not", languages, words) else Agreed.AGREED
    if _words("read").match(words):
        return Agreed.UNKNOWN if _is_policy(_rest(text)) else None
    return Agreed.AGREED if _is_policy(text) else None


def _without_choices(brackets: re.Match[str]) -> str:
    """Return nothing for the answers that a heading offers: "(yes/no)"."""
    offered = (folded(word) for word in re.split(r"[\W_]+", brackets[0]) if word)
    return " " if all(word in _exact("yes") | _exact("no") for word in offered) else brackets[0]


def _names_policy(text: str) -> bool:
    return bool(policies(text) or policies(_uninflected(text)))


def _is_policy(text: str) -> bool:
    """Tell whether ``text`` is the name of a policy and nothing else."""
    return names_only(text) is not None or names_only(_uninflected(text)) is not None


def _uninflected(text: str) -> str:
    """Return ``text`` without the articles, prepositions and cases that some languages write in one word with a name.

    That is rough: it makes words that are none, but no name of a policy where there is no such name.
    """
    return _CASE.sub("", _PREFIXED.sub("", text))


def _asks_alone(words: str) -> bool:
    """Tell whether a heading asks for agreement though it names no policy: "I agree" does.

    "Accepted" does not: that is what organizers do with people.
    """
    return _is_plain(words) and (_words("first").match(words) or not _words("granted").match(words))


@lru_cache(maxsize=1024)
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
    sure = languages and not _any("asking", languages, words)
    return Agreed.AGREED if sure and all(map(_is_agreement, _clauses(text))) else Agreed.UNKNOWN


def _is_agreement(clause: str) -> bool:
    """Tell whether a clause, or every part of it between the words for "and", is nothing but agreement or a policy."""
    return any(
        all(_is_plain(folded(piece)) or _is_policy(_rest(piece)) for piece in pieces)
        for pieces in ([clause], _parts(clause))
    )


def template(name: str) -> Agreed | None:
    """Return what a template of that name says as an answer ({{yes}}, {{done}}, {{cross}}); None for any other."""
    words = folded(name)
    if words in _exact("yes_templates"):
        return Agreed.AGREED
    return Agreed.NOT_AGREED if words in _exact("no_templates") else None


def together(said: Iterable[Agreed]) -> Agreed:
    """Return what several answers to one question come to: they count where they say the same."""
    found = set(said)
    return found.pop() if len(found) == 1 else Agreed.UNKNOWN


def to_all(said: Iterable[Agreed]) -> Agreed:
    """Return what the answers to several questions come to: who agreed to each of them agreed."""
    found = set(said)
    return Agreed.NOT_AGREED if Agreed.NOT_AGREED in found else together(found)


@lru_cache(maxsize=1024)
def remark(text: str) -> Agreed | None:
    """Return what somebody says beside their own name; None when it is not about agreeing to a policy."""
    words = folded(text[:LONGEST_REMARK])
    languages = _languages(words)
    if not languages or not _names_policy(text[:LONGEST_REMARK]):
        return None
    if _DOUBT.search(text):
        return Agreed.UNKNOWN
    clauses = [folded(clause) for clause in _clauses(text[:LONGEST_REMARK])]
    if any(_any("agree", languages, clause) and _any("not", languages, clause) for clause in clauses):
        return Agreed.NOT_AGREED
    doubtful = _words("hedges").match(words) or _words("other").match(words)
    if doubtful or _any("not", languages, words) or _any("asking", languages, words):
        return Agreed.UNKNOWN
    return Agreed.AGREED if _says_so(text[:LONGEST_REMARK], languages) else Agreed.UNKNOWN


def _says_so(text: str, languages: Iterable[str]) -> bool:
    """Tell whether one piece of the text is nothing but agreement, and it or another nothing but a policy."""
    agreed = named = False
    clauses = _clauses(text)
    for piece in (*clauses, *(part for clause in clauses for part in _parts(clause))):
        words = folded(piece)
        agreeing = _any("agree", languages, words)
        policy = _is_policy(_rest(piece))
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


def _clauses(text: str) -> list[str]:
    return [clause for clause in _PIECES.split(text) if not clause.isspace() and clause]


def _parts(clause: str) -> list[str]:
    """Return a clause cut at every "and"; in some language that may be a part of another word."""
    found: list[list[str]] = [[]]
    for word in clause.split():
        if folded(word).strip() in conjunctions():
            found.append([])
        else:
            found[-1].append(word)
    return [" ".join(part) for part in found if part]


@lru_cache(maxsize=1024)
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
    if not languages or not _names_policy(text[:LONGEST_REMARK]):
        return None
    asking = _any("asking", languages, words) or bool(_DOUBT.search(text))
    signing = _any("signing", languages, words)
    beside = _words("matters").match(folded(_until_policy(text[:LONGEST_REMARK])))
    if _any("not", languages, words) or beside or asking:
        return Agreed.UNKNOWN if signing or asking else None
    if signing or (_any("first", languages, words) and _says_so(text[:LONGEST_REMARK], languages)):
        return Agreed.AGREED
    return None


def _until_policy(text: str) -> str:
    """Return ``text`` until it has named a policy: what else it asks for stands before."""
    parts = re.split(r"(\s+)", text)
    count = bisect_left(range(len(parts)), 1, key=lambda end: int(_names_policy("".join(parts[:end]))))
    return "".join(parts[:count])


def is_own_word(text: str) -> bool:
    """Tell whether agreement is said in the first person alone, not as a condition of signing."""
    words = folded(text[:LONGEST_REMARK])
    return not _any("signing", _languages(words), words)


def list_heading(text: str) -> Agreed | None:
    """Return what it means to stand in a list under the heading ``text``; None: it names no agreement or no policy."""
    words = folded(text[:LONGEST_HEADING])
    languages = _languages(words)
    if not languages or not _names_policy(text) or _words("other").match(words):
        return None
    if _any("not", languages, words):
        return Agreed.NOT_AGREED
    if _sentence(text) is not Agreed.AGREED and not _says_so(text[:LONGEST_HEADING], languages):
        return None
    return Agreed.UNKNOWN if _DOUBT.search(text) or _any("asking", languages, words) else Agreed.AGREED
