import re

import pytest

from bot.duty import items
from bot.duty.items import ITEMS, Item, Told, how_to_declare
from bot.duty.readiness import JUDGES
from bot.parse import item_ids

each = pytest.mark.parametrize("item", [pytest.param(item, id=item.id) for item in ITEMS])


def test_rosters_and_readiness_know_the_same_items_in_the_same_order() -> None:
    assert tuple(item.id for item in ITEMS) == item_ids.ITEMS
    assert set(items.BY_ID) == set(item_ids.ITEMS)


@each
def test_every_text_is_whole_sentences(item: Item) -> None:
    for text in (item.title, item.advice):
        assert re.fullmatch(r"[A-Z].*\.", text)
        assert "\n" not in text
    assert len(item.title) <= 110


@each
def test_an_item_says_which_part_of_the_training_module_it_is_from(item: Item) -> None:
    assert item.source in {items.BEFORE, items.REVIEW, items.SELF_CARE}


@each
def test_what_facts_tell_has_a_judge_and_needs_no_declaration(item: Item) -> None:
    if item.told is Told.FACTS:
        assert item.id in JUDGES
        assert how_to_declare(item) == ""
    else:
        assert f'declare "{item.id}"' in how_to_declare(item)


def test_how_to_declare_names_the_table_and_the_states_of_a_roster() -> None:
    for key in ("[[declared]]", 'item = "quiet-room"', 'state = "done"', '"missing"', '"not applicable"', "text = "):
        assert key in items.DECLARE


def test_every_judge_is_of_an_item() -> None:
    assert set(JUDGES) <= set(items.BY_ID)


def test_small_and_online_events_have_fewer_items() -> None:
    assert {item.id for item in ITEMS if item.in_person_only} == {"visible", "venue-security", "quiet-room", "printed"}
    assert {item.id for item in ITEMS if item.for_larger} == {"visible", "venue-security", "quiet-room", "printed"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("responsible", "[[contact]]", id="roles"),
        pytest.param("chain", "order = 1", id="order"),
        pytest.param("training", "training = [", id="training"),
        pytest.param("information", "emergency_number", id="emergency number"),
        pytest.param("team-known", "{{Event safety contacts}}", id="contacts"),
        pytest.param("policies", "{{Event safety notice}}", id="notice"),
    ],
)
def test_advice_names_what_to_write(name: str, key: str) -> None:
    assert key in items.BY_ID[name].advice


def test_advice_about_refusals_leaves_bans_to_trust_and_safety() -> None:
    assert "Trust and Safety" in items.BY_ID["refusals"].advice
