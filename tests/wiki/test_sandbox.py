"""The test wiki comes and goes as ordered, side by side with others, and does what a test tells it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sandbox import install, server
from tests.sandbox.errors import SandboxError
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World
from tests.wiki.client import Client


def command(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    run = [str(server.ROOT / "scripts" / "sandbox"), *words]
    return subprocess.run(run, env=environment, capture_output=True, text=True, check=False)


def processes(group: int) -> list[str]:
    """The state letters of the living processes of a group."""
    states = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            states.append(fields[0])
    return states


def wait_until(true: Callable[[], bool]) -> bool:
    for _ in range(400):
        if true():
            return True
        time.sleep(0.05)
    return False


# --- coming and going


def test_two_wikis_stand_side_by_side_and_know_nothing_of_each_other(wiki: Sandbox, another: Sandbox) -> None:
    wiki.reset()
    another.world.account("Only Over There")
    asked = {"action": "query", "list": "globalusers", "gususers": "Only Over There"}
    assert "centralid" in Client(another.url).api(**asked)["query"]["globalusers"][0]
    assert "missing" in Client(wiki.url).api(**asked)["query"]["globalusers"][0]


def test_up_twice_is_once(another: Sandbox) -> None:
    group = another.group
    assert another.up() == another.url
    assert another.group == group


def test_a_dead_server_is_noticed_and_started_again_on_the_same_data(another: Sandbox) -> None:
    another.world.page("Kept page", "Still here.")
    url, group = another.url, another.group
    assert group is not None
    os.killpg(group, signal.SIGKILL)
    assert wait_until(lambda: not processes(group))
    with pytest.raises(SandboxError, match="has stopped"):
        _ = another.url
    assert another.up() == url
    assert "Still here." in Client(url).get("/wiki/Kept_page").data


def test_a_server_that_hangs_is_replaced(another: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    group = another.group
    monkeypatch.setattr(server, "answers", lambda url, real=server.answers: another.group != group and real(url))
    another.up()
    assert group is not None
    assert processes(group) == []
    assert another.group != group


def test_down_leaves_no_process_and_no_folder(another: Sandbox) -> None:
    group = another.group
    assert group is not None
    assert len(processes(group)) > 1
    assert another.down() is True
    assert processes(group) == []
    assert not another.folder.exists()
    assert another.down() is False


def test_the_server_ends_by_itself_when_its_folder_is_gone(another: Sandbox) -> None:
    group = another.group
    assert group is not None
    shutil.rmtree(another.folder)
    assert wait_until(lambda: not processes(group))


def test_the_server_ends_by_itself_when_its_hours_are_over(another: Sandbox) -> None:
    group = another.group
    assert group is not None
    note = json.loads((another.folder / "sandbox.json").read_text(encoding="utf-8"))
    (another.folder / "sandbox.json").write_text(json.dumps({**note, "until": 0}))
    assert wait_until(lambda: not processes(group))


def test_an_installation_that_broke_off_is_done_again(another: Sandbox) -> None:
    another.world.page("Half done", "x")
    server.stop(another.folder, another.group)
    (another.folder / "installed").unlink()
    another.up()
    assert Client(another.url).get("/wiki/Half_done").status == 404


def test_a_strangers_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SandboxError, match="not empty and not a test wiki"):
        Sandbox(tmp_path).up()
    assert Sandbox(tmp_path).down() is False
    assert (tmp_path / "thesis.txt").exists()


def test_a_taken_port_is_refused(wiki: Sandbox, tmp_path: Path) -> None:
    port = int(wiki.url.rpartition(":")[2])
    sandbox = Sandbox(tmp_path / "late")
    with pytest.raises(SandboxError, match=f"Port {port} is in use"):
        sandbox.up(port)
    sandbox.down()


def test_a_given_port_is_used(tmp_path: Path) -> None:
    port = server.free_port()
    sandbox = Sandbox(tmp_path / "given")
    assert sandbox.up(port) == f"http://127.0.0.1:{port}"
    sandbox.down()


# --- the command


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["explode"], id="unknown verb"),
        pytest.param([], id="no verb"),
        pytest.param(["up", "--port", "many"], id="a port that is no number"),
        pytest.param(["url", "--nowhere"], id="unknown option"),
    ],
)
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    done = command(*words)
    assert done.returncode == 2
    assert "usage: scripts/sandbox" in done.stderr


def test_the_command_goes_through_a_whole_life(tmp_path: Path) -> None:
    folder = str(tmp_path / "by hand")
    assert command("url", "--dir", folder).returncode == 1
    up = command("up", "--dir", folder)
    assert up.returncode == 0
    url = up.stdout.splitlines()[0]
    assert command("url", "--dir", folder).stdout.strip() == url
    assert command("seed", "--dir", folder).returncode == 0
    exports = command("env", "--dir", folder).stdout
    assert f"export PYWIKIBOT_DIR='{folder}/pywikibot'" in exports
    assert "export EVENTSAFETY_SITE=trial:trial" in exports
    World(Path(folder), url).delete_page("Village pump")
    assert command("reset", "--dir", folder).returncode == 0
    assert Client(url).get("/wiki/Village_pump").status == 200
    assert command("down", "--dir", folder).stdout == "Gone.\n"
    assert command("down", "--dir", folder).stdout == "There was nothing.\n"
    assert command("reset", "--dir", folder).returncode == 1


def test_without_mediawiki_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    done = command("up", "--dir", str(tmp_path / "none"), EVENTSAFETY_MEDIAWIKI="/nowhere")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "needs MediaWiki" in done.stderr
    assert "apt-get install --yes --no-install-recommends mediawiki" in done.stderr


def test_another_mediawiki_is_refused_by_its_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, text in (("maintenance/install.php", ""), ("includes/Defines.php", "define( 'MW_VERSION', '1.43.9' );")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(install, "MEDIAWIKI", tmp_path)
    with pytest.raises(SandboxError, match=r"needs MediaWiki 1\.39, as Debian 12 has it; here is 1\.43\.9\."):
        install.require()


def test_installing_packages_needs_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SandboxError, match="needs root on Debian"):
        install.apt_install()


def test_missing_php_modules_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    php = tmp_path / "php"
    php.write_text("#!/bin/sh\necho mbstring\necho xml\n")
    php.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(SandboxError, match="PHP's pdo_sqlite, intl:"):
        install.require()


def test_tests_that_need_the_wiki_fail_with_the_reason_where_there_can_be_none(tmp_path: Path) -> None:
    test = f"{Path(__file__).parent}/test_sandbox_world.py::test_passwords_are_in_files_for_their_owner_alone"
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    environment = {**os.environ, "EVENTSAFETY_MEDIAWIKI": "/nowhere"}
    done = subprocess.run(run, env=environment, cwd=server.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "No test wiki, so nothing that needs one was tested. The test wiki needs MediaWiki" in done.stdout
