from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse.toml_lines import Mistake, Path, looks_like_toml, read

DOCUMENT = '''\
# a comment
[event]
title = "x"   # not "end"
a.b = 1
a."c d".e = 2
note = """
[contact]
end = "not here"
"""
raw = \'\'\'
x = [
\'\'\'
end = 2026-01-01T00:00:00

[[contact]]
name = "Ada"
hours = [
  "one", # hours
  "two", "three",

  # a comment with ]
  """
  four ]
  """
  , "five"
]
channel = [ {kind = "x", value = "]"},
  {kind = "y"} ]
odd = {a = [1, 2], b = [
  3,
  4]}

[[contact]]
name="Bo"
hours = ["one",
"two"]
deep = [ [1, 2],
 [3,
  4], [5],
]
[[contact.channel]]
kind = "k"
[[contact.channel]]
  kind = "k2"
[contact.more]
x = 1
["quoted table".'inner']
x = 1
'''

PLACES: list[tuple[Path, int]] = [
    ((), 1),
    (("event",), 2),
    (("event", "title"), 3),
    (("event", "a", "b"), 4),
    (("event", "a", "c d", "e"), 5),
    (("event", "note"), 6),
    (("event", "raw"), 10),
    (("event", "end"), 13),
    (("contact",), 15),
    (("contact", 0), 15),
    (("contact", 0, "name"), 16),
    (("contact", 0, "hours"), 17),
    (("contact", 0, "hours", 0), 18),
    (("contact", 0, "hours", 1), 19),
    (("contact", 0, "hours", 2), 19),
    (("contact", 0, "hours", 3), 22),
    (("contact", 0, "hours", 4), 25),
    (("contact", 0, "channel", 0, "kind"), 27),
    (("contact", 0, "channel", 1), 28),
    (("contact", 0, "odd", "b", 1), 29),
    (("contact", 1), 33),
    (("contact", 1, "name"), 34),
    (("contact", 1, "hours", 0), 35),
    (("contact", 1, "hours", 1), 36),
    (("contact", 1, "deep", 0, 1), 37),
    (("contact", 1, "deep", 1), 38),
    (("contact", 1, "deep", 2), 38),
    (("contact", 1, "channel"), 41),
    (("contact", 1, "channel", 0), 41),
    (("contact", 1, "channel", 0, "kind"), 42),
    (("contact", 1, "channel", 1, "kind"), 44),
    (("contact", 1, "more", "x"), 46),
    (("quoted table", "inner", "x"), 48),
    (("contact", 1, "not there"), 33),
    (("not there", 3, "x"), 1),
]


@pytest.mark.parametrize("newline", [pytest.param("\n", id="LF"), pytest.param("\r\n", id="CRLF")])
@pytest.mark.parametrize(("path", "line"), PLACES)
def test_lines(path: Path, line: int, newline: str) -> None:
    values, lines, mistakes = read(DOCUMENT.replace("\n", newline))
    assert not mistakes
    assert values == tomllib.loads(DOCUMENT)
    assert lines.of(path) == line


NO_DAY = 'This is no day or time of TOML; write "2026-12-24" or "2026-12-24 13:00", in quotation marks.'


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        pytest.param("a = Ada\n", [(1, "This is no TOML: Invalid value.")], id="no quotation marks"),
        pytest.param("a = 1\nb = 2026-02-30\n", [(2, NO_DAY)], id="no such day"),
        pytest.param("a = 2026-02-30T00:00:00\n", [(1, NO_DAY)], id="no such day, with a time"),
        pytest.param(
            "a = 2026-01-01\na = 2026-01-01\n", [(2, "This is no TOML: Cannot overwrite a value.")], id="a day twice"
        ),
        pytest.param("a = 2026-01-01T13:00\n", [(1, NO_DAY)], id="a time without seconds"),
        pytest.param("a = [\n 1,\n 2026-13-01,\n]\n", [(3, NO_DAY)], id="no such day in an array"),
        pytest.param(
            "a = Ada\nb = 2\nb = 3\nc = 2026-13-01\n[d]\ne = x\n",
            [
                (1, "This is no TOML: Invalid value."),
                (3, "This is no TOML: Cannot overwrite a value."),
                (4, NO_DAY),
                (6, "This is no TOML: Invalid value."),
            ],
            id="all that are in lines of their own",
        ),
        pytest.param("a = 1\n\nb = [\n 1,\n", [(3, "This is no TOML: Invalid value.")], id="an array without an end"),
        pytest.param(
            "a = [\n b = x\n",
            [(2, "This is no TOML: Invalid value."), (1, "This is no TOML: Invalid value.")],
            id="an array without an end, and what seems to stand in it",
        ),
        pytest.param('a = 1\nb = """\nc\n', [(2, "This is no TOML: Unterminated string.")], id="a text without an end"),
        pytest.param(
            "[x\na = y\n", [(1, "This is no TOML: Expected ']' at the end of a table declaration.")], id="a header"
        ),
        pytest.param(
            "a = 1\na", [(2, "This is no TOML: Expected '=' after a key in a key/value pair.")], id="a key alone"
        ),
        pytest.param(
            f"a = {'1' * 5000}", [(1, "This is no TOML that can be read: a number is too long.")], id="a long number"
        ),
        pytest.param(
            f"a = {'[' * 5000}",
            [(1, "This is no TOML that can be read: arrays stand in each other too deep.")],
            id="deep arrays",
        ),
    ],
)
def test_mistakes_have_the_line_on_which_they_are(text: str, mistakes: list[tuple[int, str]]) -> None:
    assert read(text)[2] == tuple(Mistake(*one) for one in mistakes)
    assert read(text.replace("\n", "\r\n"))[2] == tuple(Mistake(*one) for one in mistakes)


def test_what_stands_beside_a_mistake_is_read() -> None:
    values, lines, _ = read("a = Ada\n[b]\nc = 1\n")
    assert values == {"b": {"c": 1}}
    assert lines.of(("b", "c")) == 3


def test_after_an_open_end_nothing_is_read() -> None:
    values, lines, mistakes = read("a = 1\nb = [\n")
    assert (values, lines.of(("a",)), len(mistakes)) == ({}, 1, 1)


def test_a_file_full_of_mistakes_ends_after_fifty() -> None:
    assert len(read("a = b\n" * 200)[2]) == 50


@pytest.mark.parametrize("line", [pytest.param(' "a",', id="plain"), pytest.param(' "]",', id="like ends")])
def test_a_very_long_array_is_read_in_time(line: str) -> None:
    values, lines, mistakes = read(f"x = [\n{(line + chr(10)) * 20_000}]\n")
    assert not mistakes
    assert len(values["x"]) == 20_000  # type: ignore[arg-type]
    assert lines.of(("x", 7)) == (9 if line == ' "a",' else 1)


KEYS = st.sampled_from(["a", "b", "c d", "é", "1"])
SCALARS = st.integers(-5, 5).map(str) | st.sampled_from(['"]"', '"""\n[x]\n"""', "'''\n]'''", "true", "2026-01-01"])


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[tuple[Path, int]]]:
    """Draw a document and where everything in it stands, as it was written."""
    text = ""
    places: list[tuple[Path, int]] = []
    for number in range(draw(st.integers(0, 3))):
        text += "\n" * draw(st.integers(0, 2))
        places.append((("t", number), text.count("\n") + 1))
        text += "[[t]] # x\n"
        for key in draw(st.lists(KEYS, unique=True, max_size=4)):
            text += draw(st.sampled_from(["", "\n", "# ]\n", "  "]))
            path: Path = ("t", number, key)
            places.append((path, text.count("\n") + 1))
            text += f'"{key}" = '
            if draw(st.booleans()):
                text += draw(SCALARS) + "\n"
                continue
            text += "["
            for element, value in enumerate(draw(st.lists(SCALARS, max_size=4))):
                text += draw(st.sampled_from(["\n", "\n\n", "\n# ]\n", "\n  "]))
                places.append(((*path, element), text.count("\n") + 1))
                text += value + draw(st.sampled_from([",", " ,", ", # ]"]))
            text += "\n]\n"
    return text, places


@given(documents(), st.booleans())
@settings(max_examples=300)
def test_everything_is_found_where_it_was_written(drawn: tuple[str, list[tuple[Path, int]]], crlf: bool) -> None:
    text, places = drawn
    _, lines, mistakes = read(text.replace("\n", "\r\n") if crlf else text)
    assert not mistakes
    assert [(path, lines.of(path)) for path, _ in places] == places


@given(st.text(max_size=60) | st.text("ab=[]{}\"'.,#\n 1-2026", max_size=60))
@settings(max_examples=300)
def test_any_text_is_read_or_has_a_mistake(text: str) -> None:
    values, _, mistakes = read(text)
    last = text.count("\n") + 1
    assert all(1 <= one.line <= last and one.text.endswith(".") for one in mistakes)
    try:
        assert tomllib.loads(text) == values or mistakes
    except ValueError:
        assert mistakes


@pytest.mark.parametrize(
    ("text", "toml"),
    [
        pytest.param("", True, id="nothing"),
        pytest.param("# Ada\n\n# Bo\n", True, id="comments"),
        pytest.param("Ada\n", False, id="a word"),
        pytest.param("Ada Example = 1\n", False, id="two words before the sign"),
        pytest.param("<p class='x'>\n", False, id="a sign further on"),
        pytest.param("  [a\nBo\n", True, id="half of it, with a broken header"),
        pytest.param("a.'b-c' = x\nBo\n", True, id="half of it, with a bad value"),
        pytest.param("a=\nBo\nCy\n", False, id="less than half"),
        pytest.param("a=\n\n#\n #b\nBo\n", True, id="blank lines and comments do not count"),
        pytest.param("a" + " " * 200_000 + "\n" + "b" * 200_000, False, id="long lines"),
    ],
)
def test_what_looks_like_toml(text: str, *, toml: bool) -> None:
    assert looks_like_toml(text) is toml
