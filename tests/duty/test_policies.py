"""Which policies hold at an event."""

from __future__ import annotations

import pytest

from bot.config import Notices
from bot.duty import policies
from bot.model import PolicyKind, RosterEvent

UCOC, FRIENDLY, TECHNICAL, OWN = PolicyKind.UCOC, PolicyKind.FRIENDLY, PolicyKind.TECHNICAL, PolicyKind.OWN


@pytest.mark.parametrize(
    ("event", "settings", "kinds"),
    [
        pytest.param(RosterEvent(), Notices(), [UCOC, FRIENDLY], id="whatever the event"),
        pytest.param(RosterEvent(technical=True), Notices(), [UCOC, FRIENDLY, TECHNICAL], id="technical"),
        pytest.param(RosterEvent(technical=False), Notices(), [UCOC, FRIENDLY], id="not technical"),
        pytest.param(RosterEvent(policy="X/Rules"), Notices(), [UCOC, FRIENDLY, OWN], id="its own"),
        pytest.param(RosterEvent(technical=True), Notices(ucoc="", technical=""), [FRIENDLY], id="not in the settings"),
        pytest.param(RosterEvent(), Notices(ucoc="", friendly=""), [], id="none"),
    ],
)
def test_which_policies_hold(event: RosterEvent, settings: Notices, kinds: list[PolicyKind]) -> None:
    found = policies.holding(event, settings)
    assert list(found) == kinds
    assert all(found.values())


def test_each_leads_to_its_page() -> None:
    found = policies.holding(
        RosterEvent(technical=True, policy="X/Rules"), Notices(ucoc="a", friendly="b", technical="c")
    )
    assert found == {UCOC: "a", FRIENDLY: "b", TECHNICAL: "c", OWN: "X/Rules"}
