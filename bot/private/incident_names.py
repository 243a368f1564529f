"""Which words of an answer are somebody's name, and which describe or say that nobody is known; knows no record.

An answer is typed while somebody is talking: people stand behind commas and "and", with a user name in brackets, with
what they look like. Where letter case does not tell a name, a word counts as one: what is hidden too much does no harm.
"""

from __future__ import annotations

import re

from bot.parse import sites

_HARD = re.compile(r"[;；\n]")
_SOFT = re.compile(r"\s*[,，、،]\s*|\s+(?:and|und|et|y|e|i|og|och|ja|ve|и|і|та|[&＆+])\s+", re.IGNORECASE)
_AND = re.compile(r"(?:and|und|et|og|och|ve|и|та)\s+", re.IGNORECASE)
_SHELL = re.compile(r"\[\[[^\[\]]{0,300}\]\]|\([^()]*\)|（[^（）]*）")
_WORD = re.compile(r"[^\s,;:!?.()\"“”„«»]+")
_BEHIND_NAME = re.compile(
    r"\s+(?:from|with|who|wearing|perhaps|maybe|probably|mit|avec|was|is|has|looks)\s.*", re.DOTALL
)
_ALIAS = re.compile(r"(?:aka|a\.k\.a\.|alias|called|named|known as)\s+", re.IGNORECASE)
_NOBODY_WORDS = (
    "nobody,no one,noone,no-one,none,no,not,nothing,unknown,not known,anonymous,n/a,na,same,"
    "the same,?,-,–,—,me,myself,i,you,herself,himself,themselves,themself,itself,she,he,they,us,"
    "we,everybody,everyone,many,others,somebody,someone,person,a person,niemand,keiner,keine,"
    "nein,unbekannt,ich,sie,er,sie selbst,er selbst,jemand,personne,aucun,aucune,non,inconnu,"
    "inconnue,elle-même,lui-même,moi,nadie,ninguno,ninguna,desconocido,desconocida,ella misma,"
    "él mismo,yo,ninguém,não,desconhecido,desconhecida,ela própria,eu,nessuno,nessuna,"
    "sconosciuto,никто,никого,нет,неизвестно,неизвестный,она сама,он сам,ніхто,невідомо,ні,nikt,"
    "nie,nieznany,nieznana,kimse,hiç kimse,bilinmiyor,hayır,niemand,ingen,okänd,nej,ei kukaan,"
    "tuntematon,לא ידוע,אף אחד,לא,לא ידועה,لا أحد,مجهول,غير معروف,لا,कोई नहीं,अज्ञात,नहीं,কেউ না,"
    "অজানা,誰も,いない,不明,なし,没有,没有人,无,无人,未知,不知道,沒有,없음,모름"
)
_NOBODY = frozenset(_NOBODY_WORDS.split(","))
# With a further word in lower case behind them these begin a description; "The Anome" and "An Nguyen" stay names.
_DESCRIBING_WORDS = (
    "a an the some somebody someone nobody no not one two three several many few all another "
    "other others unknown both she he they we it his her their my our this that these those "
    "perhaps maybe probably tall short old young badge man woman guy girl boy person people "
    "participant participants attendee attendees ein eine der die das einer jemand er sie es un "
    "une le la les il elle des um uma o os as uno una el los las ella i"
)
_DESCRIBES = frozenset(_DESCRIBING_WORDS.split())


def split(text: str) -> list[str]:
    """Return the parts of an answer that may be a person each; what stands in brackets or a link stays whole."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"\ue000{len(held) - 1}\ue001"

    narrow = re.sub(r"[^\S\n]+", " ", re.sub("[\ue000\ue001]", "", text))  # else a row of blanks takes its square
    bare = _SHELL.sub(hold, narrow)
    parts = (
        _AND.sub("", part, count=1) if _AND.match(part) else part
        for hard in _HARD.split(bare)
        for part in _SOFT.split(hard)
    )
    back = (re.sub("\ue000([0-9]+)\ue001", lambda one: held[int(one[1])], part).strip() for part in parts)
    return [part for part in back if part]


def of_person(part: str, *, has_capitals: bool) -> list[str]:
    """Return the names in a part of an answer, none where it describes somebody or says that nobody is known.

    ``has_capitals`` says whether the answer begins names with capital letters, so that small words are none.
    """
    first, *others = part.split("=")
    rest, names = _outside(first.strip())
    names = [*_name(rest, has_capitals=has_capitals and not others), *names]
    for one in others:  # whoever writes "=" says that it is a name
        rest, aliases = _outside(one.strip())
        names += [bare(rest), *aliases]
    return list(dict.fromkeys(name for name in names if name))


def begins_with_capitals(text: str) -> bool:
    """Return whether any word of an answer begins with a capital letter."""
    return any(word[0].isupper() for word in _WORD.findall(text))


def bare(name: str) -> str:
    """Return a name without what makes a link to a user page of it, in any language."""
    stripped = name.strip()
    inner = re.sub(r"\s*(?:\|[^\]]*)?\]\]\s*$", "", stripped).removeprefix("[[")
    *prefixes, rest = inner.split(":")
    words = [sites.fold(one) for one in prefixes]
    if words and words[-1] in sites.user_words() | {"user"} and all(_is_prefix(one) for one in words[:-1]):
        return re.split(r"[/|]", rest)[0].strip()
    return stripped


def _outside(name: str) -> tuple[str, list[str]]:
    """Return a name without what stands in round brackets, and the user names and further names from there."""
    aliases: list[str] = []
    for found in _SHELL.finditer(name):
        inner = found[0][1:-1].strip()
        if found[0].startswith("[["):
            continue
        if (user := bare(inner)) != inner:
            aliases.append(user)
        elif _ALIAS.match(inner):
            aliases.append(_ALIAS.sub("", inner, count=1))
        elif begins_with_capitals(inner):
            continue  # "Ana (WMF)" is a user name
        name = name.replace(found[0], " ")
    return " ".join(name.split()), aliases


def _name(text: str, *, has_capitals: bool) -> list[str]:
    if (user := bare(text)) != text:
        return [user]
    if text.casefold().strip(" .!") in _NOBODY or not any(c.isalnum() for c in text):
        return []
    words = _WORD.findall(text)
    small = [word for word in words if _is_small(word)]
    if (words[0].casefold() in _DESCRIBES and small[words[0] in small :]) or (words[0] in small and len(words) > 1):
        is_known = not has_capitals and len(words) <= 3 and words[0].casefold() not in _DESCRIBES
        return [text] if is_known else _within(words)
    if words[0] in small and words[0].casefold() in _DESCRIBES:
        return []
    return [_BEHIND_NAME.sub("", text)]


def _within(words: list[str]) -> list[str]:
    """Return the names within a description: words behind the first that begin with a capital letter, in a row."""
    runs: list[list[str]] = [[]]
    for word in words[1:]:
        if word[0].isupper() or re.fullmatch(r"\w*[0-9_]\w*[^\W0-9_]\w*|[^\W0-9_]+_?[0-9_]\w*", word):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [" ".join(run) for run in runs if run]


def _is_small(word: str) -> bool:
    """Whether a word is all in small letters of a script that has capitals; Georgian writes names without."""
    return word[0].title() != word[0] and not any(c.isupper() for c in word)


def _is_prefix(word: str) -> bool:
    return not word or word in sites.INTERWIKIS
