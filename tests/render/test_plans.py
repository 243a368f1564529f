import json
import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from importlib import resources

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.config import Limits
from bot.plan import stored
from bot.plan.edits import Edit, Plan
from bot.render import plans, runs
from tests.render.hostile import NASTY, texts
from tests.render.made_plans import EMPTY, ENDED, PLAN, ended, plan
from tests.render.test_terminal import SGR, harmless

# What a plan cannot hold: half of a surrogate pair, for which there is no UTF-8.
storable = texts.map(lambda text: text.encode(errors="replace").decode())


def everything(text: str, width: int, *, colour: bool) -> str:
    def word(_: str) -> str:
        return text

    made = plan(word)
    ends = ended(made, word)
    return "".join(
        (
            plans.plan(made, width, colour=colour, file=text),
            plans.plan(replace(made, edits=()), width, colour=colour),
            plans.diff(made, colour=colour, file=text),
            *(plans.edit(one, colour=colour) for one in made.edits),
            *(runs.outcome(number, 4, one, width, colour=colour) for number, one in enumerate(ends, 1)),
            runs.summary(made, ends, width, colour=colour, file=text),
            runs.as_json(made, ends),
        )
    )


@settings(max_examples=60, deadline=None)
@given(storable, st.sampled_from([20, 40, 80, 200]))
def test_hostile_words_leave_no_control_character_but_newline(text: str, width: int) -> None:
    assert harmless(everything(text, width, colour=False))


@settings(max_examples=40, deadline=None)
@given(storable)
def test_in_colour_there_is_nothing_but_the_codes_of_colour(text: str) -> None:
    coloured = everything(text, 80, colour=True)
    assert SGR.search(coloured)
    assert harmless(SGR.sub("", coloured))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["plain", *NASTY]).map(lambda text: text.encode(errors="replace").decode()))
def test_colour_changes_no_word(text: str) -> None:
    def bare(shown: str) -> list[str]:
        return [line.rstrip() for line in SGR.sub("", shown).split("\n")]

    assert bare(everything(text, 80, colour=True)) == bare(everything(text, 80, colour=False))


@pytest.mark.parametrize(
    "text", ["[bold]x[/bold] :smile:", "[red]", "[/]", "[link=https://evil.example]x[/link]", "[@click=f]x"]
)
def test_markup_of_the_layout_library_is_shown_as_it_is(text: str) -> None:
    made = plan(lambda _: text)
    ends = ended(made, lambda _: text)
    for shown in (
        plans.plan(made, 200, colour=False),
        plans.diff(made, colour=False),
        plans.edit(made.edits[1], colour=False),
        runs.outcome(1, 4, ends[2], 200, colour=False),
        runs.summary(made, ends, 200, colour=False),
    ):
        assert text in shown


@settings(max_examples=40, deadline=None)
@given(storable, st.sampled_from([20, 41, 80]))
def test_nothing_but_the_command_is_wider_than_the_terminal(text: str, width: int) -> None:
    made = plan(lambda _: text)
    shown = plans.plan(made, width, colour=False, file="plan.json").splitlines()
    assert shown[-1] == f"eventsafety apply plan.json --digest {made.digest}"
    assert max(cell_len(line) for line in shown[:-1]) <= width
    assert max(cell_len(line) for line in runs.outcome(1, 4, ENDED[1], width, colour=False).splitlines()) <= width


def test_a_plan_tells_what_is_needed_to_approve_it_in_order() -> None:
    shown = plans.plan(PLAN, 120, colour=False, file="plan.json")
    order = [
        "4 edits to meta:meta as TestBot",
        "https://meta.example.org, read 2026-11-21 01:02 UTC",
        "Made from",
        "Event:Learning Clinic (page, revision 871)",
        "Registration 12 (registration)",
        "\nEdits\n",
        "Event talk:Learning Clinic",
        "Why, and what the wiki will show",
        "\nLimits\n",
        "Seen and left alone",
        "so it was left alone",
        "To apply exactly this",
        PLAN.digest,
    ]
    places = [shown.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            "1. Event:Learning Clinic\n   notices, revision 871, 97 → 132 (+35) bytes\n2.", id="longer, and the next"
        ),
        pytest.param(
            "2. User:TestBot/Event review/Learning Clinic\n   review, new page, 0 → 38 (+38) bytes\n", id="new"
        ),
        pytest.param("4. Event:出典 Clinic\n   contacts, revision 880, 97 → 96 (-1) bytes\n\n", id="shorter, and last"),
    ],
)
def test_each_edit_is_a_title_with_its_facts_below(lines: str) -> None:
    assert f"\n{lines}" in plans.plan(PLAN, 200, colour=False)


def test_on_a_narrow_terminal_a_title_is_broken_between_words() -> None:
    shown = plans.plan(PLAN, 40, colour=False)
    assert "\n2. User:TestBot/Event review/Learning\nClinic\n   review, new page, 0 → 38 (+38) bytes\n" in shown


def test_the_same_reasons_are_told_once_for_all_their_edits() -> None:
    shown = plans.plan(PLAN, 200, colour=False)
    assert shown.count("The page has no conduct notice.") == 1
    assert '\n1, 3. 2 pages\n  Summary: "Conduct notice"\n  - The page has no conduct notice.\n' in shown
    assert '\n2. User:TestBot/Event review/Learning Clinic\n  Summary: "Event review' in shown
    assert 'needs a look" (tagged event-safety)\n' in shown
    assert 'Summary: "Contacts" (minor, without the bot mark)\n' in shown


def test_many_edits_alike_are_a_range() -> None:
    edits = [replace(PLAN.edits[0], title=f"Event talk:{number}") for number in range(12)]
    edits[4] = replace(edits[4], summary="Other")
    assert "\n1-4, 6-12. 11 pages\n" in plans.plan(replace(PLAN, edits=tuple(edits)), 80, colour=False)


def limits(made: Plan) -> list[list[str]]:
    shown = plans.plan(made, 200, colour=False)
    rows = shown[shown.index("\nLimits\n") :].split("\n\n")[0].splitlines()[2:]
    return [re.split(r" {2,}", row.strip()) for row in rows]


def test_limits_stand_beside_what_the_plan_uses() -> None:
    heads, *rows = limits(PLAN)
    assert heads == ["All", "notices", "review", "contacts"]
    assert [row[:4] for row in rows] == [
        ["Edits", "4 of 100", "2 of 2", "1 of 100"],
        ["Pages", "4 of 100", "2 of 100", "1 of 100"],
        ["Talk pages", "1 of 0, beyond it", "1 of 1", "0 of 0"],
        ["New pages", "1 of 20", "0 of 20", "1 of 20"],
        ["Bytes removed", "1 of 50,000", "0 of 50,000", "0 of 50,000"],
        ["Of a page removed", "1% of 50%", "0% of 50%", "0% of 25%"],
    ]
    assert {row[4].split(",")[1] for row in rows} == {" no limit set"}


def test_a_limit_of_a_task_without_edits_is_not_shown() -> None:
    heads, *_ = limits(replace(PLAN, limits={"": Limits(), "checklist": Limits()}))
    assert "checklist" not in heads


@pytest.mark.parametrize(
    ("file", "words"),
    [
        pytest.param("plan.json", ["plan.json"], id="plain"),
        pytest.param("my plan; rm -rf $HOME.json", ["my plan; rm -rf $HOME.json"], id="quoted for a shell"),
        pytest.param("a'b", ["a'b"], id="a quote in it"),
        pytest.param(None, ["FILE"], id="not stored"),
    ],
)
def test_the_command_applies_this_plan_and_nothing_else(file: str | None, words: list[str]) -> None:
    command = plans.plan(PLAN, 40, colour=True, file=file).splitlines()[-1]
    assert shlex.split(command) == ["eventsafety", "apply", *words, "--digest", PLAN.digest]


def test_a_plan_that_was_not_stored_says_how_to_store_it() -> None:
    assert "-o FILE stores it" in plans.plan(PLAN, 80, colour=False)
    assert "-o FILE" not in plans.plan(PLAN, 80, colour=False, file="plan.json")


def test_an_empty_plan_is_one_sentence_and_the_notes() -> None:
    assert plans.plan(EMPTY, 80, colour=False, file="plan.json") == (
        "Nothing is proposed; look at what was left alone.\n\n"
        'Seen and left alone\n  - "Event:Old Clinic" is over, so it was left alone.\n'
    )
    assert plans.plan(replace(EMPTY, notes=()), 80, colour=False) == (
        "Nothing is to be written: the wiki is as it should be.\n"
    )
    assert plans.diff(EMPTY, colour=False) == ""


def diff_of(old: str, new: str, *, colour: bool) -> list[str]:
    made = replace(PLAN, edits=(Edit("A", 0, "notices", 7, old, new, "Summary"),))
    (title, summary, *lines), _ = (part.split("\n") for part in plans.diff(made, colour=colour).split("\n\n"))
    assert (SGR.sub("", title), summary) == ("Page: A", 'Summary: "Summary"')
    return lines


def test_equal_diffs_stand_once_under_all_their_titles() -> None:
    *parts, _ = plans.diff(PLAN, colour=False).split("\n\n")
    assert [part.split("\n@@")[0].split("\n") for part in parts] == [
        ["Page: Event:Learning Clinic", "Page: Event talk:Learning Clinic", 'Summary: "Conduct notice"'],
        [
            "New page: User:TestBot/Event review/Learning Clinic",
            'Summary: "Event review: one account needs a look" (tagged event-safety)',
        ],
        ["Page: Event:出典 Clinic", 'Summary: "Contacts" (minor, without the bot mark)'],
    ]
    assert "\n+{{Event conduct notice|version=3}}\n <languages/>\n" in parts[0]


def test_each_page_of_equal_diffs_stands_above_its_own_summary() -> None:
    first, _, third, _ = PLAN.edits
    pages = (first, replace(third, summary="Other"), replace(third, title="Event talk:Third"))
    shown = plans.diff(replace(PLAN, edits=pages), colour=False)
    assert shown.split("\n@@")[0].splitlines() == [
        "Page: Event:Learning Clinic",
        "Page: Event talk:Third",
        'Summary: "Conduct notice"',
        "Page: Event talk:Learning Clinic",
        'Summary: "Other"',
    ]


@pytest.mark.parametrize(("file", "name"), [("plan.json", "plan.json"), (None, "FILE")])
def test_a_diff_ends_with_the_command_that_applies_it(file: str | None, name: str) -> None:
    end = f"\n\nTo apply exactly this\neventsafety apply {name} --digest {PLAN.digest}\n"
    assert plans.diff(PLAN, colour=False, file=file).endswith(end)


def test_a_title_cannot_pass_for_a_line_of_a_diff() -> None:
    made = replace(PLAN, edits=tuple(replace(edit, title=f"+{edit.title}\n+x") for edit in PLAN.edits))
    assert "\n+Event" not in plans.diff(made, colour=False)
    assert "Page: +Event:Learning Clinic<U+000A>+x\n" in plans.diff(made, colour=False)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param("a", "b", ["@@ -1 +1 @@", "-a", "+b"], id="plain"),
        pytest.param("x" * 5000, "y", ["@@ -1 +1 @@", "-" + "x" * 5000, "+y"], id="long lines stay whole"),
        pytest.param("a", "\x1b[2Ja\u202e", ["@@ -1 +1 @@", "-a", "+<U+001B>[2Ja<U+202E>"], id="spelt out"),
        pytest.param("a\n@@", "b\n@@", ["@@ -1,2 +1,2 @@", "-a", "+b", " @@"], id="not a hunk"),
        pytest.param("a", "a ", ["@@ -1 +1 @@", "-a", "+a "], id="blank at the end"),
    ],
)
def test_a_diff_without_colour(old: str, new: str, lines: list[str]) -> None:
    assert diff_of(old, new, colour=False) == lines


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        pytest.param("a", "b", ["\x1b[31m-a\x1b[0m", "\x1b[32m+b\x1b[0m"], id="red and green"),
        pytest.param("a", "a ", ["\x1b[31m-a\x1b[0m", "\x1b[32m+a\x1b[0m\x1b[7;32m \x1b[0m"], id="blank at the end"),
        pytest.param(
            "a\t", "a", ["\x1b[31m-a\x1b[0m\x1b[7;31m<U+0009>\x1b[0m", "\x1b[32m+a\x1b[0m"], id="tab at the end"
        ),
        pytest.param("a\nb ", "c\nb ", ["\x1b[31m-a\x1b[0m", "\x1b[32m+c\x1b[0m", " b "], id="context is left alone"),
        pytest.param("", "\n", ["\x1b[32m+\x1b[0m", "\x1b[32m+\x1b[0m"], id="empty lines"),
    ],
)
def test_a_diff_in_colour(old: str, new: str, lines: list[str]) -> None:
    assert diff_of(old, new, colour=True)[1:] == lines


def test_one_edit_is_shown_with_its_reasons_and_its_diff() -> None:
    assert plans.edit(PLAN.edits[1], colour=False) == (
        "New page: User:TestBot/Event review/Learning Clinic\n"
        'Summary: "Event review: one account needs a look" (tagged event-safety)\n'
        "Task review, new page, 0 → 38 (+38) bytes\n"
        "Reason: One registrant stands on a public list.\n"
        "@@ -0,0 +1,2 @@\n"
        "+__NOINDEX__\n"
        "+{{Event safety flag|id=5}}\n"
    )
    assert "Task notices, revision 871," in plans.edit(PLAN.edits[0], colour=False)


def validate(name: str, document: str) -> None:
    rules = json.loads(resources.files("bot.render").joinpath(f"schema/{name}.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(document), rules, cls=jsonschema.Draft202012Validator)


def broken(key: str, value: object) -> Callable[[dict[str, object]], object]:
    return lambda row: row.update({key: value})


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(broken("guard", "nocreate"), id="a new page that may overwrite"),
        pytest.param(broken("old_digest", "0" * 40), id="a new page with an old text"),
        pytest.param(broken("base_revid", 7), id="an old page that must not exist"),
        pytest.param(broken("new_digest", "x"), id="no digest"),
        pytest.param(broken("title", ""), id="no title"),
        pytest.param(lambda row: row.pop("reasons"), id="a key is missing"),
    ],
)
def test_the_schema_of_a_plan_tells_wrong_from_right(spoil: Callable[[dict[str, object]], object]) -> None:
    document = json.loads(stored.to_json(PLAN))
    validate("plan", json.dumps(document))
    spoil(document["edits"][1])
    with pytest.raises(jsonschema.ValidationError):
        validate("plan", json.dumps(document))


def test_an_empty_plan_fits_its_schema() -> None:
    validate("plan", stored.to_json(EMPTY))
