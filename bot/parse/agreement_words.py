"""What words about agreeing to a policy mean, in many languages: headings, answers, remarks, conditions of signing up.

It knows no wikitext and no page. What it is not sure of is UNKNOWN: a false AGREED is the worse mistake.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from bot.model import Agreed
from bot.parse import agreement_phrases as phrases
from bot.parse.signup_words import folded

LONGEST_HEADING, LONGEST_REMARK = 600, 1200
_YES_MARKS = "✓✔✅☑🗸👍🗹🆗"
_NO_MARKS = "✗✘❌✖☐👎"
_MARKS = re.compile(f"[{_YES_MARKS}{_NO_MARKS}]")
_BLANK = re.compile(r"[\s\-–—−_.…·/\\|*:]*")
_DOUBT = re.compile(r"[?？؟¿❓☒❎]")
_PLUS = re.compile(r"\+(?:\s*1)?")
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]{0,20}[)）\]]")
_SENTENCES = re.compile(r"(?<=[.!?;؟؛।])\s+|(?<=[。！？；])|<br\b[^<>]*>|\n")


def agrees(text: str) -> bool:
    """Tell whether ``text`` holds a word of agreement in any language; the quick question before the others."""
    return phrases.words_of("agree").match(folded(text))


@lru_cache(maxsize=1024)
def heading(text: str) -> Agreed | None:
    """Return what a "yes" below the heading ``text`` (of a column, a parameter) says; None: it asks for no agreement.

    "Friendly space policy", "I agree" and "Agree to UCoC?" give AGREED. "Read the UCoC?" gives UNKNOWN: who has read
    something need not agree.
    """
    text = _BRACKETS.sub(_without_choices, text[:LONGEST_HEADING])
    words = folded(text)
    if phrases.words_of("other").match(words):
        return None
    languages = phrases.languages(words)
    if languages:
        if not phrases.names_policy(text) and not _asks_alone(words):
            return None
        return Agreed.UNKNOWN if phrases.holds("not", languages, words) else Agreed.AGREED
    if phrases.words_of("read").match(words):
        return Agreed.UNKNOWN if phrases.is_policy(phrases.rest(text)) else None
    return Agreed.AGREED if phrases.is_policy(text) else None


def _without_choices(brackets: re.Match[str]) -> str:
    """Return nothing for the answers that a heading offers: "(yes/no)"."""
    offered = (folded(word) for word in re.split(r"[\W_]+", brackets[0]) if word)
    return " " if all(word in phrases.exact("yes") | phrases.exact("no") for word in offered) else brackets[0]


def _asks_alone(words: str) -> bool:
    """Tell whether a heading asks for agreement though it names no policy: "I agree" does.

    "Accepted" does not: that is what organizers do with people.
    """
    return phrases.is_plain(words) and (
        phrases.words_of("first").match(words) or not phrases.words_of("granted").match(words)
    )


@lru_cache(maxsize=1024)
def answer(text: str) -> Agreed:
    """Return what a cell or value says, as a reader sees it, below a heading that asks for agreement."""
    text = text.replace("\ufe0f", "").strip()
    if _DOUBT.search(text) or len(text) > LONGEST_REMARK:
        return Agreed.UNKNOWN
    said = {Agreed.AGREED if mark in _YES_MARKS else Agreed.NOT_AGREED for mark in _MARKS.findall(text)}
    words = folded(_MARKS.sub(" ", text))
    if _PLUS.fullmatch(text):
        said.add(Agreed.AGREED)
    elif not words.isspace():
        said.add(_answered(words, text))
    elif not said:
        said.add(Agreed.NOT_AGREED if _BLANK.fullmatch(text) else Agreed.UNKNOWN)
    return together(said)


def _answered(words: str, text: str) -> Agreed:
    if words in phrases.exact("yes"):
        return Agreed.AGREED
    if words in phrases.exact("no"):
        return Agreed.NOT_AGREED
    languages = phrases.languages(words)
    if phrases.holds("not", languages, words):
        return Agreed.NOT_AGREED
    sure = languages and not phrases.holds("asking", languages, words)
    return Agreed.AGREED if sure and all(map(phrases.is_agreement, phrases.clauses(text))) else Agreed.UNKNOWN


def template(name: str) -> Agreed | None:
    """Return what a template of that name says as an answer ({{yes}}, {{done}}, {{cross}}); None for any other."""
    words = folded(name)
    if words in phrases.exact("yes_templates"):
        return Agreed.AGREED
    return Agreed.NOT_AGREED if words in phrases.exact("no_templates") else None


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
    languages = phrases.languages(words)
    if not languages or not phrases.names_policy(text[:LONGEST_REMARK]):
        return None
    if _DOUBT.search(text) or len(text) > LONGEST_REMARK:
        return Agreed.UNKNOWN
    clauses = [folded(clause) for clause in phrases.clauses(text)]
    if any(phrases.holds("agree", languages, clause) and phrases.holds("not", languages, clause) for clause in clauses):
        return Agreed.NOT_AGREED
    doubtful = phrases.words_of("hedges").match(words) or phrases.words_of("other").match(words)
    if doubtful or phrases.holds("not", languages, words) or phrases.holds("asking", languages, words):
        return Agreed.UNKNOWN
    return Agreed.AGREED if phrases.says_so(text, languages) else Agreed.UNKNOWN


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
    languages = phrases.languages(words)
    if not languages or not phrases.names_policy(text[:LONGEST_REMARK]):
        return None
    asking = phrases.holds("asking", languages, words) or bool(_DOUBT.search(text)) or len(text) > LONGEST_REMARK
    signing = phrases.holds("signing", languages, words)
    beside = phrases.words_of("matters").match(folded(_until_policy(text[:LONGEST_REMARK])))
    if phrases.holds("not", languages, words) or beside or asking:
        return Agreed.UNKNOWN if signing or asking else None
    if signing or (phrases.holds("first", languages, words) and phrases.says_so(text[:LONGEST_REMARK], languages)):
        return Agreed.AGREED
    return None


def _until_policy(text: str) -> str:
    """Return ``text`` until it has named a policy: what else it asks for stands before."""
    parts = re.split(r"(\s+)", text)
    count = bisect_left(range(len(parts)), 1, key=lambda end: int(phrases.names_policy("".join(parts[:end]))))
    return "".join(parts[:count])


def is_own_word(text: str) -> bool:
    """Tell whether agreement is said in the first person alone, not as a condition of signing."""
    words = folded(text[:LONGEST_REMARK])
    return not phrases.holds("signing", phrases.languages(words), words)


def list_heading(text: str) -> Agreed | None:
    """Return what it means to stand in a list under the heading ``text``; None: it names no agreement or no policy."""
    words = folded(text[:LONGEST_HEADING])
    languages = phrases.languages(words)
    if not languages or not phrases.names_policy(text) or phrases.words_of("other").match(words):
        return None
    if phrases.holds("not", languages, words):
        return Agreed.NOT_AGREED
    if _sentence(text) is not Agreed.AGREED and not phrases.says_so(text[:LONGEST_HEADING], languages):
        return None
    return Agreed.UNKNOWN if _DOUBT.search(text) or phrases.holds("asking", languages, words) else Agreed.AGREED
