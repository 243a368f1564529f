"""What is recorded on the test wiki and replayed without one: a name, the words of the command, its exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
CASSETTES = ROOT / "cassettes"


@dataclass(frozen=True, slots=True)
class Recording:
    """A command, and how it must end; its answers lie in cassettes/NAME.yaml and its output in cassettes/NAME.out."""

    words: tuple[str, ...]
    code: int


RECORDINGS: Mapping[str, Recording] = {
    "demo/check": Recording(("check", "Event:Learning Clinic"), 10),
    "check/in_person": Recording(("check", "Event:Riverside Meetup"), 0),
    "check/sign_up_page": Recording(("check", "Photo walk 2026"), 11),
    "check/other_wikis": Recording(("check", "Central contest"), 11),
    "check/hostile_names": Recording(("check", "-v", "Event:Names That Bite"), 11),
    "check/no_such_page": Recording(("check", "Event:No Such Page"), 1),
    "check/no_list": Recording(("check", "Event:Page Without Registration"), 1),
    "check/unknown_registration": Recording(("check", "#999"), 1),
}
