"""A test wiki for every test in this folder; where there can be none, the tests fail with the reason."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.errors import SandboxError
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import seed
from tests.sandbox.world import World

HERE = Path(__file__).parent


# Files whose tables run a command several times for each row; scripts/prove runs every row, the check every fifth one.
LONG = frozenset(
    {
        *("test_outcomes.py", "test_review.py", "test_apply_interactive.py", "test_check.py"),
        *("test_templates_render.py", "test_notice_rendering.py", "test_review_rendering.py", "test_i18n_pages.py"),
    }
)
# Tests of the test wiki itself, which every other file uses; scripts/prove runs them all, the check one of three.
INSTRUMENTS = frozenset({"test_sandbox.py", "test_sandbox_world.py", "test_proxy.py"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not wiki"` leaves them out, and take a sample of what is long."""
    rows: Counter[str] = Counter()
    left_out: list[pytest.Item] = []
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.wiki)
        if os.environ.get("EVENTSAFETY_PROOF") == "all":
            continue
        table, bracket, _ = item.nodeid.partition("[")
        if bracket and item.path.name in LONG:
            rows[table] += 1
            if rows[table] % 5 != 1:
                left_out.append(item)
        elif item.path.name in INSTRUMENTS:
            rows[item.path.name] += 1
            if rows[item.path.name] % 3 != 1:
                left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


@pytest.fixture(scope="session")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Return the seeded test wiki of this run; EVENTSAFETY_WIKI_DIR names the folder of one that is already up."""
    standing = os.environ.get("EVENTSAFETY_WIKI_DIR")
    sandbox = Sandbox(Path(standing) if standing else tmp_path_factory.mktemp("wiki"))
    try:
        if standing:
            assert sandbox.url
        else:
            sandbox.up(hours=2)
            seed(sandbox.world)
            sandbox.keep()
    except SandboxError as error:
        pytest.fail(f"No test wiki, so nothing that needs one was tested. {error}", pytrace=False)
    yield sandbox
    if not standing:
        sandbox.down()


@pytest.fixture
def world(wiki: Sandbox) -> World:
    """Return the means to change the wiki, which is as seeded when the test begins."""
    wiki.reset()
    return wiki.world


@pytest.fixture(scope="module")
def second_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("second") / "wiki"
    yield folder
    Sandbox(folder).down()


@pytest.fixture
def another(second_folder: Path) -> Sandbox:
    """A second wiki, as new, that a test may break: the next test gets it mended."""
    sandbox = Sandbox(second_folder)
    sandbox.up(hours=1)
    sandbox.reset()
    return sandbox
