"""Dates of many languages become as coarse as is wanted; what is no date stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private.anonymize_dates import Coarseness, claims


def shown(text: str, coarseness: Coarseness = "month") -> str:
    pieces, at = [], 0
    for claim in sorted(claims(text, coarseness)):
        pieces += [text[at : claim.start], claim.shown]
        at = claim.end
    return "".join(pieces) + text[at:]


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [
        pytest.param("2026-05-12", "2026-05", "2026", id="ISO"),
        pytest.param("2026-05-12T14:30Z", "2026-05", "2026", id="ISO with a time"),
        pytest.param("2026/5/12", "2026-05", "2026", id="year first, slashes"),
        pytest.param("12.05.2026", "2026-05", "2026", id="dots"),
        pytest.param("12. 5. 2026", "2026-05", "2026", id="dots and blanks"),
        pytest.param("25/12/2026", "2026-12", "2026", id="slashes, the day is clear"),
        pytest.param("12/25/26", "2026-12", "2026", id="slashes, American"),
        pytest.param("5/12/2026", "2026", "2026", id="slashes, May or December: neither is told"),
        pytest.param("12.5.", "[date]", "[date]", id="no year"),
        pytest.param("12 May 2026", "May 2026", "2026", id="English"),
        pytest.param("May 12, 2026", "May 2026", "2026", id="American"),
        pytest.param("the 12th of May 2026", "May 2026", "2026", id="ordinal"),
        pytest.param("12–14 May 2026", "May 2026", "2026", id="range"),
        pytest.param("12 and 13 May 2026", "May 2026", "2026", id="two days"),
        pytest.param("May 12th", "May", "[date]", id="English without a year"),
        pytest.param("May 2026", "May 2026", "2026", id="a month alone"),
        pytest.param("Friday, 12 May 2026 at 14:35 (CEST)", "May 2026", "2026", id="weekday, time and zone"),
        pytest.param("15:20, 1 February 2019 (UTC)", "February 2019", "2019", id="signature"),
        pytest.param("Montag, dem 3. August 2026 um 9.30 Uhr", "August 2026", "2026", id="German"),
        pytest.param("1er mai 2026 à 18h30", "mai 2026", "2026", id="French"),
        pytest.param("viernes 12 de mayo de 2026 a las 15:00", "mayo de 2026", "2026", id="Spanish"),
        pytest.param("15h20min de 1 de fevereiro de 2026 (UTC)", "fevereiro de 2026", "2026", id="Portuguese"),
        pytest.param("12 мая 2026 в 15:00", "мая 2026", "2026", id="Russian"),
        pytest.param("12 stycznia 2026", "stycznia 2026", "2026", id="Polish"),
        pytest.param("3. helmikuuta 2026 kello 10.00", "helmikuuta 2026", "2026", id="Finnish"),
        pytest.param("2026年5月12日 下午3点", "2026年5月", "2026", id="Chinese"),
        pytest.param("5月12日（火）", "5月", "[date]", id="Japanese without a year"),
        pytest.param("2026년 5월 12일 (토) 03:12 (KST)", "2026년 5월", "2026", id="Korean"),
        pytest.param("15:20, ngày 1 tháng 2 năm 2026 (UTC)", "tháng 2 2026", "2026", id="Vietnamese"),
        pytest.param("०४:१३, २३ सितंबर २०२६ (UTC)", "सितंबर 2026", "2026", id="Hindi, its own digits"),
        pytest.param("15:03، 4 أبريل 2026", "أبريل 2026", "2026", id="Arabic"),
        pytest.param("on Friday", "on [day]", "on [day]", id="weekday"),
        pytest.param("w piątek", "w [day]", "w [day]", id="weekday, Polish"),
        pytest.param("Freitagabend", "[day]", "[day]", id="weekday, German compound"),
        pytest.param("星期五", "[day]", "[day]", id="weekday, Chinese"),
        pytest.param("at 14:35", "at [time]", "at [time]", id="time"),
        pytest.param("at 3 pm", "at [time]", "at [time]", id="time of twelve hours"),
        pytest.param("kl 14.30", "kl [time]", "kl [time]", id="time, Nordic"),
        pytest.param("오후 3시 20분", "[time]", "[time]", id="time, Korean"),
        pytest.param("am 12. kam", "am [date] kam", "am [date] kam", id="a day alone"),
        pytest.param("21:40, 17 paź 2026 (CEST)", "paź 2026", "2026", id="signature, Polish"),
        pytest.param("12 янв 2026", "янв 2026", "2026", id="abbreviated, Russian"),
        pytest.param("12 вер 2026", "вер 2026", "2026", id="abbreviated, Ukrainian"),
        pytest.param("12 szept. 2026", "szept. 2026", "2026", id="abbreviated, Hungarian"),
        pytest.param("12-Sep-2026", "Sep-2026", "2026", id="hyphens"),
        pytest.param("2026 m. rugsėjo 12 d.", "rugsėjo 2026", "2026", id="Lithuanian"),
        pytest.param("2026. gada 12. septembris", "septembris 2026", "2026", id="Latvian"),
        pytest.param("12 Meán Fómhair 2026", "Meán Fómhair 2026", "2026", id="Irish"),
        pytest.param("ב-14.9.26", "ב-2026-09", "ב-2026", id="Hebrew, with a prefix"),
        pytest.param("12 IX 2026", "2026", "2026", id="Roman month"),
        pytest.param("2026-W37", "2026", "2026", id="week"),
        pytest.param("15.–16.5.2026", "2026-05", "2026", id="range in dots"),
        pytest.param("二〇二六年九月十三日", "二〇二六年九月", "二〇二六年", id="Chinese numerals"),
        pytest.param("令和八年四月三日", "令和八年四月", "令和八年", id="Japanese era"),
        pytest.param("九月十三號", "九月", "[date]", id="Chinese numerals without a year"),
        pytest.param("十三日", "[date]", "[date]", id="a day in Chinese numerals"),
        pytest.param("15-ாம் தேதி", "[date]", "[date]", id="a day, Tamil"),
        pytest.param("on 12.09", "on [date]", "on [date]", id="a day behind a preposition"),
        pytest.param("she came on 12th.", "she came on [date].", "she came on [date].", id="ordinal alone"),
        pytest.param("September twelfth, 2026", "September 2026", "2026", id="day in words"),
        pytest.param("on the twelfth of May", "in May", "on the [date]", id="day in words, English order"),
        pytest.param("Am zwölften Mai 2026", "Am Mai 2026", "Am 2026", id="day in words, German"),
        pytest.param("On 12 May he", "In May he", "On [date] he", id="a preposition that fits a month"),
        pytest.param("le 12 mai 2026", "en mai 2026", "en 2026", id="a preposition that fits, French"),
        pytest.param("[12 May 2026] [[14:53]] x", "May 2026 [time] x", "2026 [time] x", id="brackets go too"),
        pytest.param("saat 21.20'de", "saat [time]", "saat [time]", id="time, Turkish"),
        pytest.param("в 19.30", "в [time]", "в [time]", id="time, Russian"),
        pytest.param("o 21.15 klockan 14.30", "o [time] klockan [time]", "o [time] klockan [time]", id="times, Nordic"),
        pytest.param("20.15 h", "[time]", "[time]", id="time with h"),
        pytest.param("23 Uhr 15", "[time]", "[time]", id="time, German"),
        pytest.param("halb neun", "[time]", "[time]", id="time in words, German"),
        pytest.param("at half past two", "at [time]", "at [time]", id="time in words"),
        pytest.param("a quarter to nine", "[time]", "[time]", id="quarter"),
        pytest.param("午後三時", "[time]", "[time]", id="time, Japanese numerals"),
        pytest.param("৭টায়", "[time]", "[time]", id="time, Bengali"),
        pytest.param("शाम 7 बजे", "[time]", "[time]", id="time, Hindi"),
    ],
)
def test_coarser(text: str, month: str, year: str) -> None:
    assert (shown(text), shown(text, "year")) == (month, year)


@pytest.mark.parametrize(
    "text",
    [
        "she may go", "20 may come", "out 3 times", "we march 4 abreast", "section 3.2 of 5", "24h service", "room 12",
        "version 1.10.3", "99.99.2026 x", "3時間", "the 12th floor", "120 people", "Sunlight", "mardigras", "2026", "at 3.50 €", "version 1.39", "三日間", "half the people", "on 3.2 %", "the first time", "12 VIP 2026", "12 Martins", "3 Augustin", "5 Marta",
    ],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "since 2019, in May 2025 and on 3.4.2026", "since [year], in [date] and on [date]", id="years too"
        ),
        pytest.param("in May", "in [date]", id="months too"),
        pytest.param("1,999 people of 20191", "1,999 people of 20191", id="other numbers stay"),
    ],
)
def test_none(text: str, expected: str) -> None:
    assert shown(text, "none") == expected


def test_day_keeps_days_and_drops_times() -> None:
    assert shown("on Friday, 12 May 2026 at 14:35", "day") == "on Friday, 12 May 2026"


@given(st.dates(), st.sampled_from(["{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d %B %Y}", "{:%B %d, %Y}", "{:%A, %d %b %Y}"]))
def test_no_day_of_this_century_is_left(day: object, form: str) -> None:
    written = form.format(day)
    year = str(day)[:4]
    if "1900" <= year <= "2099":
        assert shown(f"on {written} we", "none") == "on [date] we"
        assert f"{day!s:.10}"[8:] not in shown(f"on {written} we", "year").replace(year, "")


@given(st.text(max_size=60), st.sampled_from(["day", "month", "year", "none"]))
def test_any_text_is_taken(text: str, coarseness: Coarseness) -> None:
    for claim in claims(text, coarseness):
        assert 0 <= claim.start < claim.end <= len(text)
