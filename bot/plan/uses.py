"""How much of each limit edits use; ``plan.safety`` is what refuses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.plan.edits import Edit

_WORD = re.compile(r"\w+|\W")


def of(edits: Sequence[Edit]) -> dict[str, float]:
    """Return a number for each field of ``config.Limits``, by its name and in its order."""
    return {
        "edits": len(edits),
        "pages": len({edit.title for edit in edits}),
        "talk_pages": len({edit.title for edit in edits if edit.namespace % 2}),
        "new_pages": sum(edit.creates for edit in edits),
        "bytes_removed": sum(map(removed, edits)),
        "share_removed": max(map(share_removed, edits), default=0.0),
    }


def removed(edit: Edit) -> int:
    """Return how many bytes of the old text are gone: of its words and signs those that the new text does not have.

    What is put in their place takes nothing off, or a page could be replaced as a whole; what is moved is not gone.
    """
    gone = Counter(_WORD.findall(edit.old_text)) - Counter(_WORD.findall(edit.text))
    return sum(len(word.encode()) * number for word, number in gone.items())


def share_removed(edit: Edit) -> float:
    """Return which part of the page is gone, from 0 to 1."""
    return removed(edit) / max(1, old_bytes(edit))


def old_bytes(edit: Edit) -> int:
    """Return how long the page is, in UTF-8; 0 where there is none."""
    return 0 if edit.creates else len(edit.old_text.encode())


def growth(edit: Edit) -> int:
    """Return by how many bytes the page becomes longer, below 0 shorter."""
    return len(edit.text.encode()) - old_bytes(edit)
