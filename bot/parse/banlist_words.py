"""The words by which a page that lists bans is understood: headings, connecting words, dates; reads no page itself."""

from __future__ import annotations

import re
from enum import Enum

_MARKS = "\u0300-\u036f\u0900-\u0965\u0970-\u0dff\u0e31-\u0e4e\u200c\u200d"
_WORD = rf"(?:(?!\d)[\w{_MARKS}]){{3,16}}\.?"
_DAY = r"\d{1,2}(?:\.|º|°|er|re|st|nd|rd|th|-?[а-яіє]{1,2}|일|日)?"
_OF = r"(?:de\s+|del\s+|di\s+|of\s+|ta['’]\s?|d['’]\s?)?"

# Dates as lists write them; month names are not looked up, since a list may be in any language.
DATE = re.compile(
    r"(?<!\d)(?:"
    r"\d{4}-\d{2}-\d{2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일])?"
    r"|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm|,)\s+\d{4}"
    rf"|{_DAY}\s+{_OF}{_WORD}\s*,?\s+(?:de\s+|del\s+|of\s+)?\d{{4}}"
    rf"|\d{{4}}\.?\s+{_WORD}\s+\d{{1,2}}\.?"
    rf"|(?P<month>{_WORD})\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?:de\s+|del\s+|of\s+)?\d{{4}}"
    r"|\d{4}-\d{2})(?!-?\d)"
)
YEAR = re.compile(r"\d{4}(?!-?\d)")


def _words(words: str, anywhere: str = "", behind: str = "") -> re.Pattern[str]:
    """Return a pattern: any of ``words`` whole, or ``anywhere`` (scripts without blanks), and then ``behind``."""
    either = rf"\b(?:{words})\b" + (f"|{anywhere}" if anywhere else "")
    return re.compile(rf"(?:{either}){behind}".replace("\n", ""), re.IGNORECASE)


SINCE = _words(
    """since|as of|from|effective|closed|enacted|imposed|banned|seit|depuis|desde|dal|dall|dès|od|vanaf|sinds|sedan|
siden|ab|с|со|з|від|от|sejak|kutoka|tangu|mula|από|óta|începând|начиная""",
    "منذ|از|מאז|से|থেকে|自|から|부터",
    r"[\s:,(]*(?:(?:on the|on|in|le|el|den|dem|am|il|du|ngày)\s+)?$",
)
NOT_SINCE = _words(
    r"""until|till|to|expire[sd]?|expir\w+|lifted|lift|ends?|ended|unbanned|reviewed?|appeal\w*|bis|hasta|
jusqu\w*|fino|до""",
    behind=r"[^.;]{0,20}$",
)
NOT_A_MONTH = _words(
    """since|from|until|till|before|after|about|around|circa|years?|wikimania|conference|early|late|mid|spring|summer|
autumn|winter|seit|desde|depuis|dal|bis|hasta|jusque|od|от|до|bans?|banned|case|number|ticket|request|closed|opened|
user|account|the"""
)
LIFTED = _words(
    r"""lifted|unbanned|un-banned|rescinded|revoked|overturned|vacated|expired|withdrawn|no longer banned|
ban (?:was |has been |is )?(?:removed|ended|reversed|over)|successfully appealed|
appeal (?:was )?(?:granted|accepted|successful)|not banned|with no ban|aufgehoben|entsperrt|levantad[oa]|revocad[oa]|
levée?|révoquée?|revocato|revogad[oa]|opgeheven|uchylon[ya]|cofnięt[ya]|снята?|отмен[её]н\w*|знят\w+|скасован\w*|
kaldırıldı|dicabut""",
    "解除|撤销|撤銷|해제|हटाय",
)
STILL = _words(
    r"""re-?imposed|re-?instated|re-?banned|banned again|restored|renewed|never (?:been )?lifted|remains? banned|
not (?:been )?(?:lifted|revoked|rescinded|overturned)|still banned|ban remains|
(?:un-?ban|lift\w*|appeal)[^.;,]{0,40}\b(?:declined|denied|rejected|refused|unsuccessful|failed)|
(?:declined|denied|rejected|unsuccessful\w*|failed)[^.;,]{0,30}\b(?:appeal\w*|unban|lift\w*)"""
)
ALSO = _words(
    r"""also|a\.?k\.?a|alias(?:es)?|alts?|alternat\w+|formerly|former|previously|old name|new name|now|renamed|
known as|sock\w*|accounts?|including|incl|operating|operator|auch|früher|ehemals|también|antes|aussi|anciennement|
também|anche|ook|også|även|również|также|ранее|також""",
    "又名|別名|또한|भी",
)
PERSON = _words(
    r"""by|per|closers?|via|proposed|proposer|requested|requester|request(?:ed)? (?:by|of|from)|nominat\w+|filed|
initiated|reported|reporter|see|cf|thanks|contact|admin\w*|steward\w*|bureaucrat|staff|office|notified|informed|listed|added|
victim\w*|impersonat\w+|not|unrelated|confused?|different|against|harass\w+|target\w*|von|durch|por|par|da|dal|door|
przez|av|af|oleh|beantragt|cerrad[oa]|clôturée?|fechad[oa]""",
    "由|による",
)
_SEPARATORS = r"[\s,;/&+()\[\]|·•=:'’\"“”.–—-]{0,60}"
JOINED = re.compile(
    rf"{_SEPARATORS}(?:\b(?:and|or|und|et|y|e|en|og|och|i|и|та|ve|dan)\b|[と和与])?{_SEPARATORS}", re.IGNORECASE
)
CLOCK = re.compile(r"\d{1,2}:\d{2}")

# Words that may stand before the account on a line: "Banned user: …", "Global ban of …".
LEAD = _words(
    r"""user ?names?|users?|accounts?|names?|banned|bans?|globally|global|indefinite(?:ly)?|infinite|of|for|the|wmf|
foundation|wikimedia|community|since|on|in|closed|benutzer(?:in|konto)?|utilisat\w+|usuari\w+|utente|gebruiker|
участни\w+|käyttäjä""",
    "用户|利用者",
)
BANNED = _words(r"ban|bans|banned|gesperrt|banni\w*|expulsad\w*|забанен\w*", "封禁")


class Kind(Enum):
    """What stands under a heading."""

    BANS = "bans"  # people who are banned now
    LIST = "list"  # a part of a list that says nothing else: a letter, a year, "Accounts"
    OTHER = "other"  # surely no banned people: see also, failed requests, lifted bans
    PROCEDURE = "procedure"  # requests, discussions, archives: who stands there may be banned or not
    UNKNOWN = "unknown"


_NOT_BANNED = re.compile(
    r"unsuccessful|fail(?:ed|ure)|declined|reject|denied|\bformer|\bpast\b|lifted|expired|overturned|unbanned|revoked|"
    r"rescinded|withdrawn|invalid|not banned|no ban|without ban|\bended\b|removed|aufgehoben|ehemalig|frühere|levantad|"
    r"anciens?\b|levée",
    re.IGNORECASE,
)
_PROCEDURE = re.compile("appeal|request|propos|nominat|discuss|candidate|pending|archiv|histor|previous", re.IGNORECASE)
_BESIDE = _words(
    r"""see also|references?|notes?|footnotes?|external links?|further reading|related\b.*|about\b.*|introduction|
overview|background|.*\bpolic(?:y|ies)|procedures?|process|how to\b.*|instructions?|purpose|format|maint\w+|contacts?|
.*\blogs?|faq|legend|key|navigation|links|sources|statistics|criteria|definitions?|scope|what .*|categories|languages?|
siehe auch|einzelnachweise|véase también|voir aussi|références|ver también|ver também|vedi anche|zie ook|zobacz też|
см\. также|див\. також""",
    "参见|參見|関連項目|같이 보기|इन्हें भी देखें",
)
_BANS = _words(
    """bans?|banned|ban ?list|blocked|locked|gesperrte?r?|gebannte?r?|bannie?s?|expulsad[oa]s?|bloquead[oa]s?|
banead[oa]s?""",
    "забанен|заблокир|封禁|追放|محظور",
)
_PART = re.compile(
    r"(?:(?:the|current|active|full) )*(?:lists?|accounts?|users?|user ?names?|names|people|entries|current|active)"
    r"|\w|\w\s?[-–—]\s?\w|\d{4}(?:\s?[-–—]\s?\d{4})?|[#!*&]|symbols?|numbers?|others?",
    re.IGNORECASE,
)
# The two headings of Meta's "List of globally banned users", and the one that a third authority would get.
_AUTHORITY = re.compile(
    r"(?:(?:users|accounts|people) )?(?:currently |globally )*banned by (?:the )?"
    r"(?:(?P<community>(?:wikimedia )?community)|(?P<wmf>wikimedia foundation|foundation|wmf)"
    r"|(?P<u4c>u4c|universal code of conduct(?: coordinating committee)?(?: \(u4c\))?))",
    re.IGNORECASE,
)


def kind(heading: str) -> Kind:
    """Return what stands under a heading (without markup)."""
    if _NOT_BANNED.search(heading) or _BESIDE.fullmatch(heading):
        return Kind.OTHER
    if _PROCEDURE.search(heading):
        return Kind.PROCEDURE
    if _BANS.search(heading):
        return Kind.BANS
    return Kind.LIST if _PART.fullmatch(heading) else Kind.UNKNOWN


def authority(heading: str) -> str | None:
    """Return whose bans stand under a heading of Meta's list ("community", "wmf", "u4c"), None for another heading."""
    found = _AUTHORITY.fullmatch(heading)
    return found.lastgroup if found else None
