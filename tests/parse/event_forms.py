"""The page forms under event_pages: what each page says, and between which lines a block goes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "event_pages"


@dataclass(frozen=True)
class Form:
    name: str
    text: str
    expected: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.expected["title"])


def forms() -> list[Form]:
    found = []
    for path in sorted(FOLDER.glob("*.wiki")):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found.append(Form(path.stem, path.read_bytes().decode(), expected))
    return found
