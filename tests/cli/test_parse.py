import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli

SIGNED = (
    "== Participants ==\n# [[User:Gorse Hill|Gorse Hill]] ([[User talk:Gorse Hill|talk]]) 10:00, 1 May 2026 (UTC)\n"
)
BROKEN = SIGNED + "# {{user|}} ~~~~\n"
LIST = "{{div col}}\n* [[m:Special:CentralAuth/ExampleAda|ExampleAda]], since 8 February 2026\n{{div col end}}\n"
ODD_LIST = LIST.replace("{{div col end}}", "* and somebody else\n{{div col end}}")
CONTACTS = "{{Event safety contacts|phase=during|team=\n{{Event safety contact|name=Ada|order=1|reports=yes}}\n}}\n"
ODD_CONTACTS = CONTACTS.replace("|order=1", "|order=1|hours=mornings")


def parse(*words: str, text: str) -> Result:
    return CliRunner().invoke(cli, ["parse", *words], input=text)


@pytest.mark.parametrize(
    ("words", "text", "code"),
    [
        pytest.param(["signups", "-"], SIGNED, 0, id="everything read"),
        pytest.param(["signups", "-"], BROKEN, 11, id="a line not read"),
        pytest.param(["signups", "-"], "== Programme ==\nTea.\n", 11, id="no sign-up list"),
        pytest.param(["signups", "-"], "", 11, id="an empty page"),
        pytest.param(["signups", "--whole-page", "-"], SIGNED.partition("\n")[2], 0, id="a list as a whole"),
        pytest.param(["banlist", "-"], LIST, 0, id="a list"),
        pytest.param(["banlist", "-"], ODD_LIST, 11, id="a line of a list not read"),
        pytest.param(["banlist", "-"], "Welcome!\n", 11, id="no list"),
        pytest.param(["contacts", "-"], CONTACTS, 0, id="contacts"),
        pytest.param(["contacts", "-"], ODD_CONTACTS, 11, id="a contact not read as a whole"),
        pytest.param(["contacts", "-"], CONTACTS * 2, 11, id="two lists of contacts"),
        pytest.param(
            ["contacts", "-"], f"{{{{Event safety contact|name=Zoe}}}}{CONTACTS}", 11, id="a contact in no list"
        ),
        pytest.param(["contacts", "-"], "Welcome!\n", 11, id="no contacts"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_exit_codes(words: list[str], text: str, code: int, form: list[str]) -> None:
    result = parse(*words, *form, text=text)
    assert (result.exit_code, result.stderr) == (code, "")


def document(*words: str, text: str) -> Any:
    return json.loads(parse(*words, "--json", text=text).stdout)


def test_signups_as_json() -> None:
    found = document("signups", "-", text=BROKEN)
    assert found["schema"] == "eventsafety/signups@1"
    assert [(r["name"], r["line"], r["kind"], r["withdrawn"]) for r in found["registrants"]] == [
        ("Gorse Hill", 2, "signature", False)
    ]
    assert [row["line"] for row in found["unparsed"]] == [3]


def test_banlist_as_json_with_the_authority_that_was_given() -> None:
    found = document("banlist", "-", "--authority", "affiliate", text=LIST)
    assert found["schema"] == "eventsafety/banlist@1"
    assert [(e["name"], e["line"], e["authority"], e["since"]) for e in found["entries"]] == [
        ("ExampleAda", 2, "affiliate", "8 February 2026")
    ]


def test_contacts_as_json() -> None:
    found = document("contacts", "-", text=ODD_CONTACTS)
    assert found["schema"] == "eventsafety/contacts-page@1"
    assert (found["line"], found["phase"]) == (1, "during")
    assert [(c["name"], c["line"], c["roles"], c["hours"], c["order"]) for c in found["contacts"]] == [
        ("Ada", 2, ["reports"], [], 1)
    ]
    assert [(row["line"], row["text"]) for row in found["unparsed"]] == [(2, "hours=mornings")]


def test_a_file_is_read_like_standard_input(tmp_path: Path) -> None:
    (tmp_path / "page.wiki").write_text(SIGNED, encoding="utf-8")
    assert parse("signups", str(tmp_path / "page.wiki"), text="").stdout == parse("signups", "-", text=SIGNED).stdout


def test_a_table_for_people() -> None:
    shown = parse("signups", "-", text=BROKEN).stdout
    assert "1 registrant\n" in shown
    assert "Gorse Hill" in shown
    assert "Lines that could not be read (1)" in shown


def test_an_operators_own_headings_count_when_a_settings_file_names_them(tmp_path: Path) -> None:
    (tmp_path / "bot.toml").write_text('signup_headings = ["Zurfat"]\n')
    text = SIGNED.replace("Participants", "Zurfat")
    assert parse("signups", "-", text=text).exit_code == 11
    assert parse("signups", "-", "--config", str(tmp_path / "bot.toml"), text=text).exit_code == 0
