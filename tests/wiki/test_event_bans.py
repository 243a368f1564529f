"""The confidential check on a real wiki: who is met, who may see private registrants, and what is never asked."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from tests.sandbox.sandbox import Sandbox
from tests.sandbox.world import World
from tests.wiki.commandline import CommandLine

EVENT = "Event:Garden Day"
# One of the list for each way of being met, and two that nobody is like.
LISTED = ("Plum Sparrow", "Rusty Comet", "Velvet Anchor", "Hollow Lantern", "Never Registered Ned")
LIST = "Username,Scope\nPlum Sparrow,in person only\nRusty Comet,\nVelvet Anchor,in person only\nHollow Lantern,\n{}"

# Tries of tests are cheap, which the program refuses: the cost of a new list and the least cost are lowered, no more.
CHEAP = """
from bot.private import sealed
from bot.private.sealed_hash import Cost, Work
least = Cost(n=2, r=1, p=1)
Work.__init__.__defaults__ = (least, *Work.__init__.__defaults__[1:])
sealed.seal.__kwdefaults__.update(work=Work())
sealed.open_.__kwdefaults__.update(least=least)
from bot.cli import main
main()
"""


@pytest.fixture
def garden(wiki: Sandbox, world: World, tmp_path: Path) -> CommandLine:
    with world.batch():
        world.accounts(["Plum Sparrow", "Rusty Comet", "VeIvet Anchor", "Hollow Lantern", "Amber Abacus"])
        public = ["Plum Sparrow", "Rusty Comet", "VeIvet Anchor", "Amber Abacus"]
        event = world.add_event(
            EVENT, public, ["Hollow Lantern"], organizers=["TestBot"], inperson_meeting=True, **days(20)
        )
    world.rename("Rusty Comet", "Quiet Gardener")
    (tmp_path / "event").write_text(str(event))
    (tmp_path / "list.csv").write_text(LIST.format("Never Registered Ned,\n"), encoding="utf-8")
    return CommandLine(wiki, tmp_path)


def days(number: float) -> dict[str, str]:
    """Return the times of an event that begins in so many days and takes eight hours."""
    start = datetime.now(UTC) + timedelta(days=number)
    return {"start_time": f"{start:%Y%m%d%H%M%S}", "end_time": f"{start + timedelta(hours=8):%Y%m%d%H%M%S}"}


def words(garden: CommandLine, *more: str) -> tuple[str, ...]:
    return ("event-bans", "check", EVENT, "--list", str(garden.folder / "list.csv"), *more)


def check(garden: CommandLine, *more: str, code: int = 10) -> dict[str, Any]:
    path = garden.folder / "result.json"
    path.unlink(missing_ok=True)
    done = garden.quick(*words(garden, "--json", "--output", str(path), *more))
    assert done.returncode == code, done.stderr
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def verdicts(found: dict[str, Any]) -> dict[str, str]:
    return {row["name"]: row["verdict"] for row in found["findings"]}


def change(garden: CommandLine, world: World, **fields: Any) -> None:
    world.change_event(int((garden.folder / "event").read_text()), **fields)


def test_registrants_are_met_by_name_by_former_name_and_by_likeness(garden: CommandLine) -> None:
    found = check(garden)
    assert verdicts(found) == {
        "Plum Sparrow": "FLAG",
        "Quiet Gardener": "FLAG",
        "VeIvet Anchor": "REVIEW",
    }
    assert found["coverage"] == {"registrants": 5, "checked": 4, "private_unseen": 1, "former_names_unknown": 0}
    assert "Quiet Gardener" not in verdicts(check(garden, "--no-earlier-names"))


def test_names_in_a_file_are_met_by_the_account_that_they_are_now(wiki: Sandbox, garden: CommandLine) -> None:
    people = garden.folder / "more.csv"
    people.write_text("Username\nRusty Comet\nNobody Of This Name\nTin Whistle Fen\n", encoding="utf-8")
    found = check(garden, "--registrants", str(people), "--yes")
    rows = {row["where"]: (row["name"], row["verdict"]) for row in found["findings"]}
    assert rows['row 2, as "Rusty Comet"'] == ("Quiet Gardener", "FLAG")
    assert rows["row 3"] == ("Nobody Of This Name", "UNKNOWN")
    assert "row 4" not in rows
    unsaid = check(garden, "--registrants", str(people))
    assert any("not asked about names that stand in the file alone" in note for note in unsaid["notes"])
    asked = unquote_plus(json.dumps(wiki.requests(), ensure_ascii=False)).replace("_", " ")
    wiki_was_asked = asked.count("Tin Whistle Fen")
    check(garden, "--registrants", str(people))
    asked = unquote_plus(json.dumps(wiki.requests(), ensure_ascii=False)).replace("_", " ")
    assert asked.count("Tin Whistle Fen") == wiki_was_asked


def test_private_registrants_are_read_for_an_organizer_who_asks_for_them(garden: CommandLine, world: World) -> None:
    found = check(garden, "--include-private")
    assert verdicts(found)["Hollow Lantern"] == "FLAG"
    assert found["coverage"]["private_unseen"] == 0


def test_nobody_else_sees_private_registrants(wiki: Sandbox, garden: CommandLine) -> None:
    garden.anonymous()
    done = garden(*words(garden, "--include-private"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(
        "Nobody is logged in, so this may not see who registered privately for registration "
        f"{(garden.folder / 'event').read_text()}; only its organizers may. Log in as one of them (user-config.py), or "
        "leave out --include-private.\n"
    )


def test_the_wiki_is_asked_about_registrants_and_never_about_the_list(wiki: Sandbox, garden: CommandLine) -> None:
    check(garden)
    asked = unquote_plus(json.dumps(wiki.requests(), ensure_ascii=False)).replace("_", " ")
    assert "Quiet Gardener" in asked
    for name in ("Velvet Anchor", "Hollow Lantern", "Never Registered Ned"):
        assert name not in asked
    assert '"include private": "true"' not in asked


def test_what_it_costs_does_not_depend_on_the_list(wiki: Sandbox, garden: CommandLine) -> None:
    costs = []
    for more in (("--no-earlier-names",), ()):
        before = len(wiki.requests())
        check(garden, *more)
        costs.append(len(wiki.requests()) - before)
    (garden.folder / "list.csv").write_text("Username\n" + "\n".join(f"Nobody {n} At All" for n in range(300)))
    before = len(wiki.requests())
    check(garden, code=11)
    assert (*costs, len(wiki.requests()) - before) == (6, 6 + 4 + 1, 6 + 4 + 1)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param(days(-3), "and the right to use the list ended with it: delete the list", id="over"),
        pytest.param({"inperson_meeting": False}, "add --online-anyway", id="online"),
    ],
)
def test_when_the_list_may_not_be_used_nobody_is_asked_for(
    wiki: Sandbox, garden: CommandLine, world: World, fields: dict[str, Any], says: str
) -> None:
    change(garden, world, **fields)
    path = garden.folder / "result.txt"
    done = garden.quick(*words(garden, "--output", str(path)))
    assert (done.returncode, done.stdout, path.exists()) == (2, "", False)
    assert says in done.stderr
    assert not any("participants" in request["path"] for request in wiki.requests())


def test_the_result_is_a_file_for_its_owner_alone(garden: CommandLine) -> None:
    path = garden.folder / "result.txt"
    done = garden.quick(*words(garden, "--output", str(path)))
    assert (done.returncode, done.stdout) == (10, "")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Plum Sparrow" in path.read_text(encoding="utf-8")
    assert "Sparrow" not in done.stderr
    again = garden.quick(*words(garden, "--output", str(path)))
    assert again.returncode == 2
    assert "result.txt" in again.stderr


def cheap(garden: CommandLine, *words: str, data: str | None = None) -> subprocess.CompletedProcess[str]:
    return garden.run(sys.executable, "-c", CHEAP, "event-bans", *words, data=data)


def test_a_sealed_list_tells_of_registrants_and_nothing_else(wiki: Sandbox, garden: CommandLine, world: World) -> None:
    world.unregister(int((garden.folder / "event").read_text()), ["Rusty Comet", "VeIvet Anchor", "Amber Abacus"])
    (garden.folder / "list.csv").write_text("Username\nPlum Sparrow\nNever Registered Ned\n", encoding="utf-8")
    sealed, result = garden.folder / "garden.sealed", garden.folder / "result.txt"
    made = cheap(garden, "seal", EVENT, "--list", str(garden.folder / "list.csv"), "--output", str(sealed))
    assert made.returncode == 0, made.stderr
    [secret] = re.findall(r"^  (\w{4}(?:-\w{4}){8})$", made.stdout, re.MULTILINE)
    references = dict(re.findall(r"^  (\w{4})  row (\d)$", made.stdout, re.MULTILINE))
    for name in ("Plum Sparrow", "Never Registered Ned"):
        assert name.encode() not in sealed.read_bytes()
        assert name not in made.stdout + made.stderr
    (garden.folder / "list.csv").unlink()
    checked = cheap(
        garden, "check", EVENT, "--list", str(sealed), "--password-fd", "0", "--output", str(result), data=secret
    )
    assert checked.returncode == 10, checked.stderr
    found = result.read_text(encoding="utf-8")
    [reference] = re.findall(r"List: reference (\w{4})\.", found)
    assert references[reference] == "2"
    assert "“Plum Sparrow” is a listed user name" in found
    assert "Ned" not in found
    wrong = cheap(garden, "check", EVENT, "--list", str(sealed), "--password-fd", "0", data=secret[::-1])
    assert (wrong.returncode, wrong.stdout) == (2, "")
