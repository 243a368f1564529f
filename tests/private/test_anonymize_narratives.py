"""Whole narratives, in several languages and scripts, become the public text that a person would make of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.private import incident_people
from bot.private.anonymize import anonymize

_NARRATIVES = tomllib.loads(Path(__file__).with_name("anonymize_narratives.toml").read_text(encoding="utf-8"))[
    "narrative"
]


@pytest.mark.parametrize("told", [pytest.param(one, id=one["id"]) for one in _NARRATIVES])
def test_narratives(told: dict[str, Any]) -> None:
    people = incident_people.read(told["people"], "")
    made = anonymize(
        told["text"].strip(),
        people,
        told.get("places", ()),
        coarseness=told.get("dates", "month"),
        keep=told.get("keep", ()),
    )
    marked = [place.excerpt.partition("»")[2].partition("«")[0] for place in made.left]
    assert marked == told.get("left", [])
    if "public" in told:
        assert made.text == told["public"].strip()
    looked = " ".join(place.excerpt for place in made.look_at)
    assert [word for word in told.get("look_at", []) if word not in looked] == []
