from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Limits
from bot.plan import safety, uses
from bot.plan.edits import Edit
from tests.render.made_plans import EMPTY

edits = st.lists(
    st.builds(
        Edit,
        title=st.sampled_from(["A", "B", "C", "D"]),
        namespace=st.integers(0, 3),
        task=st.just("notices"),
        base_revid=st.integers(1, 9),
        old_text=st.sampled_from(["", "ab", "é出", "a" * 50]),
        text=st.sampled_from(["b", "é", "c" * 60]),
        summary=st.just("Summary"),
    ),
    max_size=5,
)


def edit(old: str, new: str, *, base: int = 7) -> Edit:
    return Edit("A", 0, "notices", base, old, new, "Summary")


@pytest.mark.parametrize(
    ("made", "old", "growth"),
    [
        pytest.param(edit("", "ab", base=0), 0, 2, id="a new page"),
        pytest.param(edit("abcd", "ab"), 4, -2, id="shorter"),
        pytest.param(edit("é", "出"), 2, 1, id="bytes of UTF-8, not characters"),
    ],
)
def test_sizes(made: Edit, old: int, growth: int) -> None:
    assert (uses.old_bytes(made), uses.growth(made)) == (old, growth)


def test_there_is_a_number_for_every_limit() -> None:
    assert list(uses.of([])) == list(msgspec.structs.asdict(Limits()))
    assert not any(uses.of([]).values())


@given(edits)
def test_what_is_shown_as_beyond_a_limit_is_what_is_refused(made: list[Edit]) -> None:
    plan, used = replace(EMPTY, edits=tuple(made)), uses.of(made)
    titles = {"notices": lambda _: True}
    at_it = Limits(**used)  # type: ignore[arg-type]  # all but the last are whole numbers

    def over(limits: Limits) -> list[str]:
        return [why for why in safety.refusals(plan, {"": limits, "notices": limits}, titles) if "the limit is" in why]

    assert over(at_it) == []
    for name, number in used.items():
        if number:
            below = number / 2 if name == "share_removed" else number - 1
            assert over(msgspec.structs.replace(at_it, **{name: below}))
