"""The main job from end to end: a real MediaWiki, a real process, and what it tells about everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import CLINIC, THREE_SECTIONS, WMF_LIST, crowd, ordinary
from tests.sandbox.world import World
from tests.wiki.commandline import CommandLine, by_name


@pytest.fixture
def eventsafety(wiki: Sandbox, world: World, tmp_path: Path) -> CommandLine:
    return CommandLine(wiki, tmp_path)


def test_everybody_at_the_clinic_gets_the_verdict_that_the_facts_support(eventsafety: CommandLine) -> None:
    result = eventsafety.check(CLINIC, code=10)
    found = {
        name: (row["verdict"], [(e["source"], e["tier"], e["severity"]) for e in row["evidence"]])
        for name, row in by_name(result).items()
        if row["verdict"] != "CLEAR"
    }
    wmf, both = "wmf-global-bans", "globally-banned-users"
    lock = ("global-lock", "IDENTICAL", "lock")
    facts = {
        "Ashen Courier": ("FLAG", [(wmf, "IDENTICAL", "ban"), lock]),
        "Sour Almanac": ("FLAG", [(both, "IDENTICAL", "ban")]),
        "Quiet Harbour Nine": ("FLAG", [(wmf, "RENAMED", "ban"), (both, "RENAMED", "ban")]),
        "Tin Whistle Fen": ("FLAG", [lock]),
        "Fresh Lamp Oil": ("FLAG", [lock]),
        "Copper Ferret": ("FLAG", [("global-block", "IDENTICAL", "global block")]),
        "New Kettle Drum": ("FLAG", [("global-block", "IDENTICAL", "global block")]),
        "Marsh Telegraph": ("FLAG", [("local-block", "IDENTICAL", "sitewide block")]),
        "Paper Bellows": ("REVIEW", [("local-block", "IDENTICAL", "partial block")]),
        "Unattached Namesake Uwe": ("UNKNOWN", []),
        "~2026-31415-9": ("UNKNOWN", []),
        "Grim Lantem": ("REVIEW", [(wmf, "CONFUSABLE", "ban"), (both, "CONFUSABLE", "ban")]),
    }
    assert {name: found.get(name) for name in facts} == facts
    mixed = found.pop("Оbsidian rook")  # with a Cyrillic letter, which is a signal of its own
    assert mixed == ("REVIEW", [(wmf, "CONFUSABLE", "ban"), ("name-form", "CONFUSABLE", "name form")])
    assert set(found) == set(facts)
    hidden = [row for row in result["registrants"] if row["name"] is None]
    assert [row["verdict"] for row in hidden] == ["UNKNOWN"] * 3
    assert result["coverage"] == {"registrants": 137, "checked": 132, "private": 9}
    assert {s["id"]: s["state"] for s in result["sources"]} == dict.fromkeys(
        (wmf, both, "global-lock", "global-block", "local-block", "rename-log"), "ok"
    )


def test_nothing_private_and_nothing_hidden_is_told_or_asked_for(wiki: Sandbox, eventsafety: CommandLine) -> None:
    done = eventsafety("check", CLINIC, "--json")
    told = eventsafety("check", CLINIC, "-v")
    for secret in ("Tin Whistle Ferrule", "Hidden Reader", "Listhidden Reader", "Unmerged Reader", "secret-room"):
        assert secret not in done.stdout + done.stderr + told.stdout + told.stderr
    assert "9 " in told.stdout
    asked = [request["query"] for request in wiki.requests() if "participants" in request["path"]]
    assert asked
    assert all("include_private=false" in str(query) or query.get("include_private") == "false" for query in asked)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("{clinic}", id="title"),
        pytest.param("event:Learning_Clinic", id="title as people type it"),
        pytest.param("{url}/wiki/Event:Learning_Clinic", id="address"),
        pytest.param("{url}/w/index.php?title=Event:Learning_Clinic&action=history", id="address of the history"),
        pytest.param("{url}/wiki/Special:EventDetails/{id}", id="address of the registration"),
        pytest.param("Special:EventDetails/{id}", id="special page"),
        pytest.param("Special:RegisterForEvent/{id}", id="special page of the form"),
        pytest.param("{url}/w/rest.php/campaignevents/v0/event_registration/{id}", id="address of the REST route"),
        pytest.param("#{id}", id="id"),
        pytest.param("Event:Old Clinic Title", id="redirect"),
        pytest.param("[[Event:Learning Clinic|the clinic]]", id="link"),
        pytest.param("Event:Learning Clinic/es", id="subpage in another language"),
    ],
)
def test_every_way_to_name_an_event(wiki: Sandbox, eventsafety: CommandLine, words: str) -> None:
    event_id = eventsafety.check(CLINIC)["event"]["id"]
    result = eventsafety.check(words.format(clinic=CLINIC, url=wiki.url, id=event_id))
    assert (result["event"]["title"], result["event"]["id"]) == (CLINIC, event_id)
    assert result["event"]["start"] == "2026-12-24T13:00:00Z"
    assert len(result["registrants"]) == 137


@pytest.mark.parametrize(
    ("title", "registrants", "in_person"),
    [
        pytest.param("Meta:Community Hour", 5, False, id="a page that is not in the Event namespace"),
        pytest.param("Event:Translated Fair/zh-hans", 4, False, id="a translation page that shows the registration"),
        pytest.param("Event:Riverside Meetup", 19, True, id="in person"),
        pytest.param("Event:Reading Circle", 20, False, id="a last page that is full"),
        pytest.param("Event:Empty Chair", 0, False, id="nobody registered"),
    ],
)
def test_other_events(eventsafety: CommandLine, title: str, registrants: int, *, in_person: bool) -> None:
    result = eventsafety.check(title, code=0)
    assert result["summary"] == {"FLAG": 0, "REVIEW": 0, "UNKNOWN": 0, "CLEAR": registrants}
    assert result["event"]["in_person"] is in_person
    assert result["coverage"]["private"] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param("#{deleted}", "was deleted by an organizer", id="deleted registration"),
        pytest.param("#999", "no registration 999", id="unknown registration"),
        pytest.param("Event:No Such Page", "no page", id="no such page"),
        pytest.param("Event:Page Without Registration", "neither a registration nor a sign-up list", id="no list"),
        pytest.param(
            "Event:Cancelled Workshop", "neither a registration nor a sign-up list", id="deleted, by its page"
        ),
        pytest.param("Event:Monthly Engagement Call", "neither a registration nor a sign-up list", id="a plain page"),
        pytest.param("https://fr.wikipedia.org/wiki/Event:X", "--site", id="address of another wiki"),
    ],
)
def test_each_event_that_cannot_be_checked_has_its_own_sentence(
    eventsafety: CommandLine, words: str, sentence: str
) -> None:
    gone = eventsafety.check("Event:Riverside Meetup")["event"]["id"] + 1
    done = eventsafety("check", words.format(deleted=gone))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stdout == ""


def test_a_wiki_without_campaignevents_says_so(world: World, eventsafety: CommandLine) -> None:
    world.switch(off=["CampaignEvents"])
    done = eventsafety("check", "#1")
    assert (done.returncode, "does not have the CampaignEvents extension" in done.stderr) == (1, True)
    plain = eventsafety("check", "Event:Page Without Registration")
    assert (plain.returncode, "does not have CampaignEvents" in plain.stderr) == (1, True)
    assert eventsafety.check("Event:Open Stacks Evening")["summary"]["CLEAR"] == 4


@pytest.mark.parametrize(
    ("title", "names", "withdrawn"),
    [
        pytest.param("Event:Open Stacks Evening", 4, 0, id="an event page with a list"),
        pytest.param("Meetup/Riverside 12", 5, 0, id="attending, maybe and apologies"),
        pytest.param("Photo walk 2026", 18, 5, id="struck out and broken"),
        pytest.param("Edit-a-thon of the North/Participants", 9, 0, id="a subpage that is the list"),
    ],
)
def test_sign_up_pages(eventsafety: CommandLine, title: str, names: int, withdrawn: int) -> None:
    result = eventsafety.check(title)
    assert len(result["registrants"]) == names
    assert sum(row["withdrawn"] for row in result["registrants"]) == withdrawn
    assert {row["verdict"] for row in result["registrants"]} == {"CLEAR"}
    assert all(row["origin"]["revid"] and row["origin"]["line"] for row in result["registrants"])


def test_the_participants_subpage_of_a_page_is_read_with_it(world: World, eventsafety: CommandLine) -> None:
    world.page("Edit-a-thon of the North", "Come and write.")
    result = eventsafety.check("Edit-a-thon of the North")
    assert len(result["registrants"]) == 9
    assert result["registrants"][0]["origin"]["title"] == "Edit-a-thon of the North/Participants"


def test_a_line_that_cannot_be_read_is_told_and_the_run_is_not_called_complete(eventsafety: CommandLine) -> None:
    result = eventsafety.check("Photo walk 2026", code=11)
    assert [row["line"] for row in result["unparsed"]] == [18]


def test_old_names_on_a_sign_up_page_are_met_by_the_rename_log(world: World, eventsafety: CommandLine) -> None:
    world.accounts(["Former Name"])
    world.rename("Former Name", "Present Name")
    world.lock("Present Name")
    world.page("Meetup/Old names", "== Participants ==\n# [[User:Former Name]]\n# [[User:Velvet Marauder]]\n")
    found = by_name(eventsafety.check("Meetup/Old names", code=10))
    assert [(e["source"], e["tier"]) for e in found["Former Name"]["evidence"]] == [("global-lock", "RENAMED")]
    assert found["Velvet Marauder"]["evidence"][0]["tier"] == "IDENTICAL"


def test_accounts_of_other_wikis_count_only_where_they_are_attached(world: World, eventsafety: CommandLine) -> None:
    found = by_name(eventsafety.check("Central contest"))
    assert found["Meta Prefix"]["verdict"] == "CLEAR"
    assert found["Zwei Präfixe"]["verdict"] == "CLEAR"
    world.accounts(["Elsewhere"])
    world.page("Meetup/Guests", "== Participants ==\n# [[:es:Usuario:Elsewhere]]\n")
    [row] = eventsafety.check("Meetup/Guests", code=11)["registrants"]
    assert (row["verdict"], "another wiki" in row["unknown"][0]) == ("UNKNOWN", True)


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        pytest.param("* nobody", "unrecognised", "", id="its headings are gone"),
        pytest.param("", "unrecognised", "", id="empty"),
        pytest.param("#REDIRECT [[No Such Place]]", "failed", "", id="a redirect to nowhere"),
    ],
)
@pytest.mark.parametrize("title", [WMF_LIST, THREE_SECTIONS])
def test_nobody_is_clear_while_a_list_is_not_understood(
    world: World, eventsafety: CommandLine, title: str, change: str, state: str, words: str
) -> None:
    world.page(title, change)
    result = eventsafety.check("Event:Reading Circle", code=11)
    assert {s["title"]: s["state"] for s in result["sources"] if s["title"]}[title] == state
    assert result["summary"] == {"FLAG": 0, "REVIEW": 0, "UNKNOWN": 20, "CLEAR": 0}


def test_a_list_that_was_moved_is_read_where_it_is_and_one_that_was_deleted_fails(
    world: World, eventsafety: CommandLine
) -> None:
    world.move_page(WMF_LIST, "Project:Foundation bans")
    moved = eventsafety.check("Event:Reading Circle", code=0)
    assert moved["sources"][0]["title"].endswith(":Foundation bans")
    world.move_page(THREE_SECTIONS, "Elsewhere", redirect=False)
    result = eventsafety.check("Event:Reading Circle", code=11)
    assert result["sources"][1]["state"] == "failed"


def test_a_list_that_shrank_is_not_believed_until_somebody_accepts_it(world: World, eventsafety: CommandLine) -> None:
    eventsafety.check("Event:Reading Circle", code=0)
    kept = "* [[m:Special:CentralAuth/Grim Lantern|Grim Lantern]], since March 2014"
    world.page(WMF_LIST, f"{{{{div col}}}}\n{kept}\n{{{{div col end}}}}")
    for _ in range(2):  # the alarm does not go off by itself
        result = eventsafety.check("Event:Reading Circle", code=11)
        assert (result["sources"][0]["state"], result["summary"]["CLEAR"]) == ("unrecognised", 0)
        assert "--accept-list wmf-global-bans" in result["sources"][0]["detail"]
    assert eventsafety.check("Event:Reading Circle", "--accept-list", "wmf-global-bans", code=0)
    assert eventsafety.check("Event:Reading Circle", code=0)


def test_a_list_of_an_affiliate_is_one_more_table_in_the_settings(world: World, eventsafety: CommandLine) -> None:
    person = ordinary(1)[0]
    world.page("Our chapter/Bans", f"{{{{div col}}}}\n* [[User:{person}]], since 2024\n{{{{div col end}}}}")
    eventsafety.set(
        f'lists = [{{id = "chapter", title = "Our chapter/Bans", authority = "our chapter"}},'
        f' {{id = "wmf", title = "{WMF_LIST}", authority = "wmf"}}]'
    )
    result = eventsafety.check("Event:Reading Circle", code=10)
    [evidence] = by_name(result)[person]["evidence"]
    assert (evidence["source"], "our chapter" in evidence["text"]) == ("chapter", True)


def test_a_source_that_is_switched_off_is_told_as_off(eventsafety: CommandLine) -> None:
    eventsafety.set('off = ["global-lock", "wmf-global-bans"]')
    result = eventsafety.check(CLINIC)
    off = {source["id"] for source in result["sources"] if source["state"] == "off"}
    assert off == {"global-lock", "wmf-global-bans"}
    assert by_name(result)["Tin Whistle Fen"]["verdict"] == "CLEAR"


CSV = "Name;Wikimedia username\nA;Tin Whistle Fen\nB;\nC;Amber Abacus\nD;bad[name\n"


def test_a_csv_file_adds_to_the_event_or_replaces_it(eventsafety: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(CSV, encoding="utf-8-sig")
    words = ("--registrants", str(tmp_path / "people.csv"))
    added = eventsafety.check("Event:Empty Chair", *words, code=10)
    assert {name: row["verdict"] for name, row in by_name(added).items()}["Tin Whistle Fen"] == "FLAG"
    alone = eventsafety.check(*words, code=10)
    assert alone["event"]["id"] is None
    replaced = eventsafety.check(CLINIC, "--only-csv", *words, code=10)
    assert {row["name"] for row in replaced["registrants"]} >= {"Tin Whistle Fen", "Amber Abacus"}
    assert len(replaced["registrants"]) < 10
    assert replaced["coverage"]["private"] is None  # the event's own registrants were not asked for
    assert replaced["unparsed"]


def test_names_that_bite_stay_names(eventsafety: CommandLine, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = eventsafety("check", "Event:Names That Bite", "-v", "--html", str(page))
    assert done.returncode in (10, 11)
    assert not {c for c in done.stdout if ord(c) < 32 and c != "\n"}
    assert "\u202e" not in done.stdout
    assert "<script>alert" not in page.read_text(encoding="utf-8")


def requests_for(count: int, limit: int, listed: int) -> int:
    """Return the requests that DESIGN allows besides the ten for everything else: REST pages and account batches."""
    return count // 20 + 1 + 2 * -(-(count + listed) // limit)


@pytest.mark.parametrize("count", [20, 137, 1000])
@pytest.mark.parametrize("limit", [pytest.param(50, id="anonymous"), pytest.param(500, id="bot")])
def test_requests_are_as_few_as_promised_and_counted_exactly(
    wiki: Sandbox, world: World, eventsafety: CommandLine, count: int, limit: int
) -> None:
    crowd(world, count)
    if limit == 50:
        eventsafety.anonymous()
    eventsafety.check(f"Event:Crowd of {count}", code=0)  # the rename log is asked once for names that are gone
    before = len(wiki.requests())
    result = eventsafety.check(f"Event:Crowd of {count}", code=0)
    sent = wiki.requests()[before:]
    assert sum(result["requests"].values()) == len(sent)
    assert result["requests"]["rest"] == count // 20 + 1 + 1  # and one for the registration itself
    assert len(sent) <= requests_for(count, limit, 11) + 10
    assert result["summary"]["CLEAR"] == count


def test_without_globalusers_each_name_costs_one_request_and_the_report_says_so(
    world: World, eventsafety: CommandLine
) -> None:
    world.switch(off=["globalusers"])
    result = eventsafety.check(CLINIC, code=10)
    [lock] = [source for source in result["sources"] if source["id"] == "global-lock"]
    assert "globaluserinfo" in lock["detail"]
    assert by_name(result)["Tin Whistle Fen"]["verdict"] == "FLAG"
    assert by_name(result)["Amber Abacus"]["verdict"] == "CLEAR"


@pytest.mark.parametrize("extension", ["CentralAuth", "GlobalBlocking"])
def test_a_wiki_that_cannot_tell_makes_nobody_clear(world: World, eventsafety: CommandLine, extension: str) -> None:
    world.switch(off=[extension])
    result = eventsafety.check("Event:Reading Circle", code=11)
    assert result["summary"]["CLEAR"] == 0


def test_newer_wikis_refuse_a_batch_with_an_unknown_target(world: World, eventsafety: CommandLine) -> None:
    world.switch(on=["globalblocks-strict"])
    found = by_name(eventsafety.check(CLINIC, code=10))
    assert found["Copper Ferret"]["verdict"] == found["New Kettle Drum"]["verdict"] == "FLAG"


@pytest.mark.parametrize(
    ("fault", "answer", "code", "words"),
    [
        pytest.param("participants", {"times": 9, "skip": 2}, 1, "", id="503 in the middle of paging"),
        pytest.param("participants", {"times": 9, "status": 200, "body": "<html>"}, 1, "", id="HTML for JSON"),
        pytest.param("participants", {"times": 9, "status": 200, "body": '{"a": 1}'}, 1, "", id="another shape"),
        pytest.param("participants", {"times": 9, "status": 429, "headers": {"Retry-After": "600"}}, 1, "", id="429"),
        pytest.param("participants", {"times": 1, "headers": {"Retry-After": "0"}}, 10, "", id="503 once, then fine"),
        pytest.param("participants", {"times": 9, "status": 200, "body": '[{"participa'}, 1, "", id="cut off"),
        pytest.param("globalblocks", {"times": 9, "skip": 1}, 10, "global-block", id="a source falls: others go on"),
    ],
)
def test_bad_days_end_in_a_sentence_or_an_unknown(
    world: World, eventsafety: CommandLine, fault: str, answer: dict[str, object], code: int, words: str
) -> None:
    world.fault(fault, **answer)  # type: ignore[arg-type]  # a table's keywords
    done = eventsafety("check", CLINIC, "--json")
    assert done.returncode == code, done.stderr
    if code == 1:
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stdout


def test_not_this_person_is_said_in_the_settings_and_told_in_the_report(eventsafety: CommandLine) -> None:
    row = by_name(eventsafety.check(CLINIC))["Grim Lantem"]
    assert row["verdict"] == "REVIEW"
    for evidence in row["evidence"]:
        said = {"source": evidence["source"], "entry": evidence["right"], "facts": evidence["facts"]}
        lines = [f'{key} = "{value}"' for key, value in said.items()]
        person = f'central_id = {row["central_id"]}\nwho = "Steward Ina"\nwhy = "met in person"\nwhen = 2026-11-01\n'
        eventsafety.add("[[exemptions]]\n" + person + "\n".join(lines))
    result = eventsafety.check(CLINIC)
    assert by_name(result)["Grim Lantem"]["verdict"] == "CLEAR"
    assert '"Grim Lantem" is not "Grim Lantern", said Steward Ina on 2026-11-01: met in person' in result["notes"]
    assert "said Steward Ina" in " ".join(eventsafety("check", CLINIC).stdout.split())


def test_a_wiki_that_is_not_there_is_told_soon_and_plainly(eventsafety: CommandLine, wiki: Sandbox) -> None:
    family = Path(eventsafety.environment["PYWIKIBOT_DIR"]) / "families" / "trial_family.py"
    base = eventsafety.folder / "pywikibot"
    (base / "families").mkdir(parents=True)
    host = wiki.url.removeprefix("http://")
    text = family.read_text(encoding="utf-8").replace(host, "127.0.0.1:9")
    (base / "families" / "trial_family.py").write_text(text, encoding="utf-8")
    (base / "user-config.py").write_text('family = mylang = "trial"\n', encoding="utf-8")
    eventsafety.environment["PYWIKIBOT_DIR"] = str(base)
    done = eventsafety("check", CLINIC)
    assert (done.returncode, done.stdout) == (1, "")
    assert "127.0.0.1:9" in done.stderr


def test_a_page_with_ten_thousand_registrants_is_read_whole(world: World, eventsafety: CommandLine) -> None:
    people = "\n".join(f"# [[User:Crowd person {n}]]" for n in range(10_000))
    world.page("Meetup/Ten thousand", f"== Participants ==\n{people}\n")
    result = eventsafety.check("Meetup/Ten thousand", code=11)
    assert result["summary"]["UNKNOWN"] == 10_000  # none of them has an account
    assert result["requests"]["api"] < 2 * 10_000 / 500 + 10 + 60
