"""Who agreed to the event's policies on a sign-up page, by the line of each; must not know who they are.

Five places tell: a column of a table, a parameter of a template, a condition above a list ("By signing below you agree
to …"), a list of its own of those who agree, a remark beside a name. What a person says for themselves goes before
what a condition makes of them, and that before not standing where others do; where these contradict, it is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import Agreed, Signups, SiteInfo
from bot.parse import agreement_forms, agreement_sections
from bot.parse.agreement_entries import Entries, Page, Said
from bot.parse.agreement_words import together
from bot.parse.markup import lines, mask
from bot.parse.signup_strikes import struck_spans

# Of what several entries of one person say, the first in this order counts.
_SUREST = (Agreed.AGREED, Agreed.NOT_AGREED, Agreed.UNKNOWN)


def read(text: str, site: SiteInfo, signups: Signups) -> Mapping[int, Agreed]:
    """Return for lines of ``signups``, which were read from ``text``, whether somebody agreed there.

    A line that is not in the answer was not asked. AGREED is given only where the words leave no doubt, for one person
    a line; UNKNOWN is given where agreement is asked for and the answer is not plain.
    """
    entries = Entries.of(signups)
    if not entries.names:
        return {}
    masked = mask(text)
    page = Page(lines(text, masked), struck_spans(masked) if "<" in masked else [], site, entries)
    said = Said()
    agreement_forms.read_tables(page, said)
    agreement_forms.read_templates(masked, page, said)
    agreement_sections.read(page, said)
    found: dict[int, Agreed] = {}
    for line, counted in entries.counted.items():
        meant = _of(line, said)
        if meant is not None:
            found[counted] = min(found.get(counted, meant), meant, key=_SUREST.index)
    return found


def _of(line: int, said: Said) -> Agreed | None:
    if own := said.own.get(line):
        return together(own)
    under = said.under.get(line)
    if line in said.absent:
        return Agreed.UNKNOWN if under is Agreed.AGREED else Agreed.NOT_AGREED
    return under
