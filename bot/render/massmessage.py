"""The same notice for a human sender: a delivery list and the words for Special:MassMessage; sends nothing.

Source: https://www.mediawiki.org/wiki/Help:Extension:MassMessage. Its ``{{#target:}}`` takes a title as a link does, so
character references in it count. Those who registered privately are not in the list: they are not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot import escape
from bot.model import SiteInfo
from bot.parse.safetypage import REMINDER
from bot.plan import rewrite
from bot.plan.registrants import Message
from bot.render import words

_NOT_PLAIN = re.compile(r"[^\w :.,()-]")
_LIST = """\
== {heading} ==
Made by eventsafety for {event}: the talk pages of people who registered in public, to be sent its {kind}, version \
{version}. Please blank this page after sending.

{targets}
"""
_NAMES_THE_REMINDED = (
    "The list names just those who were asked to agree and have not: keep it off the wiki for",
    "all but the time that sending takes. A blanked page shows it in its history, so ask an",
    "administrator to delete that page, and delete the file.",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the form of Special:MassMessage asks for; the subject becomes the heading of the section.

    ``reminds``: it goes to those alone who were asked to agree and have not.
    """

    subject: str
    body: str
    reminds: bool = False


def delivery_list(titles: Iterable[str], message: Message, site: SiteInfo) -> str:
    """Return a delivery list as wikitext: one line for each title of a talk page on this wiki, each once."""
    host = urlsplit(site.server).netloc
    targets = (f"* {{{{#target:{_title(title)}|{host}}}}}" for title in dict.fromkeys(titles))
    return _LIST.format(
        heading=message.heading,
        event=escape.wikitext(message.event),
        version=escape.wikitext(message.version),
        kind="reminder" if _reminds(message) else "notice",
        targets="\n".join(targets),
    )


def letter(message: Message, sender: str, site: SiteInfo) -> Letter:
    """Return subject and body for a human ``sender``, who signs by name: "~~~~" would be the delivering account.

    The time of the signature, "~~~~~", is filled in by the wiki on delivery.
    """
    user, talk = (site.namespaces.get(number, (name,))[0] for number, name in ((2, "User"), (3, "User talk")))
    name = escape.wikitext(sender)
    signed = f"[[{user}:{name}|{name}]] ([[{talk}:{name}|talk]]) ~~~~~"
    body = f"{rewrite.render(message.template, message.values)}\n{signed}"
    return Letter(message.heading, body, _reminds(message))


def _reminds(message: Message) -> bool:
    return message.template == REMINDER


def _title(title: str) -> str:
    """Return a title that still leads to the very same page: what shows nothing is a part of it as well."""
    return _NOT_PLAIN.sub(lambda found: f"&#{ord(found[0])};", title)


def told(letter: Letter, targets: int, notes: Iterable[str], file: str) -> str:
    """Return for a terminal what to do with the delivery list in ``file``, and who is not in it."""
    who = words.count(targets, "talk page is", "talk pages are")
    lines = [
        f"{who} in {file}. Who may send mass messages saves it as a page, gives that page to",
        "Special:MassMessage with this subject and body, and blanks it once the messages are sent.",
        *(["", *_NAMES_THE_REMINDED] if letter.reminds else []),
        "",
        f"Subject: {letter.subject}",
        "",
        *letter.body.splitlines(),
    ]
    if not targets:
        lines = [f"Nobody is to be told: the list in {file} is empty."]
    left = [f"  - {escape.terminal(note)}" for note in notes]
    return "\n".join([*map(escape.terminal, lines), *(["", "Seen and left alone", *left] if left else [])])
