"""The test wiki comes and goes as ordered, side by side with others, and does what a test tells it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox import install, server
from tests.sandbox.errors import SandboxError
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import CLINIC, CLINIC_PEOPLE, HOSTILE_NAMES, IMPOSSIBLE_NAMES, LISTED, ordinary, seed
from tests.sandbox.world import World
from tests.wiki.client import Client

PARTICIPANTS = "/w/rest.php/campaignevents/v0/event_registration/{}/participants"
LAST_LINE = -1


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


def rows(wiki: Sandbox, event: int) -> list[Any]:
    """All public rows of an event, page by page."""
    client, found, page = Client(wiki.url), [], [{"participant_id": 0}]
    while page:
        after = page[LAST_LINE]["participant_id"]
        page = client.get(PARTICIPANTS.format(event), include_private="false", last_participant_id=after).data
        found += page
    return found


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


# --- what a test can do to it


def test_a_reset_takes_back_what_a_test_did(wiki: Sandbox, world: World) -> None:
    world.account("Passing Guest")
    world.lock("Passing Guest")
    world.switch(off=["GlobalBlocking"])
    asked = {
        "action": "query",
        "list": "globalusers|users",
        "gususers": "Passing Guest",
        "ususers": "Passing Guest",
        "gusprop": "locked",
    }
    assert Client(wiki.url).api(**asked)["query"]["globalusers"][0]["locked"] is True
    wiki.reset()
    assert Client(wiki.url).api(**asked)["query"] == {
        "globalusers": [{"name": "Passing Guest", "missing": True}],
        "users": [{"name": "Passing Guest", "missing": True}],
    }
    assert "globalblocks" in Client(wiki.url).api(action="query", list="globalblocks")["query"]


def test_a_login_outlives_a_reset(wiki: Sandbox, world: World) -> None:
    client = Client(wiki.url)
    assert client.login("TestBot@test", install.BOT_PASSWORD) == "Success"
    wiki.reset()
    assert client.api(action="query", meta="userinfo", assertuser="TestBot")["query"]["userinfo"]["name"] == "TestBot"


@pytest.mark.parametrize(
    ("off", "asked"),
    [
        pytest.param("globalusers", {"list": "globalusers", "gususers": "Admin"}, id="CentralAuth before May 2026"),
        pytest.param("CentralAuth", {"meta": "globaluserinfo", "guiuser": "Admin"}, id="no CentralAuth"),
        pytest.param("GlobalBlocking", {"list": "globalblocks", "bgtargets": "Admin"}, id="no GlobalBlocking"),
    ],
)
def test_a_module_that_is_off_is_unknown_to_the_wiki(
    wiki: Sandbox, world: World, off: str, asked: dict[str, str]
) -> None:
    world.switch(off=[off])
    kind, module = next(iter(asked.items()))
    absent = json.loads((Path(__file__).parent / "samples" / "query_list_absent.json").read_text(encoding="utf-8"))[
        "response"
    ]
    answer = Client(wiki.url).api(action="query", **{kind: module})
    assert answer == json.loads(
        json.dumps(absent).replace("globalusersnosuch", module).replace('\\"list\\"', f'\\"{kind}\\"')
    )


def test_extensions_that_are_off_are_not_listed(wiki: Sandbox, world: World) -> None:
    world.switch(off=["CampaignEvents", "GlobalBlocking"])
    listed = {
        row["name"]
        for row in Client(wiki.url).api(action="query", meta="siteinfo", siprop="extensions")["query"]["extensions"]
    }
    assert "CentralAuth" in listed
    assert listed.isdisjoint({"CampaignEvents", "GlobalBlocking"})


def test_settings_can_be_switched_and_the_world_changed_all_the_same(wiki: Sandbox, world: World) -> None:
    world.switch(settings={"wgReadOnly": "Maintenance"})
    assert Client(wiki.url).api(action="query", meta="siteinfo")["query"]["general"]["readonly"] is True
    assert world.page("Written anyway", "x") > 0


def test_ordered_faults_are_played_as_often_as_ordered(wiki: Sandbox, world: World) -> None:
    world.fault("/participants", status=503, headers={"Retry-After": "7"}, body="<html>Busy</html>", skip=1, times=2)
    client = Client(wiki.url)
    statuses = [client.get(PARTICIPANTS.format(1), include_private="false").status for _ in range(4)]
    assert statuses == [200, 503, 503, 200]


def test_a_fault_can_be_told_by_what_is_posted(wiki: Sandbox, world: World) -> None:
    world.fault('"list":"globalblocks"', status=200, body="{not json", times=1)
    client = Client(wiki.url)
    assert client.api(action="query", list="users", ususers="Admin")["query"]["users"]
    assert client.api(action="query", list="globalblocks") == "{not json"


def test_requests_are_noted_without_secrets(wiki: Sandbox, world: World) -> None:
    client = Client(wiki.url)
    client.login("TestBot@test", install.BOT_PASSWORD)
    client.get("/w/rest.php/campaignevents/v0/event_registration/1")
    noted = wiki.requests()
    assert [row["path"] for row in noted] == [
        "/w/api.php",
        "/w/api.php",
        "/w/rest.php/campaignevents/v0/event_registration/1",
    ]
    assert noted[1]["post"]["action"] == "login"
    assert install.BOT_PASSWORD not in json.dumps(noted)


def test_a_refused_change_says_which(world: World) -> None:
    with pytest.raises(SandboxError, match="Nobody Here"):
        world.block("Nobody Here")
    with pytest.raises(SandboxError, match="no central account 'Nobody Here'"):
        world.lock("Nobody Here")


def test_pages_can_be_moved_and_deleted(wiki: Sandbox, world: World) -> None:
    event = world.add_event("Event:Before", ["Admin"])
    world.move_page("Event:Before", "Event:After")
    client = Client(wiki.url)
    assert client.get(f"/w/rest.php/campaignevents/v0/event_registration/{event}").data["event_page"] == "Event:After"
    assert f'"wgCampaignEventsEventID":{event}' in client.get("/wiki/Event:Before").data
    world.delete_page("Event:After")
    assert client.get("/wiki/Event:After").status == 404


def test_blocks_can_be_lifted_and_ids_are_returned(wiki: Sandbox, world: World) -> None:
    world.account("Short Stay")
    block = world.block("Short Stay", expiry="2099-01-01T00:00:00Z")
    asked = {"action": "query", "list": "users", "ususers": "Short Stay", "usprop": "blockinfo"}
    assert Client(wiki.url).api(**asked)["query"]["users"][0]["blockid"] == block
    world.unblock("Short Stay")
    assert "blockid" not in Client(wiki.url).api(**asked)["query"]["users"][0]


# --- the default world


def test_the_clinic_has_the_people_that_it_promises(wiki: Sandbox, world: World) -> None:
    found = rows(wiki, 1)
    assert len(found) == 137
    named = {row.get("user_name") for row in found}
    unnamed = {"Hidden Reader", "Listhidden Reader", "Unmerged Reader"}
    assert named >= set(CLINIC_PEOPLE) - unnamed
    assert not named & unnamed
    assert sum("hidden" in row for row in found) == 2
    assert sum("not_found" in row for row in found) == 1
    page = Client(wiki.url).get(f"/wiki/{CLINIC.replace(' ', '_')}").data
    assert "146 participants" in page
    assert "9 participants registered privately" in page


def test_the_clinics_people_are_what_is_said_of_them(wiki: Sandbox, world: World) -> None:
    names = "|".join(CLINIC_PEOPLE)
    lists = {
        "list": "globalusers|users|globalblocks",
        "gususers": names,
        "gusprop": "locked",
        "ususers": names,
        "usprop": "blockinfo|groups|centralids",
    }
    query = Client(wiki.url).api(action="query", bgtargets=names, **lists)["query"]
    central = {row["name"]: row for row in query["globalusers"]}
    local = {row["name"]: row for row in query["users"]}
    assert {name for name, row in central.items() if row.get("locked")} == {
        "Ashen Courier",
        "Tin Whistle Fen",
        "Fresh Lamp Oil",
    }
    assert "locklogid" not in central["Fresh Lamp Oil"]
    assert {row["target"] for row in query["globalblocks"]} == {"Copper Ferret", "Old Kettle Drum"}
    assert local["Marsh Telegraph"]["blockpartial"] is False
    assert local["Paper Bellows"]["blockpartial"] is True
    assert local["Elsewhere Only Ema"]["missing"] is True
    assert local["Unattached Namesake Uwe"]["attachedlocal"]["CentralAuth"] is False
    assert local["~2026-31415-9"]["groups"] == ["*", "temp"]
    assert central["Quiet Harbour Nine"]["locked"] is False


def test_hostile_names_arrive_unchanged(wiki: Sandbox, world: World) -> None:
    names = [row["user_name"] for row in rows(wiki, 9)]
    assert names == [*HOSTILE_NAMES, *IMPOSSIBLE_NAMES]


def test_the_same_seed_makes_the_same_world(wiki: Sandbox, another: Sandbox) -> None:
    wiki.reset()
    seed(another.world)
    assert (another.folder / "central.json").read_bytes() == (wiki.folder / "central.json").read_bytes()


def test_an_event_of_a_thousand_is_all_there(wiki: Sandbox, world: World) -> None:
    names = ordinary(1000)
    assert len(set(names)) == 1000
    assert not {part for name in names for part in name.split()} & {part for name in LISTED for part in name.split()}
    event = world.add_event("Event:Crowd", names)
    assert [row["user_name"] for row in rows(wiki, event)] == names


def test_more_ordinary_names_than_pairs_are_still_different() -> None:
    assert len(set(ordinary(10_000))) == 10_000
    assert ordinary(5, skip=3) == ordinary(8)[3:]


def test_pywikibot_logs_in_by_the_folders_own_configuration(wiki: Sandbox, world: World) -> None:
    script = "import pywikibot; s = pywikibot.Site(); s.login(); print(s.user(), s.has_right('apihighlimits'), s.is_locked('Tin Whistle Fen'))"
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **wiki.environment()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["TestBot", "True", "True"]


def test_passwords_are_in_files_for_their_owner_alone(wiki: Sandbox) -> None:
    assert (wiki.folder / "pywikibot" / "user-password.py").stat().st_mode & 0o777 == 0o600
