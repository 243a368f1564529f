import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.plan.outcomes import MEANINGS, Again, End, Outcome, outcome
from bot.render import plans, runs
from tests.render.made_plans import EMPTY, ENDED, PLAN, ended, plan
from tests.render.test_plans import storable, validate
from tests.render.test_terminal import SGR


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
            ["1 of 4  saved before  Event:Learning Clinic (revision 901)"],
            id="saved before",
        ),
        pytest.param(
            ends_as(End.NO_CHANGE),
            ["1 of 4  no change  Event:Learning Clinic", "    The page was already as planned."],
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
    assert runs.outcome(1, 4, shown, 100, colour=False).splitlines() == lines


@pytest.mark.parametrize("end", End)
def test_colour_says_whether_it_is_done_and_whether_the_run_goes_on(end: End) -> None:
    shown = runs.outcome(1, 4, ends_as(end), 100, colour=True)
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
    found = heads(runs.summary(made, [ends_as(end)], 300, colour=False))
    place = "May be tried again with the same plan" if MEANINGS[end].again is not Again.NEVER else "Needs a new plan"
    if end is End.MERGED:
        assert list(found) == ["Look at these pages"]
    elif MEANINGS[end].done:
        assert found == {}
    else:
        assert next(iter(found)) == place
        assert (len(found) == 2) == (MEANINGS[end].again is not Again.NEVER)


def test_what_was_not_tried_is_named_with_the_command_that_goes_on() -> None:
    shown = runs.summary(PLAN, ENDED, 300, colour=False, file="plan.json")
    assert shown.startswith(
        '1 of 4 edits is done.\nThe run ended at "Event talk:Learning Clinic". Stopped: the page "User:TestBot/Run"'
    )
    assert "\n1  saved\n1  filtered\n1  stopped\n1  not tried\n" in shown
    assert [line for line in shown.splitlines() if line.startswith("  - Event:出典")] == ["  - Event:出典 Clinic"]
    assert shown.endswith(f"\neventsafety apply plan.json --digest {PLAN.digest}\n")


@pytest.mark.parametrize(
    ("ends", "asked", "heading"),
    [
        pytest.param([End.SAVED, End.STOPPED], True, "To go on with the same plan", id="quit, or Ctrl-C"),
        pytest.param([End.DECLINED, End.STOPPED], True, "To go on with the same plan", id="one declined, then quit"),
        pytest.param([End.SAVED, End.SAVED, End.SAVED, End.DECLINED], False, "To go on with the same plan", id="no"),
        pytest.param(
            [End.SAVED, End.STOPPED], False, "To go on with the same plan, once the cause is gone", id="the stop page"
        ),
        pytest.param(
            [End.PROTECTED, End.STOPPED], True, "To go on with the same plan, once the cause is gone", id="protected"
        ),
        pytest.param([End.BLOCKED], False, "To go on with the same plan, once the cause is gone", id="blocked"),
    ],
)
def test_a_cause_is_named_only_where_there_is_one(ends: list[End], asked: bool, heading: str) -> None:
    shown = runs.summary(PLAN, [ends_as(end, n) for n, end in enumerate(ends)], 200, colour=False, asked=asked)
    assert shown.splitlines()[-2] == heading


@pytest.mark.parametrize(
    ("total", "ends", "sentence"),
    [
        pytest.param(1, [End.CONFLICT], "The edit is not done.", id="none of one"),
        pytest.param(1, [], "The edit is not done.", id="one, not tried"),
        pytest.param(2, [End.CONFLICT], "0 of 2 edits are done.", id="none of two"),
        pytest.param(2, [End.SAVED], "1 of 2 edits is done.", id="one of two"),
        pytest.param(3, [End.SAVED, End.NO_CHANGE, End.BLOCKED], "2 of 3 edits are done.", id="two of three"),
    ],
)
def test_the_first_line_says_how_much_is_done(total: int, ends: list[End], sentence: str) -> None:
    made = replace(PLAN, edits=PLAN.edits[:total])
    shown = runs.summary(made, [ends_as(end, n) for n, end in enumerate(ends)], 80, colour=False)
    assert shown.splitlines()[0] == sentence


def test_before_the_first_edit_nothing_is_done_and_nothing_lost() -> None:
    shown = runs.summary(PLAN, [], 80, colour=False)
    assert shown.startswith("0 of 4 edits are done.\n4  not tried\n\nNot tried\n")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        pytest.param(0, plans.NOTED, id="none"),
        pytest.param(1, "The edit is done.", id="one"),
        pytest.param(3, "All 3 edits are done.", id="several"),
    ],
)
def test_when_all_is_done_no_command_is_left_to_give(number: int, sentence: str) -> None:
    made = replace(PLAN, edits=PLAN.edits[:number])
    shown = runs.summary(made, [outcome(edit, End.SAVED) for edit in made.edits], 80, colour=True)
    assert SGR.sub("", shown).splitlines()[0] == sentence
    assert shown.startswith("\x1b[32m")
    assert "eventsafety apply" not in shown


def test_a_merged_edit_is_done_and_not_green() -> None:
    made = replace(PLAN, edits=PLAN.edits[:1])
    shown = runs.summary(made, [ends_as(End.MERGED, revid=9)], 80, colour=True)
    assert shown.startswith("\x1b[1;33mThe edit is done.")


def test_outcomes_as_json() -> None:
    document = json.loads(runs.as_json(PLAN, ENDED))
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
    document = runs.as_json(PLAN, [ends_as(end), ends_as(end, 1)])
    validate("outcomes", document)
    assert json.loads(document)["saved"] == (2 if end in (End.SAVED, End.MERGED) else 0)


@settings(max_examples=40, deadline=None)
@given(storable)
def test_hostile_words_arrive_unchanged_in_json(text: str) -> None:
    made = plan(lambda _: text)
    document = json.loads(runs.as_json(made, ended(made, lambda _: text)))
    assert document["not_tried"] == [document["edits"][2]["title"]] == [text]
    assert document["edits"][2]["text"] == text


def test_the_run_of_an_empty_plan_fits_its_schema() -> None:
    validate("outcomes", runs.as_json(EMPTY, ()))
