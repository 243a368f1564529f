"""Which pages each task may write: a plan that names another one is refused as a whole, however it came to name it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot import onwiki, tasks
from bot.config import Limits, Settings
from bot.errors import BadInputError
from bot.parse.sites import META
from bot.plan import stored
from bot.plan.edits import Edit, Input, Plan
from tests.plan.invented import edit, plan

GERMAN = {2: ("Benutzer", "User"), 3: ("Benutzer Diskussion", "User talk"), 10: ("Vorlage", "Template")}
SITE = replace(META, namespaces={**META.namespaces, 1728: ("Event",), 1729: ("Event talk",)})
EVENT = "Event:Clinic"
LIMITS = Limits(edits=9, pages=9, talk_pages=9, new_pages=9, share_removed=1.0)
SETTINGS = Settings(limits=LIMITS, task_limits=dict.fromkeys(tasks.TASKS, LIMITS))

MAY = [
    pytest.param(tasks.REVIEW, "User:TestBot/Event review/Event:Clinic", id="a review page"),
    pytest.param(tasks.NOTICES, EVENT, id="the event's page"),
    pytest.param(tasks.NOTICES, "Event talk:Clinic", id="its talk page"),
    pytest.param(tasks.CONTACTS, EVENT, id="contacts on the page"),
    pytest.param(tasks.CHECKLIST, EVENT, id="the list on the page"),
    pytest.param(tasks.REGISTRANTS, "User talk:Ada", id="somebody's talk page"),
    pytest.param(tasks.REGISTRANTS, "User talk:A: B & C", id="a name with signs"),
    pytest.param(tasks.TEMPLATES, "Template:Event safety notice", id="a template"),
    pytest.param(tasks.TEMPLATES, "Template:Event safety/i18n/fr", id="its words"),
]
MAY_NOT = [
    pytest.param(tasks.REVIEW, "User:TestBot/Run", id="the stop page"),
    pytest.param(tasks.REVIEW, "User:TestBot/Event review/", id="a review of nothing"),
    pytest.param(tasks.REVIEW, "User:Admin/Event review/Event:Clinic", id="somebody else's review page"),
    pytest.param(tasks.REVIEW, EVENT, id="a review on the event's page"),
    pytest.param(tasks.NOTICES, "Event:Clinic 2", id="another event"),
    pytest.param(tasks.NOTICES, "Event:Clinic/es", id="a translation"),
    pytest.param(tasks.NOTICES, "Event talk:Clinic/Archive 1", id="an archive"),
    pytest.param(tasks.NOTICES, "User talk:Ada", id="a notice to somebody"),
    pytest.param(tasks.CONTACTS, "Event talk:Clinic", id="contacts on the talk page"),
    pytest.param(tasks.CHECKLIST, "Event talk:Clinic", id="the list on the talk page"),
    pytest.param(tasks.REGISTRANTS, "User:Ada", id="a user page"),
    pytest.param(tasks.REGISTRANTS, "User talk:Ada/Archive 1", id="a subpage"),
    pytest.param(tasks.REGISTRANTS, "User talk:Ada#Lunch", id="a part of a page"),
    pytest.param(tasks.REGISTRANTS, "User talk:", id="nobody"),
    pytest.param(tasks.REGISTRANTS, "User talk:ada", id="not as the wiki writes it"),
    pytest.param(tasks.REGISTRANTS, "User_talk:Ada", id="underlined"),
    pytest.param(tasks.REGISTRANTS, "w:de:User talk:Ada", id="another wiki"),
    pytest.param(tasks.REGISTRANTS, EVENT, id="a message on the event's page"),
    pytest.param(tasks.REGISTRANTS, "Ada", id="no namespace"),
    pytest.param(tasks.TEMPLATES, "Template:Bots", id="somebody else's template"),
    pytest.param(tasks.TEMPLATES, "MediaWiki:Common.js", id="the interface"),
    pytest.param(tasks.TEMPLATES, EVENT, id="a template on the event's page"),
]


def made(task: str, title: str, *inputs: Input) -> Plan:
    """Return a plan for one event with one edit."""
    known = inputs or (Input(tasks.EVENT_PAGE, EVENT, 871, "meta:meta"),)
    return plan(edit(task=task, title=title, namespace=tasks.namespace(title, SITE)), inputs=known)


def refusal(of: Plan) -> tuple[str, ...]:
    """Return why a plan is refused, nothing when it is not."""
    try:
        tasks.refuse_unsafe(of, SETTINGS, SITE)
    except BadInputError as error:
        return tuple(error.problems)
    return ()


@pytest.mark.parametrize(("task", "title"), MAY)
def test_what_a_task_may_write(task: str, title: str) -> None:
    assert refusal(made(task, title)) == ()


@pytest.mark.parametrize(("task", "title"), MAY_NOT)
def test_what_no_task_may_write_in_another_ones_name(task: str, title: str) -> None:
    assert refusal(made(task, title)) == (f'The task "{task}" may not write the page "{title}".',)


def test_every_task_has_its_pages_and_an_unknown_one_has_none() -> None:
    assert set(tasks.titles(SETTINGS, SITE, made(tasks.REVIEW, "X"))) == set(tasks.TASKS)
    assert refusal(made("other", EVENT)) == ('There is no task "other", so nothing can be written for it.',)


@pytest.mark.parametrize(
    "inputs",
    [
        pytest.param((Input("registration", "#12", None, "meta:meta"),), id="a plan for no event"),
        pytest.param((Input(tasks.EVENT_PAGE, EVENT, 871, "wikipedia:de"),), id="the page of another wiki"),
        pytest.param((Input("list", EVENT, 871, "meta:meta"),), id="a page that it was made from otherwise"),
    ],
)
def test_an_events_page_is_written_for_that_event_alone(inputs: tuple[Input, ...]) -> None:
    assert refusal(made(tasks.NOTICES, EVENT, *inputs)) != ()


@pytest.mark.parametrize("title", ["MediaWiki:Sitenotice", "Template:Main", "Module:Main", "File:Main.svg"])
def test_no_event_has_its_page_where_readers_of_other_pages_would_see_it(title: str) -> None:
    site = replace(SITE, namespaces={**SITE.namespaces, 6: ("File",), 8: ("MediaWiki",), 828: ("Module",)})
    of = plan(edit(task=tasks.NOTICES, title=title), inputs=(Input(tasks.EVENT_PAGE, title, 871, "meta:meta"),))
    with pytest.raises(BadInputError):
        tasks.refuse_unsafe(of, SETTINGS, site)


@pytest.mark.parametrize(("task", "title"), MAY_NOT)
def test_a_stored_plan_that_was_edited_by_hand_is_refused(task: str, title: str) -> None:
    own = {row.values[0]: str(row.values[1]) for row in MAY}[task]
    file = stored.to_json(made(task, own))
    assert stored.from_json(file.encode(), "plan.json") == made(task, own)
    by_hand: dict[str, Any] = json.loads(file)
    by_hand["edits"][0]["title"] = title
    with pytest.raises(BadInputError, match="was changed after the plan was made"):
        stored.from_json(json.dumps(by_hand).encode(), "plan.json")
    # Also by somebody who knows how to make a digest.
    forged = replace(made(task, own), edits=(replace(made(task, own).edits[0], title=title),))
    read = stored.from_json(stored.to_json(forged).encode(), "plan.json")
    assert f'The task "{task}" may not write the page "{title}".' in refusal(read)


def test_titles_of_a_wiki_in_another_language() -> None:
    site = replace(SITE, namespaces={**SITE.namespaces, **GERMAN})
    may = tasks.titles(SETTINGS, site, made(tasks.REVIEW, "X"))
    assert may[tasks.REGISTRANTS]("Benutzer Diskussion:Ada")
    assert not may[tasks.REGISTRANTS]("User talk:Ada")
    assert all(may[tasks.TEMPLATES](tasks.local(title, site)) for title in onwiki.templates())
    assert not may[tasks.TEMPLATES]("Template:Event safety notice")


@pytest.mark.parametrize(
    ("title", "number", "talk"),
    [
        pytest.param("Event:Clinic", 1728, "Event talk:Clinic", id="an event"),
        pytest.param("Event talk:Clinic", 1729, "Event talk:Clinic", id="a talk page"),
        pytest.param("Meetup/Oslo", 0, "Talk:Meetup/Oslo", id="no namespace"),
        pytest.param("Photo walk: Oslo", 0, "Talk:Photo walk: Oslo", id="a colon that is none"),
        pytest.param("User:Ada/Clinic", 2, "User talk:Ada/Clinic", id="below a user page"),
    ],
)
def test_the_namespace_and_talk_page_of_a_title(title: str, number: int, talk: str) -> None:
    site = replace(SITE, namespaces={**SITE.namespaces, 1: ("Talk",)})
    assert (tasks.namespace(title, site), tasks.talk_page(title, site)) == (number, talk)


def test_an_edit_is_of_its_own_task_alone() -> None:
    edits: tuple[Edit, ...] = (
        edit(task=tasks.NOTICES, title=EVENT),
        edit(task=tasks.REGISTRANTS, title="User talk:Ada", namespace=3),
        edit(task=tasks.NOTICES, title="User talk:Bea", namespace=3),
    )
    of = plan(*edits, inputs=(Input(tasks.EVENT_PAGE, EVENT, 871, "meta:meta"),))
    assert refusal(of) == ('The task "notices" may not write the page "User talk:Bea".',)
