from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import dates
from bot.private.dates import Doubt, Until

LAST = date(2026, 12, 31)
LAST_OF_2026 = """
    2026-12-31 | 2026/12/31 | 2026.12.31 | 31.12.2026 | 31. 12. 2026 | 31/12/2026 | 12/31/2026 | 31-12-2026
    31.12.26 | 20261231 | 2026-12-31 00:00:00 | 2026-12-31T23:59:59Z | 2026-12-31 11:59 pm | 31 December 2026
    December 31, 2026 | Dec 31st, 2026 | 31-Dec-2026 | 31 Dec 26 | 31st of December 2026 | Thursday, 31 December 2026
    until 2026-12-31 | until the end of 2026 | 12/2026 | December 2026 | 2026 | 2026-12 | 31 de diciembre de 2026
    hasta el 31/12/2026 | 31 décembre 2026 | jusqu’au 31 décembre 2026 | 31. Dezember 2026 | bis 31.12.2026
    Ende 2026 | bis Ende Dezember 2026 | 31 de dezembro de 2026 | até 31/12/2026 | 31 dicembre 2026
    fino al 31 dicembre 2026 | 31 december 2026 | t/m 31 december 2026 | 31 grudnia 2026 r. | do 31.12.2026
    31 декабря 2026 г. | до 31 декабря 2026 года | 31 грудня 2026 року | 31 ديسمبر 2026 | حتى ٣١/١٢/٢٠٢٦
    31 كانون الأول 2026 | 31 دسامبر 2026 | ۱۰ دی ۱۴۰۵ | 1405/10/10 | 31 בדצמבר 2026 | עד 31.12.2026
    31 दिसंबर 2026 | ३१ दिसंबर २०२६ तक | ৩১ ডিসেম্বর ২০২৬ | 31 Desember 2026 | hingga 31 Desember 2026
    31 Desemba 2026 | 31 Aralık 2026 | 31 tháng 12 năm 2026 | ngày 31/12/2026 | 2026年12月31日 | 2026年12月
    令和8年12月31日 | 2026年12月31日まで | 2026년 12월 31일 | 2026년 12월 31일까지 | 至2026年12月31日 | 民國115年12月31日 | 31 ธันวาคม 2569
    31 ธ.ค. 2569 | 2026. december 31. | 31. joulukuuta 2026 | 31. prosince 2026 | 2025-01-01 – 2026-12-31
    – 2026-12-31 | 2025-01-01 -> 2026-12-31 | ≤ 2026-12-31 | 2026-12-31T00:00:00+02:00 | 2026-12-31 (end)
"""
NO_END = """
    - | — | ∞ | indefinite | Indef. | PERMANENT | never | no end date | indefinido | unbefristet | à vie
    бессрочно | безстроково | دائم | نامحدود | לצמיתות | स्थायी | স্থায়ী | selamanya | milele | süresiz
    vô thời hạn | 無期限 | 무기한 | 永久 | 無限期
"""


def each(texts: str) -> list[str]:
    return [text.strip() for line in texts.strip().splitlines() for text in line.split("|")]


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=text) for text in each(LAST_OF_2026)],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert dates.until(text) == Until(LAST)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("03/04/2026", date(2026, 4, 3), id="day or month in front"),
        pytest.param("04-03-2026", date(2026, 4, 3), id="with hyphens"),
        pytest.param("3/4/26", date(2026, 4, 3), id="short"),
        pytest.param("27-01-15", date(2027, 1, 15), id="the year in front, or behind"),
        pytest.param("26/12/24", date(2026, 12, 24), id="with slashes"),
        pytest.param("26-Dec-24", date(2026, 12, 24), id="with a word for the month"),
        pytest.param("31/12/26", date(2031, 12, 26), id="also where nobody would read it so"),
        pytest.param("5 listopad 2026", date(2026, 11, 5), id="November in Polish, October in Croatian"),
    ],
)
def test_of_two_readings_the_later_counts(text: str, day: date) -> None:
    assert dates.until(text) == Until(day, Doubt.TWO_WAYS)


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=text or "empty") for text in ("", *each(NO_END))],
)
def test_no_end(text: str) -> None:
    assert dates.until(text) == Until()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2 years", id="a length"),
        pytest.param("?", id="a question mark"),
        pytest.param("2026-12-31?", id="a day with a question mark"),
        pytest.param("tbd", id="to be decided"),
        pytest.param("2026-02-30", id="no such day"),
        pytest.param("31.11.2026 or later", id="no such day, and more"),
        pytest.param("2026-12-31 or later", id="more than a day"),
        pytest.param("not before 2026-12-31", id="the opposite"),
        pytest.param("from 2026-01-01", id="a first day"),
        pytest.param("44927", id="a bare number"),
        pytest.param("0026-12-31", id="a year that cannot be meant"),
        pytest.param("1 محرم 1448", id="a calendar that is not known"),
        pytest.param("2023-05-01 –", id="a range without an end"),
        pytest.param("2019-", id="a year and a dash"),
        pytest.param("2019 –\n", id="a dash before the end of a line"),
        pytest.param("2025-01-01 - 2026-01-01 -", id="a range and one without an end"),
        pytest.param("2024-01-01..", id="two full stops"),
        pytest.param(">2024", id="more than a year"),
        pytest.param("≥ 2024-01-01", id="a day or more"),
        pytest.param("> 2024-01-01 - 2025-01-01", id="more than a range"),
        pytest.param("2024+", id="a year and more"),
        pytest.param("2024-01-01 12:00+", id="a moment and more"),
        pytest.param("2024-01-01→", id="an arrow"),
        pytest.param("2026-12-31 " * 30, id="too long"),
    ],
)
def test_what_cannot_be_read_has_no_end_and_says_so(text: str) -> None:
    assert dates.until(text) == Until(None, Doubt.UNREADABLE)


@given(st.dates(date(1990, 1, 1), date(2399, 12, 31)))
def test_every_day_in_iso_and_german_form_is_itself(day: date) -> None:
    assert dates.until(day.isoformat()) == Until(day)
    assert dates.until(f"{day.day}.{day.month}.{day.year}") == Until(day)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_never_read_too_early(day: date) -> None:
    for text in (
        day.strftime("%m/%d/%Y"),
        day.strftime("%d/%m/%Y"),
        day.strftime("%d-%m-%Y"),
        day.strftime("%y-%m-%d"),
        day.strftime("%y/%m/%d"),
        day.strftime("%y-%b-%d"),
        day.strftime("%d-%b-%y"),
        day.strftime("%d %B %Y"),
    ):
        found = dates.until(text)
        assert found.day is not None
        assert found.day >= day


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    found = dates.until(text)
    assert found.day is None or found.doubt is not Doubt.UNREADABLE


@pytest.mark.parametrize(
    ("persian", "day"),
    [
        pytest.param("1399/12/30", date(2021, 3, 20), id="the last day of a leap year"),
        pytest.param("1400/01/01", date(2021, 3, 21), id="the first of the year"),
        pytest.param("1403/12/30", date(2025, 3, 20), id="another leap year"),
        pytest.param("1404-01-01", date(2025, 3, 21), id="and the day after"),
        pytest.param("1405/06/31", date(2026, 9, 22), id="a month of 31 days"),
    ],
)
def test_the_persian_calendar(persian: str, day: date) -> None:
    assert dates.until(persian).day == day


def test_persian_days_follow_each_other() -> None:
    found = [dates.until(f"{year}/{month}/1").day for year in range(1390, 1420) for month in range(1, 13)]
    for one, following in pairwise(found):
        assert one is not None
        assert following is not None
        assert timedelta(29) <= following - one <= timedelta(31)


def test_all_days_of_a_text_are_found_in_all_readings() -> None:
    text = "Made on 1 May 2026, delete after 03/04/2027."
    assert dates.days_in(text) == (date(2027, 3, 4), date(2027, 4, 3), date(2026, 5, 1))
    assert dates.days_in("nothing") == ()


@given(
    st.dates(date(1990, 1, 1), date(2399, 12, 31)), st.sampled_from(["–", "-", " —", "+", " →", "..", "…", " ~", ">"])
)
def test_a_sign_behind_the_last_day_leaves_it_open(day: date, sign: str) -> None:
    assert dates.until(day.isoformat() + sign) == Until(None, Doubt.UNREADABLE)
    assert dates.until(f"{sign}{day.isoformat()}").doubt is (Doubt.UNREADABLE if sign == ">" else Doubt.NONE)


def test_with_full_stops_the_day_is_in_front_wherever_it_can_be() -> None:
    assert dates.until("26.12.24") == Until(date(2024, 12, 26))
    assert dates.until("32.12.24") == Until(date(2032, 12, 24))
