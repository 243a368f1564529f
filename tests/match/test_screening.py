"""Two lists of names, and what a new entry would newly hit."""

from __future__ import annotations

from bot.config import MatchRules
from bot.match.screening import canonical, newly_hit, screen
from bot.model import BanEntry, Tier

RULES = MatchRules()


def entries(*names: str) -> list[BanEntry]:
    return [BanEntry(name, line, "", "", source="list.txt") for line, name in enumerate(names, 1)]


def test_the_same_canonical_name_is_identical_however_written() -> None:
    found = screen(["greybeard", "Grey\u200ebeard", "User:Greybeard"], entries("Greybeard"), RULES).matches
    assert [(m.name, m.tier) for m in found] == [
        ("greybeard", Tier.IDENTICAL),
        ("Grey\u200ebeard", Tier.IDENTICAL),
        ("User:Greybeard", Tier.IDENTICAL),
    ]
    assert found[0].text == "“greybeard” is the listed name “Greybeard” as MediaWiki writes it."


def test_matches_come_in_the_order_of_the_names() -> None:
    found = screen(["Юлия", "Nobody", "Greybeard"], entries("Greybeard", "Yulia"), RULES)
    assert [(m.name, m.entry.name, m.entry.line) for m in found.matches] == [
        ("Юлия", "Yulia", 2),
        ("Greybeard", "Greybeard", 1),
    ]


def test_mixed_scripts_need_no_listed_twin() -> None:
    found = screen(["Grеybeard", "Plain"], (), RULES)
    assert found.matches == ()
    assert [(name, word.word) for name, word in found.mixed] == [("Grеybeard", "Grеybeard")]


def test_names_that_no_account_can_have_are_compared_as_they_are() -> None:
    assert canonical("a|b") == "a|b"
    assert [m.tier for m in screen(["P|rate"], entries("Pirate"), RULES).matches] == [Tier.CONFUSABLE]


def test_only_what_is_new_is_told() -> None:
    names = ["Greybaerd", "Gr3ybeard", "Bluebeard"]
    hit = newly_hit(entries("Greybeard"), names, entries("Greybaerd", "GR3YBEARD"), RULES)
    assert hit == ()
    hit = newly_hit(entries("Greybeard"), names, entries("Bluebeard"), RULES)
    assert [(m.name, m.tier) for m in hit] == [("Greybaerd", Tier.NEAR), ("Gr3ybeard", Tier.CONFUSABLE)]
    assert newly_hit(entries("Greybeard"), names, (), RULES) == hit
