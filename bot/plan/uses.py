"""How much of each limit edits use, to be shown beside the limit; ``plan.safety`` is what refuses, and counts alike."""

from __future__ import annotations

from collections.abc import Sequence

from bot.plan.edits import Edit


def of(edits: Sequence[Edit]) -> dict[str, float]:
    """Return a number for each field of ``config.Limits``, by its name and in its order."""
    return {
        "edits": len(edits),
        "pages": len({edit.title for edit in edits}),
        "talk_pages": len({edit.title for edit in edits if edit.namespace % 2}),
        "new_pages": sum(edit.creates for edit in edits),
        "bytes_removed": sum(max(0, -growth(edit)) for edit in edits),
        "share_removed": max((max(0, -growth(edit)) / max(1, old_bytes(edit)) for edit in edits), default=0.0),
    }


def old_bytes(edit: Edit) -> int:
    """Return how long the page is, in UTF-8; 0 where there is none."""
    return 0 if edit.creates else len(edit.old_text.encode())


def growth(edit: Edit) -> int:
    """Return by how many bytes the page becomes longer, below 0 shorter."""
    return len(edit.text.encode()) - old_bytes(edit)
