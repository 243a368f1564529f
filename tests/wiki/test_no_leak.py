"""What must not be told is nowhere: not in a plan, not on a page, not in a summary, a journal, a memory or a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.applying import BOT, histories
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import CLINIC, CLINIC_ORDINARY, ordinary
from tests.sandbox.world import World
from tests.wiki.commandline import by_name
from tests.wiki.reviewing import Reviewing

PRIVATE = (*ordinary(8, skip=900), "Tin Whistle Ferrule")
HIDDEN = ("Hidden Reader", "Listhidden Reader", "Unmerged Reader")
REVIEWED = ("Grim Lantem", "Оbsidian rook", "Paper Bellows")
UNKNOWN = ("Unattached Namesake Uwe", "~2026-31415-9")
CLEARED = ("Honest Mistake", "Past Tense Pia", "Unlocked Once Ola", "Elsewhere Only Ema", *ordinary(CLINIC_ORDINARY))
SECRETS = (*PRIVATE, *HIDDEN, *REVIEWED, *UNKNOWN, *CLEARED, "secret-room", "Vandalism", "vandalism", "Harassment")
FLAGGED = {
    *("Ashen Courier", "Sour Almanac", "Quiet Harbour Nine", "Tin Whistle Fen", "Fresh Lamp Oil"),
    *("Copper Ferret", "New Kettle Drum", "Marsh Telegraph"),
}


@pytest.fixture
def clinic(wiki: Sandbox, world: World, tmp_path: Path) -> Reviewing:
    review = Reviewing(wiki, tmp_path)
    review.event = CLINIC
    return review


def told(text: str) -> list[str]:
    """Return the secrets that a text tells, also spelt as in an address or as JSON escapes."""
    forms = {name: {name, name.replace(" ", "_"), json.dumps(name)[1:-1], name.replace(" ", "%20")} for name in SECRETS}
    return [name for name, spelt in forms.items() if any(form in text for form in spelt)]


def files(*folders: Path) -> Iterator[tuple[str, str]]:
    """Give every file below some folders with what is in it."""
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes().decode(errors="replace")


def test_the_secrets_are_there_to_be_told(clinic: Reviewing) -> None:
    found = by_name(clinic.command.check(CLINIC))
    verdicts = {name: row["verdict"] for name, row in found.items()}
    assert {name for name, verdict in verdicts.items() if verdict == "FLAG"} == FLAGGED
    assert {verdicts[name] for name in REVIEWED} == {"REVIEW"}
    assert {verdicts[name] for name in UNKNOWN} == {"UNKNOWN"}
    assert {verdicts[name] for name in CLEARED} == {"CLEAR"}
    assert not set(PRIVATE) & set(verdicts)


def test_nothing_but_the_flags_is_told_anywhere(clinic: Reviewing) -> None:
    person = by_name(clinic.command.check(CLINIC))["Grim Lantem"]
    for evidence in person["evidence"]:
        keys = {"source": evidence["source"], "entry": evidence["right"], "facts": evidence["facts"]}
        lines = "\n".join(f'{key} = "{value}"' for key, value in keys.items())
        said = f'central_id = {person["central_id"]}\nwho = "Steward Ina"\nwhy = "met"\nwhen = 2026-11-01'
        clinic.command.add(f"[[exemptions]]\n{said}\n{lines}")
    planned = clinic.plan()
    done = clinic.command("plan", CLINIC, "--json", "-vv")
    shown = clinic.command("diff", planned.file, "-v")
    applied = clinic.command("apply", planned.file, "--digest", planned.data["digest"], "-v")
    assert (done.returncode, shown.returncode, applied.returncode) == (99, 0, 0)
    assert set(clinic.names()) == FLAGGED
    for text in (planned.shown, done.stdout, shown.stdout, shown.stderr, applied.stdout, applied.stderr):
        assert told(text) == []
    assert told(done.stderr) == [], "what -vv prints"
    [version] = histories(clinic.wiki.url, [clinic.title])[clinic.title]
    assert told(version.text) == told(version.summary) == []
    assert not any(name in version.summary for name in FLAGGED)
    written = dict(files(clinic.folder))
    assert {"plan1.json", "memory.json", "journal.jsonl"} <= set(written)
    assert {name: told(text) for name, text in written.items() if told(text)} == {}


def test_the_journal_and_the_memory_hold_nobody_who_registered(clinic: Reviewing) -> None:
    clinic.apply(clinic.plan())
    kept = dict(files(clinic.folder))
    assert [name for name in FLAGGED if name in kept["journal.jsonl"]] == []
    # It follows who is on a public list, whether they registered or not.
    assert [name for name in FLAGGED - {"Quiet Harbour Nine"} if name in kept["memory.json"]] == []


def test_the_only_texts_sent_are_the_planned_ones_and_nobody_private_is_asked_for(clinic: Reviewing) -> None:
    planned = clinic.plan()
    clinic.apply(planned)
    clinic.plan()
    sent = clinic.wiki.requests()
    posted = [request["post"] for request in sent if request["method"] == "POST" and request["post"]]
    assert {post["action"] for post in posted} <= {"query", "paraminfo", "login", "edit"}
    assert [post["text"] for post in posted if post["action"] == "edit"] == [edit["text"] for edit in planned.edits]
    assert {request["method"] for request in sent} <= {"GET", "POST"}
    assert all(request["path"] == "/w/api.php" for request in sent if request["method"] == "POST")
    asked = [request for request in sent if "/participants" in request["path"]]
    assert asked
    assert {request["query"]["include_private"] for request in asked} == {"false"}
    names = [str(request["query"]) + str(request["post"]) for request in sent]
    assert [name for name in (*PRIVATE, *HIDDEN) if any(name in text for text in names)] == []


def test_what_cannot_be_seen_is_told_as_numbers(clinic: Reviewing) -> None:
    clinic.apply(clinic.plan())
    assert clinic.header()["unchecked"] == "local-block: 1; account: 4; private: 9"


def test_a_page_tells_the_same_whoever_registered_privately(clinic: Reviewing) -> None:
    before = clinic.plan().edits[0]["text"]
    event = clinic.command.check(CLINIC)["event"]["id"]
    clinic.world.unregister(event, PRIVATE)
    clinic.world.register(event, ["Ashen Courier II", *ordinary(8, skip=950)], private=True)
    assert clinic.plan().edits[0]["text"] == before


@pytest.mark.parametrize("name", ["Tin Whistle Fen", "Copper Ferret", "Marsh Telegraph"])
def test_who_becomes_private_is_told_no_more(clinic: Reviewing, name: str) -> None:
    clinic.apply(clinic.plan())
    event = clinic.command.check(CLINIC)["event"]["id"]
    clinic.world.register(event, [name], private=True)
    planned = clinic.update()
    assert name not in planned.summary + planned.notes + " ".join(planned.edits[0]["reasons"])
    assert name not in clinic.text()
    assert planned.data["user"] == BOT
