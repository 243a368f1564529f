"""The bench runs, and counts what the wiki counts; how long anything takes is for people to read, not for a test."""

from __future__ import annotations

import json
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


@pytest.mark.wiki
def test_apply_is_measured_beside_pywikibots_own_save_on_the_same_pages() -> None:
    done = bench(sys.executable, "scripts/bench_apply.py", "--edits", "5", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["schema"], document["bench"]) == ("eventsafety/bench@1", "apply")
    rows = {row["name"]: row for row in document["rows"]}
    assert (rows["requests for each edit"]["value"], rows["requests for each edit"]["most"]) == (2, 2)
    assert rows["requests for each edit that was saved before"]["value"] == 2
    assert rows["requests for each edit by Page.save()"]["value"] == 3
    assert rows["requests for each edit by Page.save() after a look at a stop page"]["value"] > 3


@pytest.mark.parametrize(
    ("aim", "code", "met"),
    [
        pytest.param("most=2", 1, False, id="more than at most"),
        pytest.param("most=3", 0, True, id="just at most"),
        pytest.param("least=3", 0, True, id="just at least"),
        pytest.param("least=4", 1, False, id="less than at least"),
        pytest.param("", 0, None, id="no aim"),
    ],
)
def test_a_missed_aim_is_said_and_is_exit_code_1(aim: str, code: int, met: bool | None) -> None:
    def finish(as_json: bool) -> subprocess.CompletedProcess[str]:
        figures = f"[Figure('sooner', 1, least=1), Figure('fewer', 3, {aim})]"
        work = f"from measure import *; sys.exit(finish('some', {figures}, as_json={as_json}))"
        return bench(sys.executable, "-c", f"import sys; sys.path.insert(0, 'scripts'); {work}")

    printed, as_json = finish(as_json=False), finish(as_json=True)
    assert (printed.returncode, as_json.returncode) == (code, code), printed.stderr
    assert ("fewer" in printed.stdout, "MISSED" in printed.stdout) == (met is not None, met is False)
    assert [row["met"] for row in json.loads(as_json.stdout)["rows"]] == [True, met]


def test_a_bench_that_there_is_not_is_one_sentence() -> None:
    done = bench("scripts/bench", "nonsense")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "apply, check, parse, start, match, sealed" in done.stderr
