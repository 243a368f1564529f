"""What is confidential changes nothing else: plan, apply, run and all they keep are the same with it and without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tests.applying import BOT
from tests.sandbox.sandbox import Sandbox
from tests.wiki.client import Client
from tests.wiki.commandline import CommandLine
from tests.wiki.preparing import BO, EVENT, Preparing
from tests.wiki.reviewing import FLAGGED

# Whom the confidential files name: registrants that nothing public speaks of, one of the team, and a stranger.
SECRETS = ("Velvet Anchor", "Hollow Lantern", BO, "Never Registered Ned")
REAL_NAME = "Nedra Neverseen"
PASSPHRASE = "a-passphrase-for-this-test"
# What differs from run to run anyhow.
_CHANGING = (
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00| UTC)?"), "TIME"),
    (re.compile(r"\d\d:\d\d, \d{1,2} [A-Z][a-z]+ \d{4} \(UTC\)"), "TIME"),
    (re.compile(r"\b20\d{12}\b"), "TIME"),
    (re.compile(r"\b[0-9a-f]{32,64}\b"), "DIGEST"),
    (re.compile(r"--digest [0-9a-f]+"), "DIGEST"),
    (re.compile(r"127\.0\.0\.1:\d+"), "HOST"),
)


def steady(text: str) -> str:
    for pattern, word in _CHANGING:
        text = pattern.sub(word, text)
    return text


def story(wiki: Sandbox, folder: Path, *, confidential: bool) -> Mapping[str, str]:
    """Return all that the bot said, kept and asked for, and every page that it wrote, from the first plan to a run."""
    wiki.reset()
    (folder / "open").mkdir(parents=True)
    event = Preparing(wiki, folder / "open", people=(*FLAGGED, *SECRETS[:2]), organizers=("Admin", BOT))
    event.world.change_event(event.event, inperson_meeting=True)
    event.install()
    event.command.add(f'[run]\napproved = ["notices", "contacts"]\n[contacts.rosters]\n"{EVENT}" = "{event.roster}"')
    event.command.environment["XDG_DATA_HOME"] = str(folder / "private")
    told: dict[str, str] = {}
    event.reviewing.run("contacts", EVENT, "--roster", str(event.roster), code=10)  # which logs in
    if confidential:
        use_what_is_confidential(event.command, folder / "private")
    before = len(wiki.requests())
    planned = event.reviewing.plan(
        "plan", EVENT, "--task", "review", "--task", "notices", "--roster", str(event.roster)
    )
    told["plan"] = Path(planned.file).read_text(encoding="utf-8") + planned.shown
    told["diff"] = event.reviewing.run("diff", planned.file)
    told["apply"] = event.reviewing.apply(planned)
    told["run"] = event.reviewing.run("run")
    told["requests"] = "\n".join(map(str, wiki.requests()[before:]))
    for path in sorted((folder / "open").iterdir()):
        if path.suffix in (".json", ".jsonl") and not path.name.startswith("plan"):
            told[path.name] = path.read_text(encoding="utf-8")
    for title in written(wiki):
        told[title] = event.text(title)
    return {what: steady(text).replace(str(folder), "FOLDER") for what, text in told.items()}


def use_what_is_confidential(command: CommandLine, folder: Path) -> None:
    """Check an event-ban list, write a refusal and begin an incident record."""
    folder.mkdir(mode=0o700, exist_ok=True)
    listed = folder / "list.csv"
    listed.write_text("Username,Real name\n" + "".join(f"{name},{REAL_NAME}\n" for name in SECRETS), encoding="utf-8")
    done = command.quick(
        "event-bans", "check", EVENT, "--list", str(listed), "--include-private", "--no-earlier-names", "--output",
        str(folder / "result.txt"),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (10, ""), done.stderr
    refused = command.quick(
        "refuse", EVENT, SECRETS[0], "--to", "somebody@example.org", "--cc", "ada@example.org", "--cc", "bo@example.org",
        "--from", "team@example.org", "--reason-code", "policy", "-o", str(folder / "letter.eml"),
    )  # fmt: skip
    assert refused.returncode == 0, refused.stderr
    notes = folder / "notes.txt"
    notes.write_text(f"reported: {BO}\nwhat: {BO} and {REAL_NAME} quarrelled.\n", encoding="utf-8")
    begun = command("incident", "new", "--from-file", str(notes), "--password-fd", "0", data=PASSPHRASE)
    assert begun.returncode == 0, begun.stderr


def written(wiki: Sandbox) -> list[str]:
    """Return the titles of all pages that the bot wrote, with their summaries."""
    asked = {"list": "usercontribs", "ucuser": BOT, "uclimit": "max", "ucprop": "title|comment"}
    rows = Client(wiki.url).api(action="query", **asked)["query"]["usercontribs"]
    return list(dict.fromkeys(row["title"] for row in rows if not row["title"].startswith("Template:")))


def test_what_is_confidential_changes_no_byte_of_what_the_bot_says_keeps_asks_and_writes(
    wiki: Sandbox, tmp_path: Path
) -> None:
    without = story(wiki, tmp_path / "without", confidential=False)
    with_it = story(wiki, tmp_path / "with", confidential=True)
    assert with_it.keys() == without.keys()
    for what, text in without.items():
        assert with_it[what] == text, what
    assert "Event:Reading Clinic" in without
    assert FLAGGED[0] in without["plan"]
    everything = "".join(with_it.values())
    for name in (REAL_NAME, SECRETS[-1], PASSPHRASE):
        assert name not in everything
