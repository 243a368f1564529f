"""Every test gets a Pywikibot of its own: a temporary folder, no throttle, no cookies and no site left from another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

# Reports are as wide as on a pipe, whatever terminal the tests themselves run at.
os.environ.pop("COLUMNS", None)

# The check looks for the same counterexamples every time, and not for long; scripts/fuzz looks for new ones.
settings.register_profile("check", derandomize=True, database=None, max_examples=25)
settings.register_profile("fuzz", derandomize=False, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))

USER_CONFIG = """\
put_throttle = 0
minthrottle = 0
max_retries = 0
retry_wait = 0
solve_captcha = False
"""

# The files that take longest, longest first: begun last, one of them would keep all other processes waiting.
LONGEST = (
    *("test_review.py", "test_outcomes.py", "test_registrants.py", "test_notices.py", "test_contacts.py"),
    *("test_readme.py", "test_contacts_properties.py", "test_killed.py", "test_check.py", "test_review_rendering.py"),
    *("test_readiness.py", "test_review_properties.py", "test_no_leak.py", "test_bench.py", "test_event_bans.py"),
    *("test_i18n_pages.py", "test_non_interference.py", "test_doctor.py"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, then the others that need the test wiki."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(LONGEST) + (item.get_closest_marker("wiki") is None)))


@pytest.fixture(scope="session")
def pywikibot_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base folder with a user-config.py that names no account."""
    folder = tmp_path_factory.mktemp("pywikibot")
    (folder / "user-config.py").write_text(USER_CONFIG)
    return folder


@pytest.fixture(scope="session")
def pywikibot_module(pywikibot_folder: Path) -> ModuleType:
    """Pywikibot, imported without pytest's arguments and without the user's own settings."""
    argv, before = sys.argv, os.environ.get("PYWIKIBOT_DIR")
    sys.argv, os.environ["PYWIKIBOT_DIR"] = argv[:1], str(pywikibot_folder)
    try:
        import pywikibot
    finally:
        sys.argv = argv
        del os.environ["PYWIKIBOT_DIR"]
        if before is not None:
            os.environ["PYWIKIBOT_DIR"] = before
    return pywikibot  # type: ignore[no-any-return]  # Pywikibot has no types


@pytest.fixture
def pywikibot(pywikibot_module: Any) -> Iterator[Any]:
    """Pywikibot without sites, cookies, users and adapters of another test."""
    http, config = pywikibot_module.comms.http, pywikibot_module.config
    adapters, users = http.session.adapters.copy(), dict(config.usernames)
    description, password_file = config.user_agent_description, config.password_file
    _forget(pywikibot_module)
    yield pywikibot_module
    _forget(pywikibot_module)
    http.session.adapters.clear()
    http.session.adapters.update(adapters)
    config.usernames.clear()
    config.usernames.update(users)
    config.user_agent_description, config.password_file = description, password_file


def _forget(pywikibot: Any) -> None:
    pywikibot._sites.clear()
    pywikibot.comms.http.cookie_jar.clear()
    for file in (*Path(pywikibot.config.base_dir).glob("apicache/*"), *Path(pywikibot.config.base_dir).glob("*.lwp")):
        file.unlink()
