"""What reports say of agreement: counts for everybody, names for those who were asked alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.model import Agreed, Judged, Origin, Registrant, VerdictKind
from bot.render import agreement

AGREED, REGISTERED, NOT_AGREED, NOT_ASKED, UNKNOWN = Agreed
MOST = 20


def judged(*agreed: Agreed, name: str | None = "Ada") -> tuple[Judged, ...]:
    return tuple(
        Judged(Registrant(name and f"{name} {number}", Origin("signature"), agreed=one), VerdictKind.CLEAR)
        for number, one in enumerate(agreed)
    )


@pytest.mark.parametrize(
    ("people", "sentences"),
    [
        pytest.param((), [], id="nobody"),
        pytest.param(judged(AGREED), ["Agreement to the policies: 1 where they signed up"], id="one"),
        pytest.param(
            judged(NOT_ASKED, UNKNOWN, NOT_AGREED, AGREED, REGISTERED, AGREED),
            [
                (
                    "Agreement to the policies: 1 by registering, 2 where they signed up, 1 asked and not agreed, "
                    "1 could not be told, 1 not asked"
                )
            ],
            id="one of each, the surest first",
        ),
        pytest.param(
            judged(*[NOT_ASKED] * 1200),
            ["Agreement to the policies: 1,200 not asked"],
            id="what nobody did is left out",
        ),
    ],
)
def test_fact(people: Sequence[Judged], sentences: list[str]) -> None:
    assert list(agreement.fact(people)) == sentences


@pytest.mark.parametrize(
    ("people", "names"),
    [
        pytest.param(judged(AGREED, REGISTERED, NOT_ASKED), None, id="nobody owes it"),
        pytest.param(judged(NOT_AGREED, AGREED, UNKNOWN), "Ada 0, Ada 2", id="not agreed, and not known"),
        pytest.param(judged(NOT_AGREED, name=None), "a hidden name", id="a hidden name is not told"),
        pytest.param(
            judged(*[NOT_AGREED] * MOST),
            ", ".join(f"Ada {number}" for number in range(MOST)),
            id="as many as are named",
        ),
        pytest.param(
            judged(*[NOT_AGREED] * (MOST + 1500)),
            ", ".join(f"Ada {number}" for number in range(MOST)) + " and 1,500 more",
            id="the rest is counted",
        ),
    ],
)
def test_owing(people: Sequence[Judged], names: str | None) -> None:
    sentence = f"Asked to agree to the policies and not known to have agreed: {names}."
    assert list(agreement.owing(people)) == ([sentence] if names else [])


def test_every_state_has_a_meaning() -> None:
    assert set(agreement.MEANINGS) == set(Agreed)
