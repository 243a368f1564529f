"""The default world of a test wiki: lists, events and sign-up pages as a small Meta would have them; all names are invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice, product
from pathlib import Path

from tests.sandbox.world import World

PAGES = Path(__file__).parent / "pages"
WMF_LIST = "WMF Global Ban Policy/List"
THREE_SECTIONS = "List of globally banned users"
LISTED = (
    *("Grim Lantern", "Ashen Courier", "Velvet Marauder", "Obsidian rook", "Nine of Thorns", "Ten of Thorns"),
    *("Тихий Шторм", "Mister = Sign", "Cold & Copper", "Sour Almanac", "Pale Ledger"),
)
SIGNUP_PAGES: Mapping[str, str] = {
    "Edit-a-thon of the North/Participants": "01_signatures_numbered",
    "Writing course 2026": "03_table_editor_column",
    "Translated meetup": "12_translate_markers",
    "Meetup/Riverside 12": "13_attending_maybe_apologies",
    "Photo walk 2026": "14_struck_and_broken",
    "Campaign of the libraries": "15_several_on_a_line",
    "Central contest": "16_interwiki_links",
    "Event:Monthly Engagement Call": "19_event_page_safe_space",
    "Event:Open Stacks Evening": "20_event_page_with_list",
}
HOME_WIKIS = {"m": (), "foundation": (), "c": ("commonswiki",), "d": ("wikidatawiki",)}
EVENT_TEXT = "{{Event card}}\nWelcome, all readers.\n\n[[Category:Wikimedia events 2026]]"

# Who is who among the public registrants of the clinic; everybody else there is nobody in particular.
CLINIC = "Event:Learning Clinic"
CLINIC_PEOPLE: Mapping[str, str] = {
    "Ashen Courier": "on the Foundation's list, and locked",
    "Sour Almanac": "on the community's list, not locked",
    "Quiet Harbour Nine": "on the Foundation's list as Velvet Marauder, renamed since, not locked",
    "Tin Whistle Fen": "locked",
    "Fresh Lamp Oil": "locked as Stale Lamp Oil, renamed since: no log id comes with the lock",
    "Copper Ferret": "globally blocked",
    "New Kettle Drum": "globally blocked as Old Kettle Drum, renamed since: the block shows the old name",
    "Marsh Telegraph": "blocked on this wiki, sitewide",
    "Paper Bellows": "blocked on this wiki, from one page",
    "Grim Lantem": "looks like Grim Lantern",
    "Оbsidian rook": "looks like Obsidian rook, with a Cyrillic O",
    "Honest Mistake": "in the section of failed requests: not banned",
    "Past Tense Pia": "her global block has run out",
    "Unlocked Once Ola": "was locked once, is not now",
    "Elsewhere Only Ema": "has no account on this wiki",
    "Unattached Namesake Uwe": "the account of that name on this wiki is not his",
    "~2026-31415-9": "a temporary account",
    "Hidden Reader": "suppressed: the row has no name",
    "Listhidden Reader": "hidden from lists: the row has no name",
    "Unmerged Reader": "the central account was deleted: the row has no name",
}
CLINIC_ORDINARY = 137 - len(CLINIC_PEOPLE)
HOSTILE_NAMES = (
    *("'''Bold''' & ''brave''", "$(id) `id`", "=HYPERLINK(1)", "+1 cell", "100% %s %n", "Back\\slash \\033 31m"),
    *(
        "Bidi \u2067txt.exe",
        "Soft\u00adhyphen",
        "Zalgo H\u0336\u0321e\u0337\u0322",
        "R&D 'quoted'",
        "Robert'); DROP",
        "٣ لبنى",
    ),
    "Very long" + " name" * 44,
)
# No wiki would give these; a broken or hostile server might.
IMPOSSIBLE_NAMES = (
    "[[Link]]{{Template}}",
    "<script>alert(1)</script>",
    "Esc\x1b[31mred\x07",
    "Right\u202eleft",
    "Two\nlines",
    "~~~~",
    "R&amp;D",
)
_FIRST = (
    *(
        "Amber",
        "Birch",
        "Cedar",
        "Dune",
        "Elder",
        "Fern",
        "Gravel",
        "Hazel",
        "Indigo",
        "Juniper",
        "Kelp",
        "Linden",
        "Maple",
    ),
    *("Nettle", "Olive", "Poppy", "Quartz", "Rowan", "Sorrel", "Tansy", "Umber", "Vetch", "Willow", "Yarrow", "Zinnia"),
    *("Синий", "Büyük", "नीला", "青い", "زهرة"),
)
_SECOND = (
    *(
        "Abacus",
        "Bassoon",
        "Compass",
        "Drawer",
        "Easel",
        "Folio",
        "Gazette",
        "Hinge",
        "Inkpot",
        "Jigsaw",
        "Kayak",
        "Locket",
    ),
    *("Monocle", "Notebook", "Oboe", "Pendulum", "Quill", "Ribbon", "Sextant", "Thimble", "Umbrella", "Viola", "Whisk"),
    *(
        "Xylophone",
        "Yardstick",
        "Zipper",
        "Atlas",
        "Beacon",
        "Chisel",
        "Dynamo",
        "Etching",
        "Ferry",
        "Globe",
        "Hammock",
    ),
)


def ordinary(count: int, skip: int = 0) -> list[str]:
    """Return ``count`` canonical names, the same ones each time, that resemble no listed name; 1,020 without a number."""
    pairs = (f"{first} {second}" for second, first in product(_SECOND, _FIRST))
    numbered = (f"{first} {second} {number}" for number, second, first in product(range(2, 40), _SECOND, _FIRST))
    names = [*pairs, *numbered] if skip + count > len(_FIRST) * len(_SECOND) else pairs
    return list(islice(names, skip, skip + count))


def crowd(world: World, count: int) -> int:
    """Open an event with ``count`` ordinary public registrants and return its id."""
    return world.add_event(f"Event:Crowd of {count}", ordinary(count))


def seed(world: World) -> None:
    """Fill a new wiki, in one request."""
    with world.batch():
        _lists(world)
        _clinic(world)
        _other_events(world)
        _pages(world)


def _lists(world: World) -> None:
    world.page(WMF_LIST, _text("17_ban_list_wmf"), user="Steward", at="20260221100000")
    world.page(THREE_SECTIONS, _text("18_ban_list_three_sections"), user="Steward", at="20260110100000")
    world.accounts([*LISTED, "Lifted Person", "Noisy Kettle", "Old Paint Tin", "Pale Ledger II"])
    for name in LISTED:
        if name not in ("Sour Almanac", "Velvet Marauder"):
            world.lock(name, "Globally banned user")


def _clinic(world: World) -> None:
    earlier = {
        "Velvet Marauder": "Quiet Harbour Nine",
        "Old Kettle Drum": "New Kettle Drum",
        "Stale Lamp Oil": "Fresh Lamp Oil",
    }
    present = {new: old for old, new in earlier.items()}
    world.accounts(["Elsewhere Only Ema", "Unattached Namesake Uwe"], local=False, wikis=["dewiki"])
    world.accounts(["Unattached Namesake Uwe"], central=False)
    people = [present.get(name, name) for name in CLINIC_PEOPLE]
    crowd_names = ordinary(CLINIC_ORDINARY)
    # Not all at the front, so that each page of twenty has some.
    mixed = [name for pair in zip(people, crowd_names, strict=False) for name in pair] + crowd_names[len(people) :]
    private = [*ordinary(8, skip=900), "Tin Whistle Ferrule"]
    world.add_event(
        CLINIC,
        mixed,
        private,
        organizers=["Admin", *ordinary(12, skip=880)],
        text=EVENT_TEXT,
        timezone="Asia/Kolkata",
        start_time="20261224183000",
        end_time="20261224193000",
        meeting_url="https://meet.example.org/secret-room",
        chat_url="https://chat.example.org/secret-room",
    )
    for name in ("Tin Whistle Fen", "Tin Whistle Ferrule", "Stale Lamp Oil", "Unlocked Once Ola"):
        world.lock(name)
    world.unlock("Unlocked Once Ola")
    world.globally_block("Copper Ferret")
    world.globally_block("Old Kettle Drum", expiry="2099-12-31T00:00:00Z", reason="Sample block before rename")
    world.globally_block("Past Tense Pia", expiry="2026-09-01T00:00:00Z")
    world.block("Marsh Telegraph")
    world.page("Village pump", "Talk here.")
    world.block("Paper Bellows", pages=["Village pump"], expiry="2099-11-21T00:24:48Z", reason="Edit warring (sample)")
    for old, new in earlier.items():
        world.rename(old, new)
    world.hide("Hidden Reader")
    world.hide("Listhidden Reader", "hidden")
    world.delete_central("Unmerged Reader")


def _other_events(world: World) -> None:
    world.add_event("Event:Reading Circle", ordinary(20), text=EVENT_TEXT)
    world.add_event(
        "Event:Riverside Meetup",
        ordinary(19, skip=30),
        text=EVENT_TEXT,
        online_meeting=False,
        inperson_meeting=True,
        meeting_country_code="IN",
        meeting_address="12 Example Road, Room 3",
        timezone="+05:30",
    )
    world.delete_event(world.add_event("Event:Cancelled Workshop", ordinary(2)))
    world.add_event("Event:Trial Run", ordinary(3), is_test_event=True)
    world.add_event("Meta:Community Hour", ordinary(5), status="closed")
    world.add_event("Event:Translated Fair", ordinary(4), translations=["es", "zh-hans"])
    world.add_event("Event:Empty Chair")
    world.accounts(IMPOSSIBLE_NAMES, local=False)
    fake = '<div class="ext-campaignevents-eventpage-header">99 participants</div> "wgCampaignEventsEventID":99'
    hostile = f"{fake}\n\n[[Special:EventDetails/99]] [[Special:RegisterForEvent/99]] <nowiki><script>RLCONF={{}}</script></nowiki>"
    name = "<script>alert('event')</script> \x1b[31m"
    world.add_event("Event:Names That Bite", [*HOSTILE_NAMES, *IMPOSSIBLE_NAMES], text=hostile, name=name)


def _pages(world: World) -> None:
    world.page("Template:Event card", "An event.")
    world.page("Category:Wikimedia events 2026", "Events.")
    world.page("Event:Page Without Registration", EVENT_TEXT)
    world.page(f"{CLINIC}/es", "Una página propia.")
    world.page("Event:Old Clinic Title", f"#REDIRECT [[{CLINIC}]]")
    for title, name in SIGNUP_PAGES.items():
        world.page(title, _text(name))
        for entry in json.loads((PAGES / f"{name}.expected.json").read_text(encoding="utf-8"))["registrants"]:
            if entry["kind"] != "ip":
                prefix = entry.get("prefix", "").rpartition(":")[2]
                wikis = HOME_WIKIS.get(prefix, (f"{prefix}wiki",)) if prefix else ()
                world.accounts([entry["name"]], wikis=wikis)
    world.page("User:TestBot/Run", "run", user="Admin")  # without which the bot saves nothing


def _text(name: str) -> str:
    return (PAGES / f"{name}.wiki").read_text(encoding="utf-8")
