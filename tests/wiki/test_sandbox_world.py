"""The test wiki does what a test tells it, and its default world is what it says it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox import install
from tests.sandbox.errors import SandboxError
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import CLINIC, CLINIC_PEOPLE, HOSTILE_NAMES, IMPOSSIBLE_NAMES, LISTED, ordinary, seed
from tests.sandbox.world import World
from tests.wiki.client import Client

PARTICIPANTS = "/w/rest.php/campaignevents/v0/event_registration/{}/participants"


def rows(wiki: Sandbox, event: int) -> list[Any]:
    """All public rows of an event, page by page."""
    client, found, page = Client(wiki.url), [], [{"participant_id": 0}]
    while page:
        after = page[-1]["participant_id"]
        page = client.get(PARTICIPANTS.format(event), include_private="false", last_participant_id=after).data
        found += page
    return found


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


def test_a_state_can_be_kept_beside_the_first(wiki: Sandbox, world: World) -> None:
    world.page("Kept beside", "x")
    wiki.keep("kept-beside")
    seen = []
    for name in ("kept", "kept-beside", "kept"):
        wiki.reset(name)
        page = Client(wiki.url).api(action="query", titles="Kept beside")["query"]["pages"][0]
        seen.append("missing" not in page)
    assert seen == [False, True, False]


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


# --- what keeps an edit from being made


def test_a_protected_title_and_a_filter_say_no_and_an_ended_session_is_told(wiki: Sandbox, world: World) -> None:
    world.protect("Guarded Title")
    world.abuse_filter('page_title rlike "Warned"', warn=True)
    world.abuse_filter('page_title rlike "Forbidden"', disallow=True)
    client = Client(wiki.url)
    assert client.login("TestBot@test", install.BOT_PASSWORD) == "Success"
    token = client.api(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
    titles = ("Guarded Title", "Warned Page", "Forbidden Page", "Free Page")
    answers = [client.api(action="edit", title=title, text="x", token=token) for title in titles]
    codes = [answer.get("error", {}).get("code") for answer in answers]
    assert codes == ["protectedpage", "abusefilter-warning", "abusefilter-disallowed", None]
    world.protect("Guarded Title", "")
    assert client.api(action="edit", title="Guarded Title", text="x", token=token)["edit"]["result"] == "Success"
    world.end_sessions("TestBot")
    assert client.api(action="query", meta="userinfo")["query"]["userinfo"]["name"] == "127.0.0.1"
    assert client.login("TestBot@test", install.BOT_PASSWORD) == "Success"
