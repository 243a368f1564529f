"""The files of the templates say what the contract says; how they look is for a real wiki to tell."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any

import pytest

from bot.onwiki import message_pages, templates
from bot.plan import decisions
from tests.onwiki import notices
from tests.onwiki.contract import NOT_COUNTED, PARAMETERS, SEVERITIES, STATUSES

each_template = pytest.mark.parametrize("title", list(PARAMETERS))
each_page = pytest.mark.parametrize("title", list(templates()))


def documented(title: str) -> Any:
    found = re.findall(r"<templatedata>(.*?)</templatedata>", templates()[f"{title}/doc"], re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def switches(title: str, parameter: str) -> list[dict[str, str]]:
    """The branches of every #switch over one parameter."""
    bodies = re.findall(
        r"\{\{#switch:(?:\{\{lc:)?\{\{\{" + parameter + r"\|\}\}\}(?:\}\})?\n(.*?)\n *\}\}",
        templates()[title],
        re.DOTALL,
    )
    return [dict(re.findall(r"^ *\|([^=]+)=(.*)$", body, re.MULTILINE)) for body in bodies]


def styles(title: str) -> list[str]:
    return re.findall(r'style="(.*?)"', templates()[title], re.DOTALL)


# --- the loader


def test_every_template_comes_with_its_documentation_in_order() -> None:
    shown = [*PARAMETERS, *notices.PARAMETERS]
    assert list(templates()) == sorted([*shown, *(f"{title}/doc" for title in shown), *message_pages.pages()])


def test_nobody_can_change_what_others_get() -> None:
    with pytest.raises(TypeError):
        templates()["Template:Event safety flag"] = ""  # type: ignore[index]


@each_page
def test_a_text_is_as_mediawiki_stores_it(title: str) -> None:
    text = templates()[title]
    assert text == text.strip()
    assert "\r" not in text
    assert "\n\n\n" not in text


# --- parameters


@each_template
def test_documented_used_and_agreed_parameters_are_the_same(title: str) -> None:
    used = set(re.findall(r"\{\{\{([^|{}]*)", templates()[title]))
    data = documented(title)
    assert used == set(PARAMETERS[title])
    assert tuple(data["params"]) == tuple(data["paramOrder"]) == PARAMETERS[title]


@each_template
def test_every_parameter_is_explained(title: str) -> None:
    data = documented(title)
    assert data["description"]
    for parameter in data["params"].values():
        assert all(parameter[key] for key in ("label", "description", "type"))
        assert parameter.get("required", False) != parameter.get("suggested", False)


@each_template
def test_the_documentation_shows_a_whole_call_as_text_and_as_it_looks(title: str) -> None:
    calls = re.findall(r"\{\{Event safety \w+[ \n].*?\n?\}\}", templates()[f"{title}/doc"], re.DOTALL)
    assert len(calls) == 2
    assert calls[0] == calls[1]
    assert tuple(re.findall(r"\| ([^=|\n]+?) =", calls[0])) == PARAMETERS[title]


@pytest.mark.parametrize("title", ["Template:Event safety flag", "Template:Event safety settled"])
def test_the_statuses_are_known_to_the_template_and_to_its_documentation(title: str) -> None:
    assert switches(title, "status")
    for branches in switches(title, "status"):
        assert tuple(branches) == (*STATUSES, "#default")
    assert tuple(documented(title)["params"]["status"]["suggestedvalues"]) == STATUSES


def test_every_status_is_explained_to_reviewers() -> None:
    table = re.findall(r'! scope="row" \| <code>(.*?)</code>\n\| \S', templates()["Template:Event safety flag/doc"])
    assert tuple(table) == STATUSES


def test_every_severity_has_its_words() -> None:
    (words,) = switches("Template:Event safety flag", "severity")
    assert words.pop("#default") == "<bdi>{{{severity|}}}</bdi>"
    assert words == SEVERITIES
    suggested = documented("Template:Event safety flag")["params"]["severity"]["suggestedvalues"]
    assert tuple(suggested) == tuple(SEVERITIES)


@pytest.mark.parametrize(
    "cause", ["global-lock", "global-block", "local-block", "rename-log", "account", "line", "private"]
)
def test_every_cause_is_explained_to_reviewers(cause: str) -> None:
    assert f'! scope="row" | <code>{cause}</code>\n| ' in templates()["Template:Event safety review/doc"]


@pytest.mark.parametrize("reason", NOT_COUNTED)
def test_every_reason_not_to_count_a_status_is_explained_to_reviewers(reason: str) -> None:
    section = templates()["Template:Event safety review/doc"].partition("== Not counted ==\n")[2].partition("\n== ")[0]
    assert re.search(rf'^! scope="row" \| {reason}.*\n\| \S', section, re.MULTILINE)


@pytest.mark.parametrize("reason", NOT_COUNTED)
def test_the_reasons_are_those_that_the_bot_gives(reason: str) -> None:
    assert f'"{reason}' in inspect.getsource(decisions)


def test_the_top_leads_to_the_reasons_instead_of_claiming_one() -> None:
    top = templates()["Template:Event safety review"]
    assert "[[Template:Event safety review#Not counted|" in top
    assert "because somebody outside the reviewer groups" not in top


# --- what may stand in them


@each_page
def test_nothing_files_a_page_pings_or_needs_more_than_parser_functions(title: str) -> None:
    text = templates()[title]
    assert not re.search(
        r"\[\[\s*(category|user|file|image)\s*:|~~~|#invoke|<templatestyles|subst:", text, re.IGNORECASE
    )
    assert set(re.findall(r"\{\{(#\w+):", text)) <= {"#if", "#switch", "#language"}


@each_template
def test_a_template_shows_only_its_documentation_on_its_own_page(title: str) -> None:
    text = templates()[title]
    assert text.startswith("<includeonly>")
    assert text.endswith(f"</includeonly><noinclude>{{{{{title.removeprefix('Template:')}/doc}}}}</noinclude>")


@each_template
def test_what_people_write_stands_where_it_cannot_break_the_row(title: str) -> None:
    text = templates()[title]
    status = [text[found.start() - 15 : found.end()] for found in re.finditer(r"\{\{\{status.*?\}\}\}", text)]
    assert all("{{#switch:" in place for place in status)
    comments = [line for line in text.splitlines() if "{{{comment" in line and "{{#if:{{{comment|}}}|" not in line]
    assert comments == (["{{{comment}}}"] if "comment" in PARAMETERS[title] else [])


@each_template
def test_every_colour_is_a_variable_of_the_skin_with_a_fallback(title: str) -> None:
    text = templates()[title]
    assert re.findall(r"#[0-9a-f]{3,6}\b", text) == re.findall(r"var\(--[a-z-]+,(#[0-9a-f]{3,6})\)", text)
    assert text.count("var(") == len(re.findall(r"var\(--[a-z-]+,#[0-9a-f]{3,6}\)", text))


@each_template
def test_a_background_comes_with_a_colour_of_the_text(title: str) -> None:
    for style in styles(title):
        assert "background:" not in style or re.search(r"(^|;)color:", style)


@each_template
def test_no_style_has_a_left_or_a_right(title: str) -> None:
    assert styles(title)
    assert not re.search(r"\b(left|right)\b", " ".join(styles(title)))


def test_a_reviewer_is_told_how_to_stop_the_bot() -> None:
    assert "== Stopping the bot ==" in templates()["Template:Event safety review/doc"]
    for title in ("Template:Event safety flag", "Template:Event safety settled"):
        assert "[[Template:Event safety review#Stopping the bot" in templates()[f"{title}/doc"]
