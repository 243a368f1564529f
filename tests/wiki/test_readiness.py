"""Readiness from end to end: a real MediaWiki, real processes, and an event that gets ready step by step."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.render.test_jsons import schema
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World
from tests.wiki.preparing import ADA, BO, EVENT, TALK, Member, Preparing
from tests.wiki.reviewing import LOCKED

CHECKLIST = "Event safety checklist"
PEOPLE = ("Amber Abacus", "Bea Badger")
TEAM = (
    Member(ADA, "takes reports, decides", 'order = 1\naffiliation = "Wikimedia Norge"'),
    Member(BO, "takes reports, responds on site, removes people", 'order = 2\naffiliation = "none"'),
)
UNTRAINED = "\n\n".join(
    f'[[contact]]\nname = "{name}"\nroles = "{roles}"\norder = {place}\nlanguages = "en"'
    for place, (name, roles) in enumerate(((ADA, "reports, decides"), (BO, "reports, on site, removes")), 1)
)
COURSES = """
[[course]]
name = "Keeping events safe"
cohort = "Winter"
where = "https://learn.wiki/course"
apply_until = 2199-01-31

[[declared]]
item = "refusals"
state = "done"
text = "Letter in our folder."
"""
EXPORT = f"username,course,completed,status\n{ADA},Keeping events safe,2026-02-03,completed\n"
# As the Dashboard gives it: without the title of the course, which the name of the file has to say.
DONE = {"course_training_progress_assigned_count": 3, "course_training_progress_completed_count": 3}
DASHBOARD = {"course": {"users": [{"username": BO, "role": 0, **DONE}]}}


@pytest.fixture
def event(wiki: Sandbox, world: World, tmp_path: Path) -> Preparing:
    prepared = Preparing(wiki, tmp_path, text="Welcome to the clinic.", people=PEOPLE, days=3)
    prepared.write(TEAM)
    return prepared


def readiness(event: Preparing, *words: str, code: int = 10) -> dict[str, Any]:
    """What ``readiness --json`` says with the roster; it must be what its schema says and show nothing private."""
    found = event.json("readiness", EVENT, "--roster", str(event.roster), *words, code=code)
    jsonschema.validate(found, schema("readiness"), cls=jsonschema.Draft202012Validator)
    assert "555" not in json.dumps(found)
    return found


def states(found: dict[str, Any], *names: str) -> dict[str, str]:
    by_id = {item["id"]: item["state"] for item in found["items"]}
    return {name: by_id[name] for name in names}


def item(found: dict[str, Any], name: str) -> dict[str, Any]:
    [row] = [row for row in found["items"] if row["id"] == name]
    return dict(row)


def test_the_items_follow_what_is_done_on_the_wiki(event: Preparing) -> None:
    names = ("policies", "team-known", "information", "signup-reviewed", "agreement", "refusals", "chain", "training")
    before = readiness(event)
    assert list(states(before, *names).values()) == [*["missing"] * 3, *["cannot tell"] * 3, "done", "done"]
    event.reviewing.run("check", EVENT)
    event.update("notices", "contacts")
    after = readiness(event, code=11)
    assert list(states(after, *names).values()) == [*["done"] * 5, "cannot tell", "done", "done"]
    assert "read all 2" in item(after, "signup-reviewed")["where"]


def test_courses_from_files_and_declarations_of_the_roster_count(event: Preparing) -> None:
    event.roster.write_text(f"{UNTRAINED}\n{COURSES}")
    found = readiness(event)
    assert states(found, "training", "refusals") == {"training": "missing", "refusals": "done"}
    assert {(need["who"], need["cohort"], need["apply_until"]) for need in found["courses"]} == {
        (name, "Winter", "2199-01-31") for name in (ADA, BO)
    }
    export, dashboard = event.folder / "export.csv", event.folder / "Keeping events safe.json"
    export.write_text(EXPORT)
    dashboard.write_text(json.dumps(DASHBOARD))
    found = readiness(event, "--training", str(export))
    assert [need["who"] for need in found["courses"]] == [BO]
    found = readiness(event, "--training", str(export), "--training", str(dashboard))
    assert (found["courses"], states(found, "training")) == ([], {"training": "done"})


def test_without_a_roster_and_without_an_account_it_says_how_to_begin(event: Preparing) -> None:
    event.command.anonymous()
    page = event.folder / "list.html"
    done = event.command("readiness", EVENT, "--html", str(page))
    assert done.returncode == 10
    assert "give it with --roster FILE" in " ".join(done.stdout.split())
    assert f"The list is in {page}." in done.stderr
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert "No roster was given." in page.read_text()


@pytest.mark.parametrize(
    ("said", "named", "not_named"),
    [
        pytest.param("technical = true", ["Code of Conduct Committee"], [], id="technical"),
        pytest.param(
            'technical = false\naffiliates = ["Wikimedia Norge"]',
            ["Wikimedia Norge", "Affiliations Committee"],
            ["Code of Conduct Committee", "The affiliate of those involved"],
            id="of an affiliate",
        ),
    ],
)
def test_reports_go_where_this_event_sends_them(
    event: Preparing, said: str, named: list[str], not_named: list[str]
) -> None:
    event.write(TEAM, said)
    told = " ".join(one["name"] for one in readiness(event)["report_to"])
    assert "Trust and Safety" in told
    assert all(name in told for name in named)
    assert not any(name in told for name in not_named)


def test_the_checklist_holds_states_alone_and_changes_only_with_them(event: Preparing) -> None:
    unrostered = event.plan("checklist", roster=False)
    assert unrostered.edits == []
    assert "no roster was given" in unrostered.notes
    event.update("checklist")
    [shown] = event.calls(CHECKLIST)
    assert (shown["policies"], shown["chain"], shown["refusals"], shown["visible"]) == (
        "missing",
        "done",
        "unknown",
        "na",
    )
    assert not {ADA, BO} & set(event.text().split("\n"))

    event.save(event.text().replace(f"| updated = {shown['updated']}", "| updated = 2026-01-01 <!-- last year -->"))
    assert event.plan("checklist").edits == []

    before = event.text().splitlines()
    event.roster.write_text(f'{event.roster.read_text()}\n[[declared]]\nitem = "refusals"\nstate = "done"\n')
    event.update("checklist")
    changed = [line for line in difflib.ndiff(before, event.text().splitlines()) if line[0] in "+-"]
    assert [line for line in changed if "updated" not in line] == ["- | refusals = unknown", "+ | refusals = done"]
    assert len(changed) == 4


def test_all_tasks_together_make_one_edit_of_the_page_and_the_list_is_true_at_once(event: Preparing) -> None:
    event.world.account(LOCKED)
    event.world.lock(LOCKED)
    event.world.register(event.event, [LOCKED])
    planned = event.update("notices", "contacts", "checklist", "review")
    assert sorted(edit["title"] for edit in planned.edits) == sorted(
        [EVENT, TALK, f"User:TestBot/Event review/{EVENT}"]
    )
    [shown] = event.calls(CHECKLIST)
    assert (shown["policies"], shown["team-known"]) == ("done", "done")


def test_an_event_without_registration_is_prepared_by_its_roster(event: Preparing) -> None:
    plain = "Meetup/Tea 5"
    event.save("Hello.\n\n== Participants ==\n# [[User:Amber Abacus]]", plain)
    times = 'timezone = "Europe/Oslo"\nstart = "2126-12-24 09:00"\nend = "2126-12-24 17:00"\nin_person = true'
    event.write(TEAM, f'{times}\norganizers = ["{ADA}", "{BO}"]\ncountry = "NO"')
    event.roster.write_text(event.roster.read_text().replace(EVENT, plain))
    planned = event.update("notices", "contacts", "checklist", event=plain)
    assert [edit["title"] for edit in planned.edits] == [plain, "Talk:Meetup/Tea 5"]
    assert "Emergency number: 112 / 113, which this program knows for NO" in planned.notes
    assert "112" not in event.text(plain)
    [shown] = event.calls(CHECKLIST, plain)
    assert (shown["team-size"], shown["quiet-room"], shown["self-care"]) == ("done", "unknown", "na")
    checked = event.command.check(plain)
    assert ([row["name"] for row in checked["registrants"]], checked["unparsed"]) == (["Amber Abacus"], [])


def test_a_page_that_the_roster_names_and_nobody_made_is_told_at_no_further_request(event: Preparing) -> None:
    rules = f"{EVENT}/Rules"
    event.write(TEAM, f'policy = "{rules}"\nreport_page = "{TALK}"')
    planned = event.update("notices", "contacts")
    missing = f'The roster names "{rules}" as the event\'s own policy, but there is no such page on this wiki.'
    assert missing in planned.notes
    assert "reports in public, but" not in planned.notes
    words = ("readiness", EVENT, "--roster", str(event.roster))
    event.command.anonymous()
    before = len(event.wiki.requests())
    policies = item(event.json(*words, code=10), "policies")
    assert len(event.wiki.requests()) - before == 19 + len(TEAM)
    assert (policies["state"], policies["where"]) == ("missing", missing)
    event.save("Be kind.", rules)
    assert item(event.json(*words, code=11), "policies")["state"] == "done"


def test_a_source_that_fails_is_never_done(event: Preparing) -> None:
    event.update("notices", "contacts")
    words = ("readiness", EVENT, "--roster", str(event.roster))
    event.command.anonymous()
    before = len(event.wiki.requests())
    fine = event.json(*words, code=11)
    assert len(event.wiki.requests()) - before == 19 + len(TEAM)
    event.world.fault("/organizers", times=3)
    event.world.fault("globalusers", times=3)
    failed = event.json(*words, code=11)
    assert {row["id"] for row in failed["items"] if row["state"] == "done"} <= {
        row["id"] for row in fine["items"] if row["state"] == "done"
    }
    assert "cannot be told" in item(failed, "independence")["where"]
