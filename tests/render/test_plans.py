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
from bot.plan.outcomes import MEANINGS, Again, End, Outcome, outcome
from bot.render import plans
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
            plans.diff(made, colour=colour),
            *(plans.edit(one, colour=colour) for one in made.edits),
            *(plans.outcome(number, 4, one, width, colour=colour) for number, one in enumerate(ends, 1)),
            plans.outcomes(made, ends, width, colour=colour, file=text),
            plans.outcomes_json(made, ends),
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
        plans.outcome(1, 4, ends[2], 200, colour=False),
        plans.outcomes(made, ends, 200, colour=False),
    ):
        assert text in shown


@settings(max_examples=40, deadline=None)
@given(storable, st.sampled_from([20, 41, 80]))
def test_nothing_but_the_command_is_wider_than_the_terminal(text: str, width: int) -> None:
    made = plan(lambda _: text)
    shown = plans.plan(made, width, colour=False, file="plan.json").splitlines()
    assert shown[-1] == f"eventsafety apply plan.json --digest {made.digest}"
    assert max(cell_len(line) for line in shown[:-1]) <= width
    assert max(cell_len(line) for line in plans.outcome(1, 4, ENDED[1], width, colour=False).splitlines()) <= width


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
    ("number", "row"),
    [
        pytest.param(1, "Event:Learning Clinic notices revision 871 97 → 132 (+35)", id="longer"),
        pytest.param(2, "User:TestBot/Event review/Learning Clinic review new page 0 → 38 (+38)", id="new"),
        pytest.param(4, "Event:出典 Clinic contacts revision 880 97 → 96 (-1)", id="shorter"),
    ],
)
def test_each_edit_is_a_row(number: int, row: str) -> None:
    rows = [line.split() for line in plans.plan(PLAN, 200, colour=False).splitlines()]
    assert [str(number), *row.split()] in rows


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
        "Nothing is to be written: the wiki is as it should be.\n\n"
        'Seen and left alone\n  - "Event:Old Clinic" is over, so it was left alone.\n'
    )
    assert plans.plan(replace(EMPTY, notes=()), 80, colour=False) == f"{plans.NOTHING}\n"
    assert plans.diff(EMPTY, colour=False) == ""


def diff_of(old: str, new: str, *, colour: bool) -> list[str]:
    made = replace(PLAN, edits=(Edit("A", 0, "notices", 7, old, new, "Summary"),))
    return plans.diff(made, colour=colour).split("\n")[1:-1]


def test_equal_diffs_stand_once_under_all_their_titles() -> None:
    parts = plans.diff(PLAN, colour=False).split("\n\n")
    assert [part.split("\n@@")[0].split("\n") for part in parts] == [
        ["Page: Event:Learning Clinic", "Page: Event talk:Learning Clinic"],
        ["New page: User:TestBot/Event review/Learning Clinic"],
        ["Page: Event:出典 Clinic"],
    ]
    assert "\n+{{Event conduct notice|version=3}}\n <languages/>\n" in parts[0]


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
        "Task review, new page, 0 → 38 (+38) bytes\n"
        'Summary: "Event review: one account needs a look" (tagged event-safety)\n'
        "Reason: One registrant stands on a public list.\n"
        "@@ -0,0 +1,2 @@\n"
        "+__NOINDEX__\n"
        "+{{Event safety flag|id=5}}\n"
    )
    assert "Task notices, revision 871," in plans.edit(PLAN.edits[0], colour=False)


def ends_as(end: End, number: int = 0, **more: object) -> Outcome:
    return outcome(PLAN.edits[number], end, **more)


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        pytest.param(
            ends_as(End.SAVED, revid=901), ["1 of 4  saved  Event:Learning Clinic (revision 901)"], id="saved"
        ),
        pytest.param(
            ends_as(End.SAVED_BEFORE, revid=901),
            ["1 of 4  saved before  Event:Learning Clinic (revision 901)", "    It is saved already."],
            id="not plainly saved",
        ),
        pytest.param(
            ends_as(End.BLOCKED_HERE, code="blocked"),
            [
                "1 of 4  blocked from this page  Event:Learning Clinic",
                "    The bot's account is blocked from this page.",
            ],
            id="a code that the sentence says already",
        ),
        pytest.param(
            ends_as(End.TITLE_LIST, code="titleblacklist-forbidden"),
            [
                "1 of 4  title list  Event:Learning Clinic",
                "    The wiki's title list does not allow a page of this name. (titleblacklist-forbidden)",
            ],
            id="a code that it does not say",
        ),
    ],
)
def test_how_an_edit_ended(shown: Outcome, lines: list[str]) -> None:
    assert plans.outcome(1, 4, shown, 100, colour=False).splitlines() == lines


@pytest.mark.parametrize("end", End)
def test_colour_says_whether_it_is_done_and_whether_the_run_goes_on(end: End) -> None:
    shown = plans.outcome(1, 4, ends_as(end), 100, colour=True)
    meaning = MEANINGS[end]
    green = meaning.done and end is not End.MERGED
    colour = "32" if green else "1;33" if meaning.done or meaning.goes_on else "1;31"
    assert f"\x1b[{colour}m{end.value}\x1b[0m" in shown


def heads(shown: str) -> dict[str, list[str]]:
    """Return the titles of pages below each heading of a summary."""
    parts = [part.splitlines() for part in shown.split("\n\n")[1:]]
    return {
        part[0]: [line.strip(" -").split(": ")[0] for line in part[1:] if line.startswith("  - ")] for part in parts
    }


@pytest.mark.parametrize("end", End)
def test_every_end_that_is_not_done_stands_where_it_is_told_what_to_do(end: End) -> None:
    made = replace(PLAN, edits=PLAN.edits[:1])
    found = heads(plans.outcomes(made, [ends_as(end)], 300, colour=False))
    place = "May be tried again with the same plan" if MEANINGS[end].again is not Again.NEVER else "Needs a new plan"
    if end is End.MERGED:
        assert list(found) == ["Look at these pages"]
    elif MEANINGS[end].done:
        assert found == {}
    else:
        assert next(iter(found)) == place
        assert (len(found) == 2) == (MEANINGS[end].again is not Again.NEVER)


def test_what_was_not_tried_is_named_with_the_command_that_goes_on() -> None:
    shown = plans.outcomes(PLAN, ENDED, 300, colour=False, file="plan.json")
    assert shown.startswith(
        '1 of 4 edits is done.\nThe run ended after "Event talk:Learning Clinic". Stopped: the page "User:TestBot/Run"'
    )
    assert "\n1  saved\n1  filtered\n1  stopped\n1  not tried\n" in shown
    assert [line for line in shown.splitlines() if line.startswith("  - Event:出典")] == ["  - Event:出典 Clinic"]
    assert shown.endswith(f"\neventsafety apply plan.json --digest {PLAN.digest}\n")


def test_before_the_first_edit_nothing_is_done_and_nothing_lost() -> None:
    shown = plans.outcomes(PLAN, [], 80, colour=False)
    assert shown.startswith("0 of 4 edits are done.\n4  not tried\n\nNot tried\n")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        pytest.param(0, plans.NOTHING, id="none"),
        pytest.param(1, "The edit is done.", id="one"),
        pytest.param(3, "All 3 edits are done.", id="several"),
    ],
)
def test_when_all_is_done_no_command_is_left_to_give(number: int, sentence: str) -> None:
    made = replace(PLAN, edits=PLAN.edits[:number])
    shown = plans.outcomes(made, [outcome(edit, End.SAVED) for edit in made.edits], 80, colour=True)
    assert SGR.sub("", shown).splitlines()[0] == sentence
    assert shown.startswith("\x1b[32m")
    assert "eventsafety apply" not in shown


def test_a_merged_edit_is_done_and_not_green() -> None:
    made = replace(PLAN, edits=PLAN.edits[:1])
    shown = plans.outcomes(made, [ends_as(End.MERGED, revid=9)], 80, colour=True)
    assert shown.startswith("\x1b[1;33mThe edit is done.")


def validate(name: str, document: str) -> None:
    rules = json.loads(resources.files("bot.render").joinpath(f"schema/{name}.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(document), rules, cls=jsonschema.Draft202012Validator)


def test_outcomes_as_json() -> None:
    document = json.loads(plans.outcomes_json(PLAN, ENDED))
    assert (document["schema"], document["plan"], document["saved"]) == ("eventsafety/outcomes@1", PLAN.digest, 1)
    assert document["not_tried"] == ["Event:出典 Clinic"]
    assert document["edits"][1] == {
        "title": "User:TestBot/Event review/Learning Clinic",
        "end": "filtered",
        "done": False,
        "again": "never",
        "goes_on": True,
        "revid": None,
        "code": "abusefilter-disallowed",
        "filter_id": "17",
        "text": "An abuse filter does not allow this edit: ask those who keep it.",
    }


@pytest.mark.parametrize("end", End)
def test_every_end_fits_the_schema_and_only_what_this_run_saved_is_counted(end: End) -> None:
    document = plans.outcomes_json(PLAN, [ends_as(end), ends_as(end, 1)])
    validate("outcomes", document)
    assert json.loads(document)["saved"] == (2 if end in (End.SAVED, End.MERGED) else 0)


@settings(max_examples=40, deadline=None)
@given(storable)
def test_hostile_words_arrive_unchanged_in_json(text: str) -> None:
    made = plan(lambda _: text)
    document = json.loads(plans.outcomes_json(made, ended(made, lambda _: text)))
    assert document["not_tried"] == [document["edits"][2]["title"]] == [text]
    assert document["edits"][2]["text"] == text


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
    validate("outcomes", plans.outcomes_json(EMPTY, ()))
