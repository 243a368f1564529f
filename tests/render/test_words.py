from datetime import date, datetime, timedelta, timezone

import pytest

from bot.render import words


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 lines"), (1, "1 line"), (2, "2 lines"), (1234, "1,234 lines"), (1000001, "1,000,001 lines")],
)
def test_a_number_is_told_with_its_noun(number: int, said: str) -> None:
    assert words.count(number, "line", "lines") == said


def test_times_of_any_zone_are_told_in_utc() -> None:
    assert (
        words.moment(datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))) == "2025-12-31 19:30 UTC"
    )
    assert words.moment(None) == ""
    assert words.utc(datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))) == "2025-12-31T19:30:00Z"
    assert words.utc(None) is None


def test_a_day_is_written_as_json_has_it() -> None:
    assert (words.day(date(2026, 1, 2)), words.day(None)) == ("2026-01-02", None)


@pytest.mark.parametrize(("text", "cut"), [("abc", "abc"), ("a" * 300, "a" * 300), ("a" * 301, "a" * 299 + "…")])
def test_a_text_longer_than_anybody_reads_is_cut(text: str, cut: str) -> None:
    assert words.cut(text) == cut
