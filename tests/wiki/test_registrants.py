"""Messages to registrants from end to end: all alike, one for each person, event and version, whatever happens meanwhile."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

from bot.plan.skips import Skip
from tests.applying import BOT, STOP_PAGE, now
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import HOSTILE_NAMES, THREE_SECTIONS, ordinary
from tests.sandbox.world import World
from tests.wiki.client import Client
from tests.wiki.preparing import EVENT, TALK, Planned, Preparing

NOTICE, REMINDER = "Event safety notice", "Event safety reminder"
PAGE = "Welcome to the clinic."
MORE = "[limits]\nedits = 200\npages = 200\ntalk_pages = 200\nnew_pages = 200\n"
VERSION_2 = '[notices]\nversion = "2"\n'
PEOPLE = ("Amber Abacus", "Birch Bassoon", "Cedar Compass")
_TIME = re.compile(r"\d\d:\d\d, \d+ \w+ \d{4} \(UTC\)")
_SKIPPED = re.compile(r"^Skipped, ([\d,]+): (.+?\.) \((.*)\)$", re.MULTILINE)


class Telling(Preparing):
    """The same event, with registrants who are to be told something, and limits that allow it."""

    def __init__(self, wiki: Sandbox, folder: Path, people: tuple[str, ...] = PEOPLE, *, limits: str = MORE) -> None:
        super().__init__(wiki, folder, text=PAGE, people=people)
        self.command.add(limits)

    def ask(self, *words: str, event: str = EVENT) -> Planned:
        """Plan the message, by default the notice."""
        return self.plan(*(words or ("--registrants",)), event=event)

    def tell(self, *words: str, event: str = EVENT) -> Planned:
        """Plan and apply, after which the same plan is empty."""
        return self.update(*(words or ("--registrants",)), event=event)

    def send(self, *words: str) -> Planned:
        """Plan and apply."""
        planned = self.ask(*words)
        self.reviewing.apply(planned)
        return planned

    def notices(self, name: str) -> list[dict[str, str]]:
        """The notices on somebody's talk page."""
        return self.calls(NOTICE, talk(name))


def talk(name: str) -> str:
    return f"User talk:{name}"


def told(planned: Planned) -> list[str]:
    """Who is written to."""
    return [str(edit["title"]).removeprefix("User talk:") for edit in planned.edits]


def skipped(planned: Planned) -> dict[Skip, int]:
    """How many get nothing, by the reason that the plan says."""
    reasons = {skip.sentence: skip for skip in Skip}
    return {reasons[sentence]: int(number) for number, sentence, _ in _SKIPPED.findall(planned.notes)}


def sections(planned: Planned) -> set[str]:
    """What is added to the pages, without the time: all alike when it is one."""
    return {_TIME.sub("", edit["text"].removeprefix(edit["old_text"]).strip()) for edit in planned.edits}


def timeless(edit: dict[str, Any]) -> dict[str, str]:
    """An edit without what follows from the minute in which it was planned."""
    return {key: _TIME.sub("", str(value)) for key, value in edit.items() if key != "new_digest"}


def test_everybody_is_told_the_same_and_a_ban_makes_no_difference(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    event = Telling(wiki, tmp_path, limits="")
    refused = event.command("plan", EVENT, "--registrants")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "The plan would write 3 talk pages; the limit is 2 (limits.talk_pages)." in refused.stderr
    event.command.add(MORE)
    world.register(event.event, ["Private Petra"], private=True)
    world.page(talk(PEOPLE[1]), "Hello.\n\n[[Category:Readers]]")
    before = event.ask()
    listed = event.text(THREE_SECTIONS)
    assert "Sour Almanac" in listed
    world.page(THREE_SECTIONS, listed.replace("Sour Almanac", PEOPLE[0]), at=now())
    flagged = event.ask("--registrants", "review")
    assert any("Event review" in title for title in told(flagged))
    messages = [edit for edit in flagged.edits if edit["task"] == "registrants"]
    assert list(map(timeless, messages)) == list(map(timeless, before.edits))
    assert told(before) == list(PEOPLE)
    assert "Petra" not in str(flagged.data) + flagged.shown
    [section] = sections(before)
    assert section.startswith("== ")
    assert all(f"User talk:{name}" not in section and f"|{name}" not in section for name in PEOPLE)
    assert {edit["summary"] for edit in before.edits} == {before.edits[0]["summary"]}
    world.fault("usercontribs", times=3)  # without which nobody knows who was told
    unread = event.command("plan", EVENT, "--registrants")
    assert (unread.returncode, unread.stdout) == (1, "")
    assert sections(event.send()) == {section}
    assert event.text(talk(PEOPLE[1])).startswith("Hello.\n\n[[Category:Readers]]\n\n== ")
    assert skipped(event.ask()) == {Skip.TOLD: 3}


FRESH, ARCHIVED, ERASED, STAYED = "Amber Abacus", "Birch Bassoon", "Cedar Compass", "Dune Drawer"
TOLD = (ARCHIVED, ERASED, STAYED)
PAGES = {
    "Nadia Nobots": ("{{nobots}}", Skip.EXCLUDED),
    "Dennis Denied": ("Hello.\n{{bots|deny=SomeBot,TestBot}}", Skip.EXCLUDED),
    "Otto Optout": ("{{bots|optout=massmessage}}", Skip.EXCLUDED),
    "Hedda Header": ("{{/Header}}", Skip.EXCLUDED),
    "Carla Category": ("[[Category:No messages]]", Skip.OPTED_OUT),
    "Rita Redirect": ("#REDIRECT [[User talk:Amber Abacus]]", Skip.REDIRECT),
    "Oliver Open": ("<!-- a comment that nobody closed", Skip.SWALLOWED),
    "Bruno Broken": ("{{Event safety notice|event=Some", Skip.MALFORMED),
}
LIST = """

== Participants ==
# [[User:Stella Signup]]
# <s>[[User:Walter Withdrawn]]</s>
# [[User:192.0.2.7]]
# [[:w:de:User:Elsewhere Ewald]]
# {{user|Bad[name}}"""
EVERY_SKIP = {
    **{skip: sum(why is skip for _, why in PAGES.values()) for skip in {why for _, why in PAGES.values()}},
    **dict.fromkeys((Skip.UNNAMED, Skip.TEMPORARY, Skip.UNCHECKED, Skip.MISSING, Skip.LOCKED, Skip.BLOCKED), 1),
    **dict.fromkeys((Skip.GLOBALLY_BLOCKED, Skip.BOT, Skip.NOT_WIKITEXT, Skip.TOLD, Skip.TOLD_ELSEWHERE), 1),
    **dict.fromkeys((Skip.DELETED, Skip.WITHDRAWN, Skip.IP, Skip.ELSEWHERE), 1),
}


def obstacles(event: Telling) -> None:
    """Register everybody who is to get nothing, each for a reason of their own, and one who gets the message."""
    world = event.world
    with world.batch():
        world.accounts(["Stella Signup", "Walter Withdrawn"])
        world.accounts(["Some Bot"], groups=["bot"])
        world.accounts(["Only Elsewhere", "Namesake Uwe"], local=False, wikis=["dewiki"])
        world.accounts(["Namesake Uwe"], central=False)
        special = ["Some Bot", "Only Elsewhere", "Namesake Uwe", "Lotte Locked", "Bella Blocked", "Gerda Global"]
        world.register(event.event, [FRESH, *PAGES, *special, "Hidden Hanna", "~2026-31415-9", "Jason Json"])
        world.lock("Lotte Locked")
        world.block("Bella Blocked")
        world.globally_block("Gerda Global")
        world.hide("Hidden Hanna")
        world.page("MediaWiki:Massmessage-optout-category", "No messages")
        world.page(talk("Jason Json"), "[]", model="json")
        world.page(talk("Hedda Header/Header"), "{{nobots}}")
        for name, (text, _) in PAGES.items():
            world.page(talk(name), text)


def test_every_reason_to_tell_nothing_is_counted_and_named(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    event = Telling(wiki, tmp_path, TOLD)
    event.command.set('off = ["global-lock", "global-block", "local-block"]')  # for a check, not for this
    event.send()
    world.move_page(talk(ARCHIVED), f"{talk(ARCHIVED)}/Archive 1", redirect=False)
    world.delete_page(talk(ERASED), at=now())
    obstacles(event)
    event.save(PAGE + LIST)
    planned = event.ask()
    assert told(planned) == [FRESH, "Stella Signup"]
    assert skipped(planned) == EVERY_SKIP
    event.reviewing.apply(planned)
    again = event.ask()
    assert (told(again), skipped(again)) == ([], {**EVERY_SKIP, Skip.TOLD: 3})
    assert "Skipped, 3: The notice for this event, in this version, is on the talk page." in " ".join(
        again.shown.split()
    )
    assert (
        f'1 line of sign-up lists cannot be read, and nobody there is written to: line 8 of "{EVENT}".' in again.notes
    )
    assert '(Rita Redirect: It leads to "User talk:Amber Abacus".)' in again.notes


MOVED = "Event:Clinic of Reading"


def test_once_for_each_version_across_archives_renames_and_moves(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    kept, cut, moved, renamed, alone, removed, changed = people = tuple(ordinary(7))
    event = Telling(wiki, tmp_path, people)
    world.page(talk(removed), "Mine.")
    event.send()
    section = event.text(talk(cut))
    world.page(f"{talk(cut)}/2026", section, user=cut, at=now())
    world.page(talk(cut), "Empty again.", user=cut, at=now())
    world.move_page(talk(moved), f"User:{moved}/Old talk", redirect=False)
    world.rename(renamed, "Renamed Renate")
    world.move_page(talk(renamed), talk("Renamed Renate"))
    world.rename(alone, "Alone Alma")  # whose talk page stays where it is
    world.page(talk(removed), "Mine.", user=removed, at=now())
    mine = section.replace("| version = 1", "|version=1 <!-- seen -->") + "\n\n== Lunch? ==\nYes."
    world.page(talk(changed), mine, user=changed, at=now())
    world.move_page(EVENT, "Event:Clinic in Between")
    world.move_page("Event:Clinic in Between", MOVED)
    event.roster.write_text(event.roster.read_text().replace(EVENT, MOVED))
    planned = event.ask(event=MOVED)
    assert (told(planned), skipped(planned)) == ([], {Skip.TOLD: 3, Skip.TOLD_ELSEWHERE: 4})

    event.command.add(VERSION_2)
    before = event.text(talk(kept))
    everybody = {kept, cut, moved, "Renamed Renate", "Alone Alma", removed, changed}
    assert set(told(event.tell(event=MOVED))) == everybody
    assert [call["event"] for call in event.notices(kept)] == [MOVED]
    body = before.partition("==\n")[2]
    renewed = body.replace("| version = 1", "| version = 2").replace("Reading Clinic", "Clinic of Reading")
    assert event.text(talk(kept)) == before.replace(body, renewed)
    assert "|version=2 <!-- seen -->" in event.text(talk(changed))
    assert event.text(talk(changed)).endswith("\n\n== Lunch? ==\nYes.")
    assert [len(event.notices(name)) for name in (kept, cut, moved, "Renamed Renate", removed)] == [1] * 5


def test_an_event_without_registration_is_known_by_the_titles_that_it_had(
    wiki: Sandbox, world: World, tmp_path: Path
) -> None:
    first, later = "User:Amber Abacus/Meetup", "Meetup in June"
    event = Telling(wiki, tmp_path)
    for name in PEOPLE:
        world.account(name)
    world.page(first, "\n".join(["== Participants ==", *(f"# [[User:{name}]]" for name in PEOPLE)]))
    # The notice on a subpage of somebody's user page is not one to that person.
    planned = event.plan("notices", "--registrants", event=first, roster=False)
    assert [edit["title"] for edit in planned.edits] == [first, "User talk:Amber Abacus/Meetup", *map(talk, PEOPLE)]
    event.reviewing.apply(planned)
    assert event.plan("--registrants", event=first, roster=False).edits == []
    world.page(talk(PEOPLE[1]), "Cut away, into an archive.", at=now())
    world.move_page(first, later)
    again = event.plan("--registrants", event=later, roster=False)
    assert "No safety contacts are known, so the message names nobody" in again.notes
    assert (told(again), skipped(again)) == ([], {Skip.TOLD: 2, Skip.TOLD_ELSEWHERE: 1})


def test_a_run_that_was_stopped_is_finished_by_the_next(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    event = Telling(wiki, tmp_path)
    settings = tmp_path / "settings.toml"
    settings.write_text(settings.read_text().replace("put_throttle = 0\n", "put_throttle = 5\n"))
    planned = event.ask("notices", "contacts", "--registrants")
    titles = [EVENT, TALK, *map(talk, PEOPLE)]
    assert [edit["title"] for edit in planned.edits] == titles
    assert f"| contacts = {EVENT}#event-safety-contacts\n" in planned.edits[-1]["text"]
    ended: list[str] = []
    run = Thread(target=lambda: ended.append(event.reviewing.apply(planned, code=1)))
    run.start()
    until = time.monotonic() + 60
    while not event.calls(NOTICE) and time.monotonic() < until:
        time.sleep(0.1)
    world.page(STOP_PAGE, "Stop, please.", user="Admin", at=now())
    run.join()
    assert [bool(event.calls(NOTICE, title)) for title in titles] == [True, *[False] * 4], ended
    assert "Stop, please." in ended[0] or STOP_PAGE in ended[0]
    world.page(STOP_PAGE, "run", user="Admin", at=now(1))
    settings.write_text(settings.read_text().replace("put_throttle = 5\n", "put_throttle = 0\n"))
    event.reviewing.apply(planned)
    assert [event.text(title) for title in titles] == [edit["text"] for edit in planned.edits]
    assert skipped(event.ask()) == {Skip.TOLD: 3}


HOSTILE_EVENT = "<script>x</script> ~~~~ {{nobots}} [[Category:X]] == \n== Y == <nowiki> \x1b[31m <!--"


def test_hostile_names_are_told_as_everybody_is(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    event = Telling(wiki, tmp_path, HOSTILE_NAMES)
    world.change_event(event.event, name=HOSTILE_EVENT)
    world.page("Template:Event safety notice", "NOTICE {{{version}}}")
    planned = event.send()
    assert set(told(planned)) == set(HOSTILE_NAMES)
    assert len(sections(planned)) == 1
    assert skipped(event.ask()) == {Skip.TOLD: len(HOSTILE_NAMES)}
    assert "\x1b" not in planned.shown
    page = Client(wiki.url).api(action="parse", page=talk(HOSTILE_NAMES[0]), prop="text|sections|templates")["parse"]
    assert [row["title"] for row in page["templates"]] == ["Template:Event safety notice"]
    assert ("NOTICE 1" in page["text"], len(page["sections"]), "<script" in page["text"]) == (True, 1, False)
    file = tmp_path / "list.wiki"
    event.command.add(VERSION_2)
    event.reviewing.run("plan", EVENT, "--registrants", "--massmessage", str(file), "--sender", HOSTILE_NAMES[0])
    links = re.sub(r"\{\{#target:(.*)\|[^|]*\}\}", r"[[:\1]]", file.read_text(encoding="utf-8"))
    shown = Client(wiki.url).api(action="parse", text=links, contentmodel="wikitext", prop="links")["parse"]["links"]
    assert {link["title"] for link in shown if link["ns"] == 3} == {talk(name) for name in HOSTILE_NAMES}


def test_a_list_for_a_person_who_sends_has_the_same_people(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    event = Telling(wiki, tmp_path)
    world.page(talk(PEOPLE[1]), "{{nobots}}")
    planned = event.ask()
    file = tmp_path / "list.wiki"
    words = ("plan", EVENT, "--registrants", "--massmessage", str(file), "--sender", "Admin")
    saved = saves(wiki)
    shown = event.reviewing.run(*words, "--roster", str(event.roster))
    text = file.read_text(encoding="utf-8")
    host = wiki.url.removeprefix("http://")
    assert re.findall(r"\{\{#target:(.*)\}\}", text) == [f"User talk:{name}|{host}" for name in told(planned)]
    [section] = sections(planned)
    heading, _, body = section.partition("\n")
    assert f"Subject: {heading.strip('= ')}\n\n{body.rpartition(chr(10))[0]}\n" in shown
    assert "[[User:Admin|Admin]]" in shown
    assert BOT not in shown
    assert Skip.EXCLUDED.sentence in " ".join(shown.split())
    assert saves(wiki) == saved
    for sender in ("Nobody At All", "a|b"):
        refused = event.command(*words[:-1], sender)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert f'There is no account "{sender}"' in refused.stderr


def saves(wiki: Sandbox) -> int:
    return sum(dict(row["post"]).get("action") == "edit" for row in wiki.requests())


def test_the_requests_grow_with_the_pages_of_the_registration_alone(
    wiki: Sandbox, world: World, tmp_path: Path
) -> None:
    event = Telling(wiki, tmp_path, tuple(ordinary(5)))
    event.ask()  # logs in
    few = requests(event, event.ask)
    world.register(event.event, ordinary(25))
    assert requests(event, event.ask) == few + 25 // 20  # of a thousand: 51 of the registration, 6 for names, 16
    event.reviewing.apply(event.ask())
    # No deletion to look for, no page to make, and no contact to be looked up for a message.
    assert requests(event, event.ask) == few + 1 - 2 - 13
    assert few == 1 + 3 + 16 + 13


def requests(event: Telling, act: Callable[[], object]) -> int:
    before = len(event.wiki.requests())
    act()
    return len(event.wiki.requests()) - before


ASKED = """== Participants ==
{| class="wikitable"
! Username !! I agree to the friendly space policy
|-
| [[User:Amber Abacus]] || yes
|-
| [[User:Birch Bassoon]] || no
|-
| [[User:Cedar Compass]] ||
|-
| <s>[[User:Dune Drawer]]</s> || no
|-
| [[User:Elder Easel]] || no
|}
"""


def test_who_was_asked_and_did_not_agree_is_reminded_once(wiki: Sandbox, world: World, tmp_path: Path) -> None:
    event = Telling(wiki, tmp_path, ("Elder Easel", "Fern Folio"))  # who accepted the terms of the registration
    world.accounts([*PEOPLE, "Dune Drawer"])
    nobody = event.ask("--remind")
    assert nobody.edits == []
    assert "Nothing on the sign-up pages asks people to agree" in nobody.notes
    event.save(ASKED, f"{EVENT}/Participants")
    event.send()
    before = event.text(talk(PEOPLE[1]))
    planned = event.send("--remind")
    assert told(planned) == list(PEOPLE[1:])
    assert len(sections(planned)) == 1
    assert event.text(talk(PEOPLE[1])).startswith(f"{before}\n\n== ")
    [reminder] = event.calls(REMINDER, talk(PEOPLE[1]))
    assert (reminder["event"], reminder["version"], reminder["where"]) == (EVENT, "1", f"{EVENT}/Participants")
    assert not {"contact 1", "contacts", "form", "public"} & reminder.keys()
    world.page(talk(PEOPLE[1]), "I read it.", user=PEOPLE[1], at=now())
    again = event.ask("--remind")
    assert skipped(again) == {Skip.TOLD: 1, Skip.TOLD_ELSEWHERE: 1, Skip.WITHDRAWN: 1}
    assert "of 6 people: 1 agreed, 2 registered, 3 not agreed" in again.notes
    event.save(ASKED.replace("|| no", "|| yes"), f"{EVENT}/Participants")
    event.command.add(VERSION_2)
    assert told(event.ask("--remind")) == [PEOPLE[2]]
