"""A block stands where it breaks nothing, and where people look for it."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.config import Notices
from bot.parse.safetypage import read
from bot.parse.sites import META
from bot.plan.placement import Kind, insertion, place
from bot.plan.rewrite import edit
from tests.parse.event_forms import Form, forms

BLOCK = "{{Event safety notice\n| event = X\n}}"


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_pages(form: Form, kind: Kind) -> None:
    if kind not in form.expected:
        kind_expected = form.expected["notice"]
    else:
        kind_expected = form.expected[kind]
    found = place(form.text, META, read(form.text, META, Notices(), form.title), kind)
    if kind_expected is None:
        assert found.at is None
        return
    assert found.at is not None, found.why
    before = [line for line in form.text[: found.at].split("\n") if line.strip()]
    after = [line for line in form.text[found.at :].split("\n") if line.strip()]
    above, below = kind_expected
    got = (before[-1] if before else "", after[0] if after else "")
    assert above in got[0] and below in got[1] and bool(below) == bool(got[1]), (got, found.why)
