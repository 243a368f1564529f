"""Safety contacts from end to end: a real MediaWiki, real processes, people who edit the list, and accounts in trouble."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.render.test_jsons import schema
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World
from tests.wiki.preparing import ADA, BO, CY, EVENT, MEMBERS, PAGE, PRIVATE, Member, Preparing

LIST, ROW = "Event safety contacts", "Event safety contact"
TRANSLATED = (
    "<languages/>\n<translate>\n<!--T:1-->\nWelcome to the clinic.\n</translate>\n\n"
    "== Participants ==\n# [[User:Amber Abacus]]"
)
PAGE_IS_RIGHT = '[contacts]\nsource = "page"\n'
# Two people with whom all is well once they have mail, an edit and a place on the page.
WELL = (
    Member(ADA, "takes reports, decides", 'order = 1\naffiliation = "Wikimedia Norge"'),
    Member(BO, "takes reports, responds on site, removes people", 'order = 2\naffiliation = "none"'),
)
BAD = f"""[event]
titel = "{EVENT}"
timezone = "Europe/Atlantis"
start = "2026-02-30 10:00"

[[contact]]
name = "{ADA}"
hours = ["2026-12-24 09:00-12:00", "2026-12-24 11:00-13:00"]
roles = "reports"

[[contact]]
name = "{BO}"
roles = "reports"
order = 1

[[contact]]
name = "{BO}"
roles = "sings"
"""


@pytest.fixture
def event(wiki: Sandbox, world: World, tmp_path: Path) -> Preparing:
    return Preparing(wiki, tmp_path)


def contacts(event: Preparing, *words: str, code: int) -> dict[str, Any]:
    """What ``contacts --json`` says of the event, which must be what its schema says and show nothing private."""
    found = event.json("contacts", EVENT, *words, code=code)
    jsonschema.validate(found, schema("contacts"), cls=jsonschema.Draft202012Validator)
    assert "555" not in json.dumps(found)
    return found


def rostered(event: Preparing, code: int) -> dict[str, Any]:
    return contacts(event, "--roster", str(event.roster), code=code)


def shown(event: Preparing) -> list[str]:
    """The names on the page, in its order."""
    return [line.partition("= ")[2] for line in event.text().splitlines() if line.startswith("| name = ")]


def codes(found: dict[str, Any]) -> set[tuple[str, str | None]]:
    return {(point["code"], point["who"]) for point in found["health"]}


def alive(event: Preparing, *names: str) -> None:
    """Give accounts mail and an edit of today."""
    for name in names:
        event.world.email(name)
        event.save("Hello.", f"User:{name}", name)


def test_the_list_stands_outside_translation_and_what_people_write_into_it_stays(event: Preparing) -> None:
    event.save(TRANSLATED)
    event.update("contacts")
    text = event.text()
    assert text.startswith(TRANSLATED.partition("\n\n== Participants")[0])
    assert text.index("</translate>") < text.index("{{" + LIST) < text.index("== Participants")
    assert shown(event) == [ADA, BO]

    mine = text.replace(f"| name = {BO}\n", f"| name = {BO}\n| pronouns = they <!-- asked on 3 May -->\n")
    mine = mine.replace(
        "{{Event safety contact\n| name = Bo", "''Also there:'' <!-- by hand -->\n{{Event safety contact\n| name = Bo"
    )
    mine = mine.replace("| form = full", "|form=compact")
    event.save(mine)
    assert event.plan("contacts").edits == []

    event.write([MEMBERS[0], Member(BO, "responds on site, removes people", 'order = 2\nhours = "09:00-18:00"')])
    event.update("contacts")
    before, after = mine.splitlines(), event.text().splitlines()
    assert [line for line in after if line not in before] == ["| hours = 09:00-18:00"]
    assert [line for line in before if line not in after] == []


def test_the_people_follow_the_phases_and_each_plan_says_when_the_page_has_to_be_renewed(event: Preparing) -> None:
    event.write([MEMBERS[0], Member(BO, "responds on site", 'phases = "before, during"'), MEMBERS[2]])
    for days, phase, names in ((20, "before", [ADA, BO]), (-0.1, "during", [ADA, BO]), (-3, "after", [ADA, CY])):
        event.begins(days)
        planned = event.plan("contacts")
        event.reviewing.apply(planned)
        assert f"| phase = {phase}\n" in event.text()
        assert shown(event) == names
        due = datetime.now(UTC) + timedelta(days=days if phase == "before" else days + 1 / 3)
        due += timedelta(days=14 if phase == "after" else 0)
        assert f"has to be renewed on {due:%Y-%m-%d}" in planned.notes
    event.begins(-30)
    planned = event.plan("contacts")
    assert planned.edits == []
    assert "the team answered until 14 days after the event, and that is past" in planned.notes
    assert "renewed" not in planned.notes
    assert rostered(event, 10)["differences"] == []


def test_where_the_page_is_right_nothing_is_written_and_drift_is_shown(event: Preparing) -> None:
    event.update("contacts")
    event.command.add(PAGE_IS_RIGHT)
    event.save(event.text().replace(f"| name = {BO}\n", f"| name = {CY}\n| hours = 8 to 12\n"))
    planned = event.plan("contacts")
    assert planned.edits == []
    assert "the settings call the page right" in planned.notes
    found = rostered(event, 10)
    assert found["source"] == EVENT
    assert [one["name"] for one in found["contacts"]] == [ADA, CY]
    unread = [point["text"] for point in found["health"] if point["code"] == "page"]
    assert len(unread) == 1
    assert "8 to 12" in unread[0]
    assert {(one["who"], one["field"]) for one in found["differences"]} >= {(BO, "row"), (CY, "row")}


def test_a_private_number_is_in_nothing_that_anybody_reads_or_writes(event: Preparing) -> None:
    event.write(
        [
            Member(ADA, "takes reports", f'affiliation = "Norge, {PRIVATE}"'),
            Member(BO, "takes reports", f'affiliation = "call {PRIVATE[3:]}"'),
        ],
        f'policy = "Event:Reading Clinic/Rules"\n\n[[declared]]\nitem = "quiet-room"\nstate = "done"\ntext = "{PRIVATE}"',
    )
    words = (EVENT, "--roster", str(event.roster))
    assert "(of Ada Example, not shown here)" in json.dumps(rostered(event, 10))
    for command in ("contacts", "readiness"):
        page = event.folder / "page.html"
        more = ("--html", str(page)) if command == "readiness" else ()
        assert "555" not in event.reviewing.run(command, *words, *more, code=10)
    assert "555" not in page.read_text()
    planned = event.update("contacts", "checklist")
    assert "555" not in event.text() + planned.shown

    event.save(event.text().replace(f"| name = {ADA}\n", f"| name = {ADA}\n| phone = {PRIVATE}\n"))
    rostered(event, 10)
    planned = event.reviewing.plan("plan", *words, "--task", "contacts")
    assert "555" not in planned.edits[0]["text"] + planned.shown + planned.notes


def test_two_emergency_numbers_on_one_page_are_told(event: Preparing) -> None:
    event.write(MEMBERS, 'emergency_number = "112"')
    event.update("contacts", "notices")
    assert [one for one in rostered(event, 10)["differences"] if one["field"] == "number"] == []
    head, _, tail = event.text().partition("{{Event safety notice")
    event.save(f"{head}{{{{Event safety notice{tail.replace('| number = 112', '| number = 100', 1)}")
    [number] = [one for one in rostered(event, 10)["differences"] if one["field"] == "number"]
    assert (number["roster"], number["page"]) == ("112", "100")
    assert "The notice on the page has the emergency number 100, the roster 112" in number["text"]


def test_what_a_person_took_off_is_not_put_back(event: Preparing) -> None:
    event.update("contacts", "checklist")
    event.save(f"{PAGE}\nMore.")
    planned = event.plan("contacts", "checklist")
    assert planned.edits == []
    for template in ("contacts", "checklist"):
        assert f"Somebody took {{{{Event safety {template}}}}} off this page" in planned.notes
    assert "renewed" not in planned.notes


def test_a_list_that_somebody_broke_is_left_alone_and_named_by_line(event: Preparing) -> None:
    event.update("contacts")
    text = event.text()
    event.save(f"{text}\n{{{{Event safety contact|name=Zed}}}}\n{{{{Event safety contacts|team=}}}}")
    points = [point["text"] for point in rostered(event, 10)["health"] if point["code"] == "page"]
    lines = text.count("\n") + 2
    assert f"The page has another list of contacts in line {lines + 1}, which was not read." in points
    assert f"A contact in line {lines} of the page stands in no list, and was not read." in points

    event.save(text[: text.rindex("}}")])
    planned = event.plan("contacts")
    assert planned.edits == []
    assert "of the list of safety contacts cannot be read, so the list is left alone" in planned.notes
    found = rostered(event, 10)
    assert found["differences"] == []
    [unread] = [point for point in found["health"] if point["code"] == "page"]
    assert f"line {text[: text.index('{{' + LIST)].count(chr(10)) + 1}: it is not closed" in unread["text"]
    assert not [point for point in found["health"] if point["code"] == "not-on-page" and point["grade"] != "unknown"]


def test_a_roster_comes_from_the_settings_or_as_csv_but_not_from_another_event(event: Preparing) -> None:
    event.command.add(f'[contacts.rosters]\n"{EVENT}" = "{event.roster}"\n')
    assert len(event.plan("contacts", roster=False).edits) == 1
    event.roster = event.folder / "roster.csv"
    event.roster.write_text(
        "name;roles;channels;order\n"
        f'{CY};takes reports;"wiki mail; phone: +47 555 01 99; email: cy@example.org (public)";1\n'
    )
    event.update("contacts")
    assert shown(event) == [CY]
    assert "| email = cy&#64;example.org" in event.text()

    event.roster = event.folder / "other.toml"
    event.roster.write_text('[event]\ntitle = "Event:Learning Clinic"\n')
    done = event.command("contacts", EVENT, "--roster", str(event.roster))
    assert (done.returncode, done.stdout) == (2, "")
    assert 'other.toml is the roster of "Event:Learning Clinic"' in done.stderr


def test_a_roster_that_contradicts_the_registration_is_told_first_and_everywhere(event: Preparing) -> None:
    event.write(
        WELL, 'timezone = "Asia/Kolkata"\nstart = "2100-12-24 13:00"\nend = "2100-12-24 18:00"\nin_person = true'
    )
    event.world.change_event(event.event, inperson_meeting=False)
    first = [point for point in rostered(event, 10)["health"] if point["grade"] == "warning"][:3]
    assert [point["code"] for point in first] == ["roster"] * 3
    times, zone, place = [point["text"] for point in first]
    assert "The roster says that the event begins on 2100-12-24 13:00 (UTC+05:30) and ends on" in times
    assert "The registration's times count." in times
    assert "Asia/Kolkata (UTC+05:30)" in zone
    assert "the registration says online only. Here it counts as in person" in place
    words = (EVENT, "--roster", str(event.roster))
    said = "Roster and registration differ (3) - The roster says that the event begins"
    shown = " ".join(event.reviewing.run("contacts", *words, code=10).split())
    assert ", by the registration ·" in shown
    assert shown.index(said) < shown.index("Serious (")
    assert said.replace(" (3)", "") in " ".join(event.reviewing.run("readiness", *words, code=10).split())
    planned = event.plan("contacts")
    assert all(text in planned.notes for text in (times, zone, place))

    event.write(WELL)
    assert "roster" not in {code for code, _ in codes(rostered(event, 10))}
    assert "The roster says" not in event.plan("contacts").notes


def test_a_bad_roster_is_refused_by_line_and_nothing_is_written(event: Preparing) -> None:
    event.roster.write_text(BAD)
    output = event.folder / "never.json"
    done = event.command("plan", EVENT, "--task", "contacts", "--roster", str(event.roster), "-o", str(output))
    assert (done.returncode, done.stdout, output.exists()) == (1, "", False)
    problems = [line.strip() for line in done.stderr.splitlines()[1:]]
    said = (
        ("line 2:", '"titel"', '"title"'),
        ("line 3:", "Europe/Atlantis"),
        ("line 4:", "2026-02-30"),
        ("line 8:", "overlap"),
        ("line 16:", BO),
        ("line 18:", '"sings"'),
    )
    for words in said:
        assert any(all(word in problem for word in words) for problem in problems), (words, done.stderr)
    assert all(problem.startswith("line ") for problem in problems)
    again = event.command("contacts", EVENT, "--roster", str(event.roster))
    assert (again.returncode, again.stderr) == (1, done.stderr)


def test_accounts_in_trouble_are_each_told_by_name(event: Preparing) -> None:
    world = event.world
    people = ("Blocked Bea", "Locked Lou", "Old Name Ole", "Silent Sam", "Never Nell", "Mailless Mo")
    world.accounts(people)
    world.rename("Old Name Ole", "New Name Ole")
    world.block("Blocked Bea")
    world.lock("Locked Lou")
    alive(event, ADA, "Blocked Bea", "Locked Lou", "Mailless Mo")
    world.email("Mailless Mo", "")
    world.email("Silent Sam")
    world.email("Never Nell")
    world.page("User:Silent Sam", "Hello.", user="Silent Sam", at="20250102030405")
    everybody = [ADA, "Missing Max", *people]
    event.write([Member(name, "takes reports", f"order = {place}") for place, name in enumerate(everybody, 1)])
    found = rostered(event, 10)
    accounts = {"missing", "renamed", "blocked", "no-mail", "inactive", "unknown"}
    assert {point for point in codes(found) if point[0] in accounts} == {
        ("missing", "Missing Max"),
        ("blocked", "Blocked Bea"),
        ("blocked", "Locked Lou"),
        ("renamed", "Old Name Ole"),
        ("inactive", "Silent Sam"),
        ("inactive", "Never Nell"),
        ("no-mail", "Mailless Mo"),
    }
    texts = {(point["code"], point["who"]): point["text"] for point in found["health"]}
    assert texts["inactive", "Silent Sam"].startswith('"Silent Sam" was last active on the wiki on 2025-01-02')
    assert "has never been active on the wiki" in texts["inactive", "Never Nell"]
    assert 'renamed to "New Name Ole"' in texts["renamed", "Old Name Ole"]
    assert "is locked on all wikis" in texts["blocked", "Locked Lou"]
    assert "is blocked on this wiki" in texts["blocked", "Blocked Bea"]


def test_the_team_as_a_whole_is_held_to_its_event(event: Preparing) -> None:
    day = datetime.now(UTC) + timedelta(days=10)
    times = {"start_time": f"{day:%Y%m%d}033000", "end_time": f"{day:%Y%m%d}123000"}
    event.world.change_event(event.event, **times, inperson_meeting=True)
    same = 'affiliation = "Wikimedia Norge"\n'
    event.write(
        [
            Member(ADA, "takes reports", f'{same}order = 1\nhours = "09:00-13:00"'),
            Member(BO, "responds on site", f'{same}order = 3\nhours = "09:00-18:00"'),
        ],
        'timezone = "Asia/Kolkata"\nlanguages = "hi"',
    )
    event.save(f"{PAGE}\nWrite to u4c@lists.wikimedia.org.")
    found = rostered(event, 10)
    assert {code for code, _ in codes(found)} >= {"coverage", "affiliation", "language", "escalation", "address"}
    [gap] = found["gaps"]
    assert (gap["local_start"], gap["local_end"], gap["there"]) == (
        f"{day:%Y-%m-%d}T13:00+05:30",
        f"{day:%Y-%m-%d}T18:00+05:30",
        [BO],
    )
    texts = " ".join(point["text"] for point in found["health"])
    assert "u4c@lists.wikimedia.org, which is no longer the published address: that is u4c@wikimedia.org" in texts
    assert 'Everybody on the team belongs to "Wikimedia Norge"' in texts
    assert 'Nobody on the team speaks "hi"' in texts
    assert "The roster has no emergency number" in texts


def test_a_contact_who_is_the_only_organizer_is_told(event: Preparing) -> None:
    event.world.add_event("Event:Solo", organizers=[ADA])
    event.roster.write_text(event.roster.read_text().replace(EVENT, "Event:Solo"))
    found = event.json("contacts", "Event:Solo", "--roster", str(event.roster), code=10)
    assert ("only-organizer", ADA) in codes(found)


def test_all_is_well_then_a_source_fails_and_then_it_is_not_known(event: Preparing) -> None:
    alive(event, ADA, BO)
    event.write(WELL)
    event.update("contacts")
    event.command.anonymous()
    words = ("contacts", EVENT, "--roster", str(event.roster))
    before = len(event.wiki.requests())
    assert "All is well with the response team" in event.reviewing.run(*words)
    assert len(event.wiki.requests()) - before == 19 + len(WELL)
    for fault in ("usercontribs", "globalusers", "/organizers"):
        event.world.fault(fault, times=3)
        found = rostered(event, 11)
        assert {point["grade"] for point in found["health"]} == {"unknown"}, fault


def test_a_contact_on_a_list_of_bans_is_said_before_anything_is_written(event: Preparing) -> None:
    event.write((replace(MEMBERS[0], name="Sour Almanac"), MEMBERS[1]))
    report = event.json("contacts", EVENT, "--roster", str(event.roster), code=10)
    [point] = [one for one in report["health"] if one["code"] == "blocked"]
    assert (point["who"], point["grade"]) == ("Sour Almanac", "serious")
    assert 'is on the list "List of globally banned users"' in point["text"]
    planned = event.plan("notices", "contacts")
    assert '"Sour Almanac": "Sour Almanac" is on the list "List of globally banned users"' in planned.notes
    assert "This wiki does not have Template:Event safety notice" in planned.notes
    assert "List of globally banned users" not in "".join(edit["text"] + edit["summary"] for edit in planned.edits)
