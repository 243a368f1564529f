"""Recorded answers give the recorded output, every one of them is used, and none of them holds a secret."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recordings import CASSETTES, RECORDINGS, ROOT

SECRETS = {
    "a cookie": re.compile(r"set-cookie|\bcookie\b *:", re.IGNORECASE),
    "a password": re.compile(r"lgpassword|Pass-4711|BotPassword\(|0123456789abcdef"),
    "a token": re.compile(r"\b[0-9a-f]{32,}\+\\"),
    "an authorization": re.compile(r"authorization *:", re.IGNORECASE),
    "a mail address": re.compile(r"[\w.+-]+@(?!example\.org\b|global\b)[\w-]+\.[a-z]{2,}", re.IGNORECASE),
    "an address of a machine": re.compile(r"127\.0\.0\.1|localhost|/tmp/|/home/"),
}
# The one clock in a report: when it was made.
CHECKED = re.compile(r"Checked \d{4}-\d\d-\d\d \d\d:\d\d UTC")


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recorded_command_says_again_what_it_said(name: str, tmp_path: Path) -> None:
    recording = RECORDINGS[name]
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "replay.py"), str(CASSETTES / f"{name}.yaml"), *recording.words],
        cwd=ROOT,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    recorded = (CASSETTES / f"{name}.out").read_text(encoding="utf-8")
    assert CHECKED.sub("", done.stdout + done.stderr) == CHECKED.sub("", recorded)
    assert done.returncode == recording.code


def test_there_is_no_recording_that_nobody_plays() -> None:
    stored = {str(path.relative_to(CASSETTES).with_suffix("")) for path in CASSETTES.rglob("*.yaml")}
    assert stored == set(RECORDINGS)


@pytest.mark.parametrize("path", sorted(CASSETTES.rglob("*.*")), ids=lambda path: str(path.relative_to(CASSETTES)))
def test_no_recording_holds_a_secret(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert {what for what, pattern in SECRETS.items() if pattern.search(text)} == set()
