"""Time stamps of signatures are found in any language."""

from __future__ import annotations

import pytest

from bot.parse.signup_times import stamps


@pytest.mark.parametrize(
    "text",
    [
        "15:20, 1 February 2019 (UTC)", "01:11, 24 Enero 2025 (UTC)", "14:05 3 mar 2026 (UTC)", "2026年5月2日 (六) 03:12 (UTC)",
        "15:03، 4 أبريل 2026 (ت ع م)", "०४:१३, २३ सितंबर २०२६ (UTC)", "০৫:৩৯, ৫ ফেব্রুয়ারি ২০২৬ (ইউটিসি)", "15:20, 1 maj 2026",
        "15h20min de 1 de fevereiro de 2026 (UTC)", "15:20, ngày 1 tháng 2 năm 2026 (UTC)", "2026년 5월 2일 (토) 03:12 (KST)", "2019-02-01",
        "15:20, 1. Feb. 2026 (CET)", "21:09, 24 січня 2026 (UTC)", "12.00, 1 Mayıs 2026 (UTC)",
    ],
)  # fmt: skip
def test_whole_stamps(text: str) -> None:
    assert stamps(f"xx {text} yy") == [(3, 3 + len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 mars 2026 à 18:22 (CET)", "2026 à 18:22 (CET)"),
        ("2. marec 2022 (CET)", "2022 (CET)"),
        ("3. helmikuuta 2026 kello 10.00 (EET)", "2026 kello 10.00 (EET)"),
        ("12:43, 24 सितंबर 2026 (UTC)[उत्तर दें]", "12:43, 24 सितंबर 2026 (UTC)"),
    ],
)
def test_stamps_that_begin_with_the_year(text: str, found: str) -> None:
    assert [text[start:end] for start, end in stamps(text)] == [found]


@pytest.mark.parametrize(
    "text", ["~12-15 participants", "6:00 - 7:00 PM (IST)", "5 points in 2026", "2026 (online)", "room 12345", ""]
)
def test_no_stamps(text: str) -> None:
    assert stamps(text) == []
