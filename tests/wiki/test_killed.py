"""A run that is killed anywhere, and started again, leaves the wiki as if it had never been killed: a sample.

``scripts/kill_runs`` does it at every point.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.applying import BOT, now
from tests.forks import Forks
from tests.kill_runs import Kill, Point, Range, chosen
from tests.proxy.proxy import Proxy
from tests.proxy.rules import Phase
from tests.sandbox.sandbox import Sandbox

SAMPLE = 6


@pytest.fixture(scope="module")
def runs(wiki: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    folder = tmp_path_factory.mktemp("runs")
    wiki.reset()
    with Proxy(wiki.url) as proxy, Forks(proxy.environment(wiki, folder), folder) as forks:
        yield Range(wiki, proxy, forks, folder)
    wiki.reset()


# "Other" edits the third page, or the one that was in hand.
@pytest.mark.parametrize(
    "point",
    [
        pytest.param(Point((Kill("edit", 2, Phase.BEFORE),)), id="before an edit reaches the wiki"),
        pytest.param(
            Point((Kill("edit", 2, Phase.DURING),), "between"), id="saved, answer not delivered, edited since"
        ),
        pytest.param(Point((Kill("edit", 2, "stray", 0.3), Kill("edit", 2, Phase.BEFORE))), id="arriving late"),
        pytest.param(Point((Kill("edit", 3, Phase.DURING),), "inside"), id="merged, answer not delivered"),
        pytest.param(Point((Kill("write", 2, "half"), Kill("write", 1, "half")), "between"), id="half a record, twice"),
        pytest.param(
            Point((Kill("fsync", 3, "before"), Kill("edit", 4, Phase.DURING))), id="record written, not synced"
        ),
    ],
)
def test_a_killed_run_is_finished_by_the_next(runs: Range, point: Point) -> None:
    assert runs.problems(point) == []
    assert runs.tally.killed


def test_a_spread_over_all_points(runs: Range) -> None:
    single, double = runs.points()
    assert len(single) > 100
    assert len(double) > 100
    killed = runs.tally.killed
    wrong = [why for point in chosen(single, double, SAMPLE) for why in runs.problems(point)]
    assert wrong == []
    assert runs.tally.killed >= killed + SAMPLE


def test_an_edit_that_is_lost_or_made_twice_would_be_noticed(runs: Range) -> None:
    """The check itself can fail: here somebody undoes an edit, and somebody makes one twice, with nobody killed."""
    point = Point(())
    assert runs.problems(point) == []
    made = runs.plan.edits[0]
    runs.wiki.world.page(made.title, made.old_text, user="Other", at=now())
    runs.wiki.world.page(made.title, made.text, user=BOT, at=now())
    applied = runs.apply(runs.plan)
    assert any("saved more than once" in why for why in runs.wrong(applied, "", point))
