"""The default world of a test wiki; every name is invented."""

from __future__ import annotations

from tests.sandbox.world import World


def seed(world: World) -> None:
    """Fill a new wiki."""
    world.add_event("Event:Learning Clinic", [f"Reader {n:03}" for n in range(1, 41)], ["Private Reader"])
