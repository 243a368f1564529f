"""Numbers, times and long texts as words for people; knows nothing of what they are about."""

from __future__ import annotations

from datetime import UTC, date, datetime


def count(number: int, one: str, many: str) -> str:
    """Return "1 line" or "1,234 lines"."""
    return f"{number:,} {one if number == 1 else many}"


def cut(text: str, longest: int = 300) -> str:
    """Return ``text``, or its beginning with an ellipsis where it is longer than anybody would read."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def moment(time: datetime | None) -> str:
    """Return a time as "2026-12-24 13:00 UTC", empty for none."""
    return "" if time is None else time.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def utc(time: datetime | None) -> str | None:
    """Return a time as JSON has it, "2026-12-24T13:00:00Z", None for none."""
    return None if time is None else time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(date: date | None) -> str | None:
    """Return a day as JSON has it, "2026-12-24", None for none."""
    return None if date is None else date.isoformat()
