"""Notices from end to end: a real MediaWiki, real processes, and people who edit, remove, move and archive pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.onwiki import messages
from tests.applying import now
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World
from tests.wiki.client import Client
from tests.wiki.preparing import ADA, BO, EVENT, FRIENDLY, MEMBERS, PAGE, TALK, UCOC, Preparing

NOTICE = "Event safety notice"
VERSION_2 = '[notices]\nversion = "2"\n'


@pytest.fixture
def event(wiki: Sandbox, world: World, tmp_path: Path) -> Preparing:
    return Preparing(wiki, tmp_path)


@pytest.fixture
def noticed(event: Preparing) -> Preparing:
    """The same, with its notices on page and talk page."""
    event.update("notices")
    return event


def test_page_and_talk_page_get_a_notice_each_and_nothing_else_changes(event: Preparing) -> None:
    planned = event.update("notices")
    assert [edit["title"] for edit in planned.edits] == [EVENT, TALK]
    [page], [talk] = event.calls(NOTICE), event.calls(NOTICE, TALK)
    assert {**page, "form": "talk"} == talk
    assert (page["ucoc"], page["friendly"], page["contact 1"], page["version"]) == (UCOC, FRIENDLY, ADA, "1")
    assert (page["lang"], page["public"], page["emergency"]) == ("en", TALK, "emergency@wikimedia.org")
    text = event.text()
    start = text.index("{{Event safety notice")
    end = text.index("}}", start) + 2
    assert text[:start].rstrip() + "\n\n" + text[end:].lstrip() == PAGE
    assert event.text(TALK).endswith(" (UTC)")


def test_what_a_reader_sees_of_the_rest_of_the_page_is_the_same(event: Preparing) -> None:
    event.install()
    before = parsed(event)
    event.update("notices", "contacts")
    after = parsed(event)
    assert "Universal Code of Conduct" in " ".join(after)
    assert ADA in " ".join(after)
    assert [line for line in before if line not in after] == []


def rendered(event: Preparing) -> str:
    answer = Client(event.wiki.url).api(action="parse", page=EVENT, prop="text", disablelimitreport=1)
    return str(answer["parse"]["text"])


def parsed(event: Preparing) -> list[str]:
    """The text of each line of the rendered page."""
    return [line.strip() for line in re.sub(r"<[^>]*>", "", rendered(event)).splitlines() if line.strip()]


def test_a_page_with_a_policy_section_is_completed_and_not_doubled(event: Preparing) -> None:
    mine = PAGE.replace("== Programme", f"== Safe space policy ==\nPlease follow the [[{UCOC}|UCoC]].\n\n== Programme")
    event.save(mine)
    event.update("notices")
    [notice] = event.calls(NOTICE)
    assert notice["form"] == "addition"
    assert "ucoc" not in notice
    assert notice["friendly"] == FRIENDLY
    assert all(line in event.text() for line in mine.splitlines())


def test_a_new_version_and_another_policy_replace_the_notice_in_place(noticed: Preparing) -> None:
    before = noticed.text()
    noticed.command.add('[notices]\nversion = "2"\nfriendly = "m:Friendly space"\n')
    noticed.update("notices")
    assert noticed.text() == before.replace("| version = 1", "| version = 2").replace(FRIENDLY, "m:Friendly space")
    assert len(noticed.calls(NOTICE, TALK)) == 1


def test_what_a_person_took_away_or_changed_stays_so_and_is_reported(noticed: Preparing) -> None:
    noticed.save(PAGE)
    noticed.save(noticed.text(TALK).replace(f"| contact 1 = {ADA}", f"| contact 1 = {BO}"), TALK)
    planned = noticed.plan("notices")
    assert planned.edits == []
    assert "Somebody took the notice off this page" in planned.notes
    assert f"Somebody changed whom to report to in private in the notice; it stays as it is ({BO})." in planned.notes
    noticed.save(f"{PAGE}\nMore.")
    noticed.command.add(VERSION_2)
    assert [edit["title"] for edit in noticed.plan("notices").edits] == [TALK]


def test_what_a_person_wrote_is_not_the_bots_though_it_saved_the_page_since(event: Preparing) -> None:
    event.save(f"{PAGE}\n\n{{{{Event safety notice|event={EVENT}|ucoc=m:Our own page}}}}")
    event.update("notices")
    event.command.add(VERSION_2)
    event.update("notices")
    assert "ucoc=m:Our own page|" in event.text()


def test_who_left_the_team_is_taken_out_of_the_notice_and_no_roster_takes_nothing(event: Preparing) -> None:
    event.write(MEMBERS, f'policy = "{EVENT}/Policy"\nemergency_number = "112"')
    event.update("notices")
    assert event.plan("notices", roster=False).edits == []
    [notice] = event.calls(NOTICE)
    assert (notice["own"], notice["number"], notice["contact 1"]) == (f"{EVENT}/Policy", "112", ADA)
    event.write([replace(MEMBERS[0], more="until = 2020-01-01"), replace(MEMBERS[1], roles="takes reports")])
    event.update("notices")
    assert [event.calls(NOTICE, title)[0]["contact 1"] for title in (EVENT, TALK)] == [BO, BO]
    assert event.calls(NOTICE)[0]["number"] == ""


def test_a_notice_leads_to_no_list_that_somebody_took_off(event: Preparing) -> None:
    event.update("notices", "contacts")
    text = event.text()
    event.save(text[: text.index("{{Event safety contacts")] + text[text.index("== Participants") :])
    event.update("notices", "contacts")
    assert event.calls(NOTICE)[0]["contacts"] == ""
    assert event.calls("Event safety contacts") == []


def test_copies_and_a_page_that_was_moved_leave_one_notice(noticed: Preparing) -> None:
    text = noticed.text()
    call = text[text.index("{{Event safety notice") : text.index("}}", text.index("{{Event safety notice")) + 2]
    noticed.save(f"{text}\n\n{call}\n\nThe end.")
    noticed.world.move_page(EVENT, "Event:Clinic of Learning")
    noticed.world.move_page(TALK, "Event talk:Clinic of Learning")
    noticed.roster.write_text(noticed.roster.read_text().replace(EVENT, "Event:Clinic of Learning"))
    noticed.update("notices", event="Event:Clinic of Learning")
    [page] = noticed.calls(NOTICE, "Event:Clinic of Learning")
    [talk] = noticed.calls(NOTICE, "Event talk:Clinic of Learning")
    assert page["event"] == talk["event"] == "Event:Clinic of Learning"


def test_a_page_that_wants_no_bots_is_not_planned_for(event: Preparing) -> None:
    event.save(PAGE + "\n{{bots|deny=TestBot}}")
    planned = event.plan("notices", "contacts")
    assert [edit["title"] for edit in planned.edits] == [TALK]
    assert f'"{EVENT}" is left alone: ' in planned.notes


def test_a_talk_page_that_was_archived_does_not_get_the_same_notice_again(noticed: Preparing) -> None:
    noticed.world.move_page(TALK, f"{TALK}/Archive 1", redirect=False)
    noticed.world.page(TALK, "A new start.", at=now())
    planned = noticed.plan("notices")
    assert planned.edits == []
    assert "somebody archived it" in planned.notes


def test_a_translated_page_keeps_its_units_and_its_translations_are_not_edited(event: Preparing) -> None:
    mine = (
        "<languages/>\n<translate>\n<!--T:1-->\nWelcome to the clinic.\n\n== Programme == <!--T:2-->\n\n<!--T:3-->\n"
        "* Tea\n</translate>\n\n== Participants ==\n# [[User:Amber Abacus]]"
    )
    event.save(mine)
    event.save("Willkommen.", f"{EVENT}/de")
    event.update("notices", "contacts")
    text = event.text()
    assert text.startswith(mine.partition("\n\n== Participants")[0])
    assert text.index("</translate>") < text.index("{{Event safety notice")
    done = event.command("plan", f"{EVENT}/de", "--task", "notices", "--roster", str(event.roster))
    assert event.text(f"{EVENT}/de") == "Willkommen."
    assert (done.returncode, done.stdout) == (1, "") or EVENT + "/de" not in done.stdout


@pytest.mark.parametrize(
    ("language", "shown", "direction"), [("es", "es", "ltr"), ("ar", "ar", "rtl"), ("gl", "pt", "ltr")]
)
def test_the_notice_speaks_the_language_of_the_page_or_its_next(
    event: Preparing, language: str, shown: str, direction: str
) -> None:
    event.install()
    event.world.switch(settings={"wgLanguageCode": language})
    try:
        event.update("notices", "contacts")
        [notice], [contacts] = event.calls(NOTICE), event.calls("Event safety contacts")
        assert (notice["lang"], contacts["lang"]) == (shown, shown)
        page = rendered(event)
        assert page.count(f'lang="{shown}" dir="{direction}"') >= 2
        assert messages.text(shown, "notice-title") in page
    finally:
        event.world.switch()


def test_the_requests_of_a_plan_are_small_and_known(event: Preparing) -> None:
    first = requests(event, "notices", "contacts")
    event.update("notices", "contacts")
    assert (first, requests(event, "notices", "contacts")) == (29, 10)


def requests(event: Preparing, *tasks: str) -> int:
    before = len(event.wiki.requests())
    event.plan(*tasks)
    return len(event.wiki.requests()) - before
