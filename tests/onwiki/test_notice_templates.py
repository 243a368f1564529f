"""The files of the notice, the reminder, the contacts and the checklist say what the contract says, in words of messages."""

from __future__ import annotations

import html
import json
import re
from importlib import resources
from typing import Any

import pytest

from bot.model import Phase, PolicyKind, Role
from bot.onwiki import templates
from bot.parse import item_ids
from tests.onwiki.notices import (
    CHECKLIST,
    ITEMS,
    LANGUAGES,
    NOTICE,
    PARAMETERS,
    PERSON,
    POLICIES,
    REMINDER,
    ROLES,
    TEAM,
    keys_used,
)

# Which template shows the messages of a prefix; the last four are for the bot's headings and edit summaries.
SHOWN_BY = {
    "notice": NOTICE,
    "reminder": REMINDER,
    "contacts": TEAM,
    "role": PERSON,
    "phase": PERSON,
    "policy": NOTICE,
    "checklist": CHECKLIST,
    "state": CHECKLIST,
    "item": CHECKLIST,
}
FOR_THE_BOT = {
    *("page-summary", "talk-heading", "talk-summary", "reminder-heading", "reminder-summary"),
    *("contacts-summary", "checklist-summary"),
}
# What a template shows where a parameter is empty or has a value that it does not know.
DEFAULTS = {"full", "page", "unknown"}
each_template = pytest.mark.parametrize("title", list(PARAMETERS))


def documented(title: str) -> Any:
    found = re.findall(r"<templatedata>(.*?)</templatedata>", templates()[f"{title}/doc"], re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def messages(name: str) -> dict[str, str]:
    text = (resources.files("bot.onwiki") / "i18n" / f"{name}.json").read_text("utf-8")
    found = dict(json.loads(text, object_pairs_hook=once))
    assert found.pop("@metadata") == {"authors": ["Event Safety Bot developers"]}
    return found


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs), "a key is there twice"
    return dict(pairs)


def styles(title: str) -> list[str]:
    return re.findall(r'style="(.*?)"', templates()[title], re.DOTALL)


# --- parameters


@each_template
def test_documented_used_and_agreed_parameters_are_the_same(title: str) -> None:
    used = set(re.findall(r"\{\{\{([^|{}]*)", templates()[title]))
    data = documented(title)
    assert used == set(PARAMETERS[title])
    assert tuple(data["params"]) == tuple(data["paramOrder"]) == PARAMETERS[title]


@each_template
def test_every_parameter_is_explained_with_an_example(title: str) -> None:
    data = documented(title)
    assert data["description"]
    assert data["format"] == "block"
    for name, parameter in data["params"].items():
        assert all(parameter[key] for key in ("label", "description", "type"))
        assert ("example" in parameter) == (name != "team")
        assert parameter.get("required", False) != parameter.get("suggested", False)


@each_template
def test_what_is_suggested_is_what_the_template_knows(title: str) -> None:
    for name, parameter in documented(title)["params"].items():
        spoken = set(parameter.get("suggestedvalues", ())) - DEFAULTS
        assert all(f"|{value}=" in templates()[title] for value in spoken), name


@each_template
def test_the_documentation_shows_a_whole_call_as_text_and_as_it_looks(title: str) -> None:
    text = templates()[f"{title}/doc"]
    [(as_text, as_call)] = re.findall(r"<pre>\n(.*?)\n</pre>\nIt looks so:\n(.*?)\n\n== Parameters", text, re.DOTALL)
    assert html.unescape(as_text) == as_call.replace("&#64;", "@") or as_text == as_call.replace("&", "&amp;")
    assert as_call.startswith(f"{{{{{title.removeprefix('Template:')}\n")
    inner = re.sub(r"\{\{Event safety contact\n.*?\n\}\}", "", as_call, flags=re.DOTALL) if title == TEAM else as_call
    assert tuple(re.findall(r"^\| ([^=|\n]+?) =", inner, re.MULTILINE)) == PARAMETERS[title]


def test_the_contract_is_what_the_model_says() -> None:
    assert tuple(PolicyKind) == POLICIES
    assert tuple(Role) == ROLES
    assert sorted(item_ids.ITEMS) == sorted(ITEMS)


def test_the_documentation_of_a_person_shows_each_notation() -> None:
    text = templates()[f"{PERSON}/doc"].partition("== Notation ==")[2].partition("\n== ")[0]
    for parameter in ("hours", "phases", "from", "until", "training", "language 1"):
        assert f"<code>{parameter}</code>" in text


# --- messages


def test_all_words_on_the_wiki_come_from_the_messages() -> None:
    message = re.compile(r"\{\{Event safety/i18n\|lang=\{\{\{lang\|\}\}\}\|[^{}|]*")
    for title in PARAMETERS:
        inner = templates()[title].removeprefix("<includeonly>").partition("</includeonly>")[0]
        shown = re.sub(r"<[^<>]*>", " ", message.sub(" ", inner))
        assert re.findall(r"(?<![\w:#/.{|])[A-Z][a-z]+ [a-z]+", shown) == []


@pytest.mark.parametrize("key", list(messages("en")))
def test_every_message_is_shown_by_its_template_or_used_by_the_bot(key: str) -> None:
    shown = {title: keys_used(templates()[title]) for title in PARAMETERS}
    if key in FOR_THE_BOT:
        assert all(key not in keys for keys in shown.values())
        return
    titles = {SHOWN_BY[key.partition("-")[0]]} | ({PERSON} if key.startswith("contacts-") else set())
    assert any(key in shown[title] for title in titles)


def test_no_template_shows_a_message_that_is_not_there() -> None:
    known = set(messages("en"))
    for title in PARAMETERS:
        assert keys_used(templates()[title]) <= known


def test_policies_roles_phases_states_and_items_have_their_messages() -> None:
    known = set(messages("en"))
    assert {f"policy-{kind}" for kind in PolicyKind} <= known
    assert {f"role-{role.replace(' ', '-')}" for role in Role} == {key for key in known if key.startswith("role-")}
    assert {f"phase-{phase}" for phase in Phase} == {key for key in known if key.startswith("phase-")}
    assert {f"item-{item}" for item in item_ids.ITEMS} == {key for key in known if key.startswith("item-")}
    assert {key for key in known if key.startswith("state-")} == {
        f"state-{state}" for state in ("done", "missing", "unknown", "na")
    }


@pytest.mark.parametrize("key", list(messages("en")))
def test_an_argument_is_given_where_a_message_takes_one(key: str) -> None:
    wanted = set(re.findall(r"\$([1-9])", messages("en")[key]))
    for title in PARAMETERS:
        for found in re.finditer(r"\|" + key + r"(?=[|}])", templates()[title]):
            rest = templates()[title][found.end() :]
            first = re.match(r"\|([2-9])=", rest)
            assert (first is not None) == bool(wanted), f"{title}: {key}"


@pytest.mark.parametrize(("key", "text"), messages("en").items())
def test_a_message_is_short_plain_text(key: str, text: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", key)
    assert text == text.strip()
    assert not re.search(r"[\[\]{}<>|=#*~\n]|''|\$0|\$\d\d|https?:", text)
    assert 0 < len(text) <= 160
    assert text[0].isupper() or text[0] == "$"
    assert sorted(set(re.findall(r"\$([1-9])", text))) == [
        str(n + 1) for n in range(len(set(re.findall(r"\$\d", text))))
    ]


@pytest.mark.parametrize("key", list(messages("en")))
def test_a_message_has_a_note_for_translators_on_each_argument(key: str) -> None:
    notes = messages("qqq")
    assert set(notes) == set(messages("en"))
    assert set(re.findall(r"\$[1-9]", notes[key])) == set(re.findall(r"\$[1-9]", messages("en")[key]))
    assert key.startswith("policy-") or re.search(r"[Uu]p to about \d+ characters|\{\{msg\|", notes[key])


# --- what may stand in them


@each_template
def test_no_link_leads_to_a_person_and_nothing_needs_more_than_parser_functions(title: str) -> None:
    text = templates()[title]
    assert not re.search(
        r"\[\[:?\s*(user|category|file|image)\b|~~~|#invoke|<templatestyles|subst:", text, re.IGNORECASE
    )
    assert set(re.findall(r"\{\{(#\w+):", text)) <= {"#if", "#switch", "#language"}
    assert set(re.findall(r"\[\[([^|\]{]*)", text)) <= {":", "Special:EmailUser/"}


@each_template
def test_the_whole_box_has_the_language_and_direction_that_are_really_shown(title: str) -> None:
    group = title.removeprefix("Template:Event safety ")
    text = templates()[title].removeprefix("<includeonly>")
    if title == PERSON:
        assert "@lang" not in text
        return
    opening = text[: text.index("style=")]
    assert opening.startswith("<div ")
    for attribute in ("lang", "dir"):
        assert f'{attribute}="{{{{Event safety/i18n|lang={{{{{{lang|}}}}}}|@{attribute}|{group}}}}}"' in opening


@each_template
def test_a_template_shows_only_its_documentation_on_its_own_page(title: str) -> None:
    text = templates()[title]
    assert text.startswith("<includeonly>")
    assert text.endswith(f"</includeonly><noinclude>{{{{{title.removeprefix('Template:')}/doc}}}}</noinclude>")


@each_template
def test_every_colour_is_a_variable_of_the_skin_with_a_fallback(title: str) -> None:
    text = templates()[title]
    assert re.findall(r"#[0-9a-f]{3,6}\b", text) == re.findall(r"var\(--[a-z-]+,(#[0-9a-f]{3,6})\)", text)
    ours = len(re.findall(r"var\(--event-safety-", text))
    assert text.count("var(") == ours + len(re.findall(r"var\(--(?!event-safety)[a-z-]+,#[0-9a-f]{3,6}\)", text))


def test_the_compact_list_sets_just_what_a_person_reads() -> None:
    read = re.findall(r"var\((--event-safety-[a-z]+),", templates()[PERSON] + templates()[TEAM])
    [compact] = re.findall(r"\|compact=((?:--event-safety-[a-z]+:[^;{}]+;)+)", templates()[TEAM])
    assert {part.partition(":")[0] for part in compact.split(";") if part} == set(read)


@each_template
def test_a_background_comes_with_a_colour_of_the_text(title: str) -> None:
    for style in styles(title):
        assert "background:" not in style or re.search(r"(^|;)color:", style)


@each_template
def test_no_style_has_a_left_or_a_right(title: str) -> None:
    assert styles(title)
    assert not re.search(r"\b(left|right)\b", " ".join(styles(title)))


def test_every_language_of_a_person_is_marked_as_that_language() -> None:
    for parameter in LANGUAGES:
        assert (
            f'<bdi lang="{{{{{{{parameter}}}}}}}">{{{{#language:{{{{{{{parameter}}}}}}}}}}}</bdi>'
            in templates()[PERSON]
        )


@each_template
def test_every_value_that_is_shown_is_set_off_from_the_words_around_it(title: str) -> None:
    inner = templates()[title].partition("</includeonly>")[0]
    for found in re.finditer(r"(<[^<>]*>|[|=])\{\{\{([a-z0-9 ]+)\}\}\}(?=<|\}\})", inner):
        assert found[1].startswith("<bdi"), f"{title}: {found[2]}"
