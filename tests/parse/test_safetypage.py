"""What event pages of all forms say about safety is read; what merely looks like it is not."""

from __future__ import annotations

import pytest

from bot.config import Notices
from bot.parse.safetypage import SafetyPage, read
from bot.parse.sites import META
from tests.parse.event_forms import Form, forms


def said(page: SafetyPage) -> dict[str, object]:
    return {
        "notices": len(page.notices),
        "broken": len(page.broken),
        "policies": {kind.value: target for kind, target in page.policies.items()},
        "public_report": page.public_report,
        "private_report": page.private_report,
        "people": list(page.people),
        "addresses": list(page.addresses),
        "emergency": page.emergency,
        "sections": [section.heading for section in page.sections],
        "names_policy": [[kind.value, line] for kind, line in page.names_policy],
    }


NOTHING = said(SafetyPage())


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_pages(form: Form) -> None:
    expected = NOTHING | {key: value for key, value in form.expected.items() if key in NOTHING}
    assert said(read(form.text, META, Notices(), form.title)) == expected
