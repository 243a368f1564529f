"""The test wiki answers as the real ones do (samples/), and comes and goes as ordered."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import Any

from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World


def ask(wiki: Sandbox, **params: str) -> Any:
    query = urllib.parse.urlencode({"format": "json", "formatversion": "2", "action": "query", **params})
    with urllib.request.urlopen(f"{wiki.url}/w/api.php?{query}", timeout=30) as answer:
        return json.loads(answer.read())


def test_a_reset_takes_back_what_a_test_did(wiki: Sandbox, world: World) -> None:
    world.account("Passing Guest")
    world.lock("Passing Guest")
    asked = {"list": "globalusers|users", "gususers": "Passing Guest", "ususers": "Passing Guest", "gusprop": "locked"}
    assert ask(wiki, **asked)["query"]["globalusers"][0]["locked"] is True
    wiki.reset()
    assert ask(wiki, **asked)["query"] == {
        "globalusers": [{"name": "Passing Guest", "missing": True}],
        "users": [{"name": "Passing Guest", "missing": True}],
    }
