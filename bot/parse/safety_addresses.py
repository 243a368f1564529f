"""The e-mail addresses of a page, however they are hidden from harvesters; must not know whose they are."""

from __future__ import annotations

import re

from bot.parse.markup import visible

# Forms of the "@", in the order in which they are undone.
_AT = (
    re.compile(
        r"\[\[\s*(?:File|Image|Datei|Fichier|Archivo|Ficheiro)\s*:[^\[\]]*\bat[ _-]?sign[^\[\]]*\]\]", re.IGNORECASE
    ),
    re.compile(r"\{\{\s*(?:@|at|arobase|arroba|at sign|\(at\))\s*\}\}", re.IGNORECASE),
    re.compile(r"&#(?:64|x0*40);|&commat;|＠", re.IGNORECASE),
    re.compile(r"\s?[(\[{<]\s*(?:_?at_?|@|arroba|arobase)\s*[)\]}>]\s?", re.IGNORECASE),
)
_SPLIT = re.compile(
    r"\{\{\s*(?:no[ _-]?spam|e-?mail|mailto|courriel)\s*\|\s*(?:1=)?\s*([\w.+-]+)\s*\|"
    r"\s*(?:2=)?\s*([\w-]+(?:\.[\w-]+)+)\s*[|}]",
    re.IGNORECASE,
)
_EMAIL_USER = re.compile(
    r"\[\[\s*:?\s*(?:m(?:eta)?\s*:)?\s*Special\s*:\s*E-?mail[ _]?user/Emergency\s*[|\]]", re.IGNORECASE
)
_SPOKEN = re.compile(r"(?<![\w.+-])([\w.+-]{1,64}) at ([\w-]{1,63}(?: dot [\w-]{1,63}){1,8})\b", re.IGNORECASE)
# What is copied from the rendered page, where the sign is an image.
_LOST = re.compile(r"\b(ca|emergency|u4c|techconduct|legal)(?:\s)?((?:lists\.)?wikimedia\.org)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,24})(?![\w@-])")
_FILES = frozenset({"png", "jpg", "jpeg", "svg", "gif", "webp", "pdf", "ogg", "webm"})


def addresses(text: str) -> tuple[str, ...]:
    """Return the addresses in masked ``text`` as a@b in lower case, each once, in order."""
    text = visible(text)
    for form in _AT:
        text = form.sub("@", text)
    text = _SPLIT.sub(r" \1@\2 ", text)
    text = _EMAIL_USER.sub(" emergency@wikimedia.org ", text)
    text = _SPOKEN.sub(lambda found: f"{found[1]}@{re.sub(' dot ', '.', found[2], flags=re.IGNORECASE)}", text)
    text = _LOST.sub(r"\1@\2", text)
    found = (f"{name}@{host}".lower() for name, host in _ADDRESS.findall(text))
    return tuple(dict.fromkeys(one.strip(".") for one in found if one.rpartition(".")[2] not in _FILES))
