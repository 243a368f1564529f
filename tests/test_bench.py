"""The bench runs, and counts what the wiki counts; how long anything takes is for people to read, not for a test."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.recordings import ROOT


def bench(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.wiki
def test_check_is_measured_beside_plain_pywikibot_on_the_same_wiki() -> None:
    done = bench(sys.executable, "scripts/bench_check.py", "--sizes", "40")
    assert done.returncode == 0, done.stderr
    requests = {way: int(number) for way, number in re.findall(r"^ +40  (\S.+?) {2,}(\d+) ", done.stdout, re.MULTILINE)}
    assert set(requests) == {"check, as a bot", "check, without an account", "plain Pywikibot, as a bot"}
    assert requests["plain Pywikibot, as a bot"] > 3 * 40 > 5 * requests["check, as a bot"]


def test_a_bench_that_there_is_not_is_one_sentence() -> None:
    done = bench("scripts/bench", "nonsense")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "check, parse, start, match" in done.stderr
