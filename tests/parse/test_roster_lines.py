"""Spoils the sample rosters at every place where something stands, and asks for the line of that place."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from bot.errors import BadInputError
from bot.parse import roster
from bot.parse.sites import META

FOLDER = Path(__file__).parent / "rosters"
TOML = (FOLDER / "learning_clinic.toml").read_text(encoding="utf-8").splitlines()
CSV = (FOLDER / "learning_clinic.csv").read_text(encoding="utf-8")
KEYS = [number for number, line in enumerate(TOML, 1) if re.match(r"\w+ = (?!\[$)", line)]
HEADERS = [number for number, line in enumerate(TOML, 1) if line.startswith("[")]
ELEMENTS = [number for number, line in enumerate(TOML, 1) if line.startswith('  "')]
ROLES = (
    '"reports" (or "takes reports"), "on site" (or "responds on site"), "decides", "removes" (or "removes people"), '
    '"venue" (or "speaks with the venue")'
)
# What stands in no roster, and its sentence where each key gives the same.
WRONG = {
    "start": ('"Christmas"', '"Christmas" is no day and time; write "start" as "2026-12-24 13:00".'),
    "end": ('"Christmas"', '"Christmas" is no day and time; write "end" as "2026-12-24 13:00".'),
    "from": ('"Christmas"', '"Christmas" is no day of the calendar; write it as "2026-12-24".'),
    "until": ('"Christmas"', '"Christmas" is no day of the calendar; write it as "2026-12-24".'),
    "begins": ('"Christmas"', '"Christmas" is no day of the calendar; write it as "2026-12-24".'),
    "apply_until": ('"Christmas"', '"Christmas" is no day of the calendar; write it as "2026-12-24".'),
    "country": ('"ZZ"', 'There is no country code "ZZ"; write two letters of ISO 3166-1 such as "IN".'),
    "phases": ('["before", "x"]', '"x" is no phase; there are "before", "during", "after".'),
    "roles": ('"x"', f'"x" is no role; there are {ROLES}.'),
    "kind": ('"x"', '"x" is no way to reach somebody; there are "wiki mail", "email", "phone", "chat".'),
    "order": ("100", '"order" must be a whole number from 1 to 99, not the number 100.'),
    "online": ("1", '"online" must be true or false, not the number 1.'),
    "public": ('"perhaps"', '"public" must be true or false, not "perhaps".'),
}


def spoiled(number: int, line: str, newline: str = "\n") -> list[str]:
    """Return the problems of the sample when ``line`` stands in its line ``number``."""
    lines = [*TOML[: number - 1], line, *TOML[number:]]
    with pytest.raises(BadInputError) as caught:
        roster.read(newline.join(lines).encode(), "team.toml", META)
    return list(caught.value.problems)


@pytest.mark.parametrize("newline", [pytest.param("\n", id="LF"), pytest.param("\r\n", id="CRLF")])
@pytest.mark.parametrize("number", KEYS)
def test_a_key_that_is_not_known(number: int, newline: str) -> None:
    value = TOML[number - 1].partition(" = ")[2]
    found = [one for one in spoiled(number, f"zzzzz = {value}", newline) if "zzzzz" in one]
    assert len(found) == 1
    assert found[0].startswith(f'line {number}: There is no "zzzzz" in [')


@pytest.mark.parametrize("number", KEYS)
def test_a_value_of_the_wrong_kind(number: int) -> None:
    key = TOML[number - 1].partition(" = ")[0]
    assert spoiled(number, f"{key} = {{}}")[0].startswith(f'line {number}: "{key}" must be ')


@pytest.mark.parametrize("number", [number for number in KEYS if TOML[number - 1].partition(" = ")[0] in WRONG])
def test_a_wrong_value(number: int) -> None:
    key = TOML[number - 1].partition(" = ")[0]
    value, sentence = WRONG[key]
    assert spoiled(number, f"{key} = {value}") == [f"line {number}: {sentence}"]


@pytest.mark.parametrize("number", KEYS)
def test_a_value_without_quotation_marks(number: int) -> None:
    key = TOML[number - 1].partition(" = ")[0]
    assert spoiled(number, f"{key} = Ada Example") == [f"line {number}: This is no TOML: Invalid value."]


@pytest.mark.parametrize("number", HEADERS)
def test_a_broken_header(number: int) -> None:
    line = TOML[number - 1]
    assert spoiled(number, line.removesuffix("]"))[0].startswith(f"line {number}: This is no TOML: Expected ']")


@pytest.mark.parametrize("number", ELEMENTS)
def test_an_element_of_an_array_on_several_lines(number: int) -> None:
    assert spoiled(number, '  "x",  # ]') == [
        f'line {number}: "x" is not from and to; write "09:00-18:00", or "2026-12-24 09:00-18:00" for one day.'
    ]
    assert spoiled(number, "  7,") == [f'line {number}: "hours" must hold texts, not the number 7.']


@pytest.mark.parametrize("row", range(1, 6))
@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        pytest.param("Name", "A[b]", '"A[b]" cannot be a user name; write it as it stands on the wiki.', id="name"),
        pytest.param("Roles", "x", WRONG["roles"][1], id="roles"),
        pytest.param(
            "Languages", "x1", '"x1" is no language code of MediaWiki; write one such as "en" or "pt-br".', id="languages"
        ),
        pytest.param("Phases", "before; x", WRONG["phases"][1], id="phases"),
        pytest.param("From", "Christmas", WRONG["from"][1], id="from"),
        pytest.param("Until", "Christmas", WRONG["until"][1], id="until"),
        pytest.param(
            "Hours", "1-2", '"1-2" is not from and to; write "09:00-18:00", or "2026-12-24 09:00-18:00" for one day.', id="hours"
        ),
        pytest.param("Order", "x", '"order" must be a whole number from 1 to 99, not "x".', id="order"),
        pytest.param(
            "Training", "(2026-01-02)", '"(2026-01-02)" is a day without a course; write "Course (2026-01-02)".', id="training"
        ),
        pytest.param("Channels", "x", WRONG["kind"][1], id="channels"),
    ],
)  # fmt: skip
def test_a_wrong_cell(row: int, column: str, value: str, sentence: str) -> None:
    # The sample has semicolons as delimiters and cells in quotation marks: written anew with commas.
    header, *rows = csv.reader(io.StringIO(CSV), delimiter=";")
    rows[row - 1][header.index(column)] = value
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([header, *rows])
    with pytest.raises(BadInputError) as caught:
        roster.read(buffer.getvalue().encode(), "team.csv", META)
    assert caught.value.problems == (f"line {row + 1}: {sentence}",)
