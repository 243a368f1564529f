"""A secret as text: what people mistype is found, what they may write otherwise is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.private import secret

SECRET = bytes(range(20))
TEXT = secret.text(SECRET)
SECRETS = st.binary(min_size=secret.SIZE, max_size=secret.SIZE)


def test_a_new_secret_is_what_the_source_of_randomness_gives() -> None:
    assert secret.new(lambda size: b"\xff" * size) == b"\xff" * 20


def test_the_text_is_nine_groups_of_four_that_can_be_told_apart() -> None:
    groups = TEXT.split("-")
    assert [len(group) for group in groups] == [4] * 9
    assert not set("ILOU") & set(TEXT)


@given(SECRETS)
def test_what_is_written_is_read(one: bytes) -> None:
    assert secret.read(secret.text(one)) == one


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(TEXT.lower(), id="in small letters"),
        pytest.param(TEXT.replace("-", " "), id="with blanks"),
        pytest.param(TEXT.replace("-", ""), id="in one piece"),
        pytest.param(f"  {TEXT}\r\n", id="with a line end"),
        pytest.param(TEXT.replace("0", "O"), id="O for 0"),
        pytest.param(TEXT.replace("1", "I"), id="I for 1"),
        pytest.param(TEXT.replace("1", "l"), id="l for 1"),
        pytest.param(TEXT.replace("-", "\u2011"), id="hyphens of a word processor"),
    ],
)
def test_what_people_write_otherwise_is_taken(typed: str) -> None:
    assert secret.read(typed) == SECRET


@given(SECRETS, st.integers(0, 35), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_a_typing_error(one: bytes, at: int, c: str) -> None:
    bare = secret.text(one).replace("-", "")
    typed = bare[:at] + c + bare[at + 1 :]
    if typed == bare:
        return
    with pytest.raises(UsageError, match="typing error") as refused:
        secret.read(typed)
    assert typed not in str(refused.value)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param(TEXT[:-5], id="a group short"),
        pytest.param(f"{TEXT}-0000", id="a group too much"),
        pytest.param(TEXT.replace(TEXT[0], "U", 1), id="a letter that is in none"),
        pytest.param("Ы" * 36, id="letters of another script"),
        pytest.param("٣" * 36, id="digits of another script"),
    ],
)
def test_what_can_be_no_secret_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(UsageError, match="has 9 groups") as refused:
        secret.read(typed)
    assert not typed or typed not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_base32_has_the_highest_digits_first() -> None:
    assert [secret.base32(n, 4) for n in (0, 31, 32, 2**20 - 1)] == ["0000", "000Z", "0010", "ZZZZ"]
