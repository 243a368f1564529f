"""Whom the link of a cell leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse.sites import META
from bot.private import cells
from bot.private.cells import Named


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("https://meta.wikimedia.org/wiki/User:Vandal_One", Named(("Vandal One",)), id="a user page"),
        pytest.param("https://de.wikipedia.org/wiki/Benutzer:Zyx", Named(("Zyx",)), id="in words of its language"),
        pytest.param("https://de.wikipedia.org/wiki/User:Zyx", Named(("Zyx",)), id="another wiki"),
        pytest.param("https://meta.wikimedia.org/wiki/User_talk:Zyx#Block", Named(("Zyx",)), id="a talk page"),
        pytest.param("https://meta.wikimedia.org/wiki/Special:Contributions/Zyx", Named(("Zyx",)), id="contributions"),
        pytest.param("https://meta.wikimedia.org/wiki/User:Admin/Zyx", Named(bad=1), id="a page below"),
        pytest.param("https://meta.wikimedia.org/wiki/Blocks", Named(bad=1), id="another page"),
        pytest.param("https://example.org/wiki/User:Zyx", Named(bad=1), id="another site"),
        pytest.param("mailto:zyx@example.org", Named(emails=("zyx@example.org",)), id="a mailbox"),
        pytest.param(
            " MAILTO:zyx%40example.org?subject=Hi@a.b", Named(emails=("zyx@example.org",)), id="with a subject"
        ),
        pytest.param("mailto:", Named(bad=1), id="no mailbox"),
        pytest.param("file:///C:/Users/zyx/list.xlsx", Named(bad=1), id="a file"),
        pytest.param("", Named(bad=1), id="nowhere"),
    ],
)
def test_whom_a_link_leads_to(target: str, expected: Named) -> None:
    assert cells.linked(target, META) == expected


@given(st.text(max_size=40), st.sampled_from(["", "mailto:", "https://meta.wikimedia.org/wiki/", "//"]))
def test_any_link_names_somebody_or_is_bad(text: str, begin: str) -> None:
    found = cells.linked(begin + text, META)
    assert bool(found.users or found.emails) != bool(found.bad)
