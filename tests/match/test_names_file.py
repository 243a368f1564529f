"""Files of names, one a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.match.names_file import ListedName, read


def test_blank_lines_and_comments_say_nothing() -> None:
    found = read("\ufeff# names\r\n\r\n  Grey \t\r\n \u3000\n# x\nÉmile".encode())
    assert found.names == (ListedName("Grey", 3), ListedName("Émile", 6))
    assert (found.rejected, found.again) == ((), ())


def test_only_a_line_feed_ends_a_line() -> None:
    assert [n.name for n in read("a\u2028b\u0085c\nd".encode()).names] == ["a\u2028b\u0085c", "d"]


def test_a_name_that_comes_again_is_told() -> None:
    found = read(b"Grey\nBlue\nGrey\n")
    assert [n.line for n in found.names] == [1, 2]
    assert found.again == (ListedName("Grey", 3),)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param(b"Gr\xe9y", "byte 3 of it is not UTF-8", id="Latin-1"),
        pytest.param(b"Gr\xed\xa0\x80y", "byte 3 of it is not UTF-8", id="lone surrogate"),
        pytest.param(b"x" * 256, "it is 256 bytes long, and a user name has at most 255", id="too long"),
        pytest.param(b"x" * 10_000_000, "10,000,000 bytes", id="10 MB"),
        pytest.param("\u200b\u202e".encode(), "nothing on it can be seen", id="invisible"),
        pytest.param(b"\x00", "nothing on it can be seen", id="NUL"),
    ],
)
def test_rejected_lines_are_named(line: bytes, why: str) -> None:
    found = read(b"Before\n" + line + b"\nAfter\n")
    assert [n.name for n in found.names] == ["Before", "After"]
    (rejected,) = found.rejected
    assert rejected.line == 2
    assert why in rejected.why
    assert len(rejected.shown) < 200


def test_255_bytes_are_a_name() -> None:
    assert len(read(b"x" * 255).names) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_another_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(BadInputError, match="save it as UTF-8"):
        read("\ufeffGrey\n".encode(encoding))


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_no_line_is_lost(data: bytes) -> None:
    try:
        found = read(data)
    except BadInputError:
        return
    told = {n.line for n in (*found.names, *found.again)} | {r.line for r in found.rejected}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        bare = line.strip(b" \t\r\v\f")
        silent = not bare.decode("utf-8", errors="replace").strip() or bare.startswith(b"#")
        assert (number in told) is not silent
