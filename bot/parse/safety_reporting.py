"""Whom to turn to and where to report, as the sections of a page about safety say it; must not know the rest of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model import NameState, SiteInfo
from bot.parse import safety_words as words
from bot.parse.calls import Call
from bot.parse.markup import Line, plain, visible
from bot.parse.safety_addresses import addresses
from bot.parse.safety_links import Link, Policies, links
from bot.parse.signup_marks import scan
from bot.parse.usernames import canonical, from_target

_PHONE = re.compile(r"(?<![\d:./-])(?:\+\d[\d ()-]{5,20}\d|0\d[\d ()-]{5,20}\d)(?![\d:/-]|\.\d)")
_SHORT_NUMBER = re.compile(r"(?<![\d:./-])(?:[019]\d\d|08|15|17|18)(?![\d:/-]|\.\d|\s*(?:th|st|nd|rd)\b)")
_OF_A_PERSON = re.compile(r"(?:name|user|contact|member|username)?[ _-]?\d*", re.IGNORECASE)
_ITEM = ("*", "#", ":")


class Reporting:
    """What ``lines``, those of the sections about safety, say."""

    def __init__(self, lines: Sequence[Line], site: SiteInfo, reader: Policies) -> None:
        self._lines, self._site, self._reader = lines, site, reader
        self._reports = self._where_to_report()

    def _where_to_report(self) -> list[Line]:
        """Return the lines that say where to report, with the items of a list behind them."""
        found: list[Line] = []
        goes_on = False
        for line in self._lines:
            said = visible(line.text).strip()
            if words.reports(plain(said)) or (goes_on and said.startswith(_ITEM)):
                found.append(line)
                goes_on = said.startswith(_ITEM) or said.endswith((":", "："))
            else:
                goes_on = False
        return found

    def people(self) -> tuple[str, ...]:
        """Return the users named, by canonical name."""
        mentions = [mention for line in self._lines for mention in scan(line.text, self._site).mentions]
        return tuple(
            dict.fromkeys(
                one.name
                for one in mentions
                if one.state is NameState.ACCOUNT and (one.how, one.name) != ("email", "Emergency")
            )
        )

    def is_private(self) -> bool:
        """Tell whether one can report out of sight: to an address, by a form, by telephone."""
        return any(
            addresses(line.text)
            or any(self._is_private_link(link) for link in links(line.text))
            or _PHONE.search(plain(line.text)) is not None
            for line in self._reports
        )

    def _is_private_link(self, link: Link) -> bool:
        if link.external:
            return self._reader.kind(link) is None
        found = from_target(link.target, self._site)
        return found is not None and found.how == "email"

    def is_public(self) -> bool:
        """Tell whether a page of the wiki is named on which to report."""
        return any(self._is_public_link(link) for line in self._reports for link in links(line.text))

    def _is_public_link(self, link: Link) -> bool:
        if link.external or self._reader.kind(link) or from_target(link.target, self._site):
            return False
        head, colon, _ = link.target.lstrip(": ").partition(":")
        talk = {name.casefold() for number, names in self._site.namespaces.items() if number % 2 for name in names}
        is_talk = bool(colon) and head.replace("_", " ").casefold() in talk - _SPECIAL
        return is_talk or (head.casefold() not in _SPECIAL and words.reports(f"{link.target} {link.label}"))

    def is_for_emergencies(self) -> bool:
        """Tell whether a number for emergencies is named."""
        return any(
            words.is_emergency(said) and (_PHONE.search(said) or _SHORT_NUMBER.search(said))
            for said in (plain(line.text) for line in self._lines)
        )


_SPECIAL = frozenset({"special", "media", "file", "image", "category"})


def listed_people(call: Call, site: SiteInfo) -> tuple[str, ...]:
    """Return the users that a template which lists whom to turn to names in its parameters."""
    values = [parameter.value for parameter in call.parameters if _OF_A_PERSON.fullmatch(parameter.name)]
    found: list[str] = []
    for value in values:
        mentions = [(one.name, one.state) for one in scan(value, site).mentions]
        judged = canonical(value, site)
        found += [name for name, state in mentions or [(judged.name, judged.state)] if state is NameState.ACCOUNT]
    return tuple(found)
