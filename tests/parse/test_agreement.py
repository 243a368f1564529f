"""Who agreed is read from sign-up pages of many forms and languages, and nobody is taken to have agreed in doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Agreed
from bot.parse import agreement, signups
from bot.parse.sites import META

PAGES = sorted((Path(__file__).parent / "agreement_pages").glob("*.wiki"))


def read(text: str) -> dict[str | None, str]:
    found = signups.read(text, META)
    agreed = agreement.read(text, META, found)
    return {r.name: agreed.get(r.origin.line or 0, Agreed.NOT_ASKED).value for r in found.registrants}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages(path: Path) -> None:
    assert read(path.read_text(encoding="utf-8")) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
