"""Whether an entry that is for one event is for this one: what its words do not tell counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private.force import OTHER_EVENT, OTHER_NAME, in_force
from bot.private.model import BanList, Entry, Occasion, Scope
from bot.private.same_event import Same, same

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def outcome(listed: str, title: str, number: int | None = None) -> str:
    """Say whether the entry counts, and whether that is told as uncertain; if not, whether only its name says so."""
    occasion = Occasion(title, number, end=datetime(2026, 12, 1, tzinfo=UTC), in_person=True)
    banlist = BanList((Entry(2, user="A", scope=Scope.ALL), Entry(3, user="B", scope=Scope.EVENT, event=listed)))
    found = in_force(banlist, occasion, now=NOW)
    is_told = any(note.startswith("Row 3 ") for note in found.notes)
    if found.left_out:
        assert is_told
        return {OTHER_EVENT: "no", OTHER_NAME: "named otherwise"}[next(iter(found.left_out))]
    return "perhaps" if is_told else "yes"


@pytest.mark.parametrize(
    ("listed", "title", "number", "expected"),
    [
        pytest.param("", "Event:Riverside Meetup", 12, "yes", id="for one event, and not which"),
        pytest.param("Event:Riverside Meetup", "Event:Riverside Meetup", 12, "yes", id="its title"),
        pytest.param("event:riverside_meetup", "Event:Riverside Meetup", None, "yes", id="its title as typed"),
        pytest.param("Riverside Meetup", "Event:Riverside Meetup", 12, "yes", id="without the namespace"),
        pytest.param("Event:Riverside Meetup", "Riverside Meetup", None, "yes", id="told without the namespace"),
        pytest.param("Veranstaltung:Riverside Meetup", "Event:Riverside Meetup", 12, "yes", id="in another language"),
        pytest.param("Event:Riverside Meetup/de", "Event:Riverside Meetup", 12, "yes", id="its translation"),
        pytest.param("RIVERSIDE  MEETUP!", "Event:Riverside Meetup", 12, "yes", id="in capitals"),
        pytest.param(
            "https://meta.wikimedia.org/wiki/Event:Riverside_Meetup", "Event:Riverside Meetup", 12, "yes", id="address"
        ),
        pytest.param("[[Event:Riverside Meetup]]", "Event:Riverside Meetup", 12, "yes", id="link"),
        pytest.param("#12", "Event:Riverside Meetup", 12, "yes", id="its number"),
        pytest.param(" 12 ", "Event:Riverside Meetup", 12, "yes", id="its number without a sign"),
        pytest.param("Special:EventDetails/12", "Event:Riverside Meetup", 12, "yes", id="its special page"),
        pytest.param("#13", "Event:Riverside Meetup", 12, "no", id="another number"),
        pytest.param("Special:EventDetails/13", "Event:Riverside Meetup", 12, "no", id="another special page"),
        pytest.param("#13", "Riverside Meetup", None, "perhaps", id="a number, and ours is not known"),
        pytest.param("2026", "Event:Riverside Meetup 2026", 12, "perhaps", id="the year of it"),
        pytest.param("2025", "Event:Riverside Meetup 2026", 12, "named otherwise", id="another year"),
        pytest.param("Riverside", "Event:Riverside Meetup", 12, "perhaps", id="a part of its title"),
        pytest.param("Riverside Meetup Berlin", "Event:Riverside Meetup", 12, "perhaps", id="more than its title"),
        pytest.param("Riverside Meetup 2026", "Event:Riverside Meetup", 12, "perhaps", id="with a year"),
        pytest.param("Riverside Meetup 2025", "Event:Riverside Meetup 2026", 12, "no", id="another edition"),
        pytest.param("WikiConf North", "Event:WikiConference 2026", 12, "perhaps", id="short for a longer word"),
        pytest.param("Hill Camp", "Event:Riverside Meetup", 12, "named otherwise", id="another event"),
        pytest.param(
            "Wikimedia Meetup Hills", "Event:Wikimedia Meetup Lakes", 12, "named otherwise", id="only general words"
        ),
        pytest.param("Wikimedia Meetup", "Event:Wikimedia Meetup Lakes", 12, "perhaps", id="nothing but general words"),
        pytest.param("Викимарафон Самара", "Event:Викимарафон Самара 2026", 12, "perhaps", id="Cyrillic"),
        pytest.param(
            "https://example.org/hill-camp", "Event:Riverside Meetup", 12, "named otherwise", id="an address elsewhere"
        ),
        pytest.param("|||", "Event:Riverside Meetup", 12, "perhaps", id="no words at all"),
        pytest.param("Hill Camp", "", None, "perhaps", id="our own event has no title"),
    ],
)
def test_named_events(listed: str, title: str, number: int | None, expected: str) -> None:
    assert outcome(listed, title, number) == expected


def test_a_row_for_several_events_is_not_said_to_be_left_out() -> None:
    occasion = Occasion("Event:Riverside Meetup", end=datetime(2026, 12, 1, tzinfo=UTC), in_person=True)
    entries = [Entry(2, user="A", scope=Scope.EVENT, event=event) for event in ("Hill Camp", "Riverside Meetup")]
    found = in_force(BanList((*entries, Entry(3, user="B", scope=Scope.EVENT, event="Lake Camp"))), occasion, now=NOW)
    assert [entry.event for entry in found.entries] == ["Riverside Meetup"]
    assert dict(found.left_out) == {OTHER_EVENT: 1, OTHER_NAME: 1}
    assert [note.partition(" of ")[0] for note in found.notes] == ["Row 3"]


def test_an_event_that_an_entry_names_beside_another_scope_says_nothing() -> None:
    occasion = Occasion("Event:Riverside Meetup", end=datetime(2026, 12, 1, tzinfo=UTC), in_person=True)
    banlist = BanList((Entry(2, user="A", scope=Scope.IN_PERSON, event="Hill Camp"),))
    assert len(in_force(banlist, occasion, now=NOW).entries) == 1


NOT_LEFT_OUT = [
    pytest.param("Викимания 2026", "Wikimania 2026", id="in another script"),
    pytest.param("ウィキマニア 2026", "Wikimania 2026", id="in Katakana"),
    pytest.param("Βικιμανία", "Wikimania 2026", id="in Greek"),
    pytest.param("WM2026", "Wikimania 2026", id="two letters and the year"),
    pytest.param("WMCON 2026", "Wikimedia Conference 2026", id="an abbreviation"),
    pytest.param("wmcon 2026", "Wikimedia Conference 2026", id="an abbreviation in small letters"),
    pytest.param("GLAMwiki26", "GLAM Wiki 2026", id="a short year, and no blank"),
    pytest.param("Glam-Wiki Lisbon Days", "GLAMwiki 2026", id="an abbreviation in our title"),
    pytest.param("2026 Riversde Gathering", "Riverside Meetup 2026", id="a letter missing"),
    pytest.param("北京聚会 2026", "上海聚会 2026", id="words that are not parted"),
    pytest.param("All Wikimedia events in Europe", "Riverside Meetup 2026", id="all, in some part of the world"),
    pytest.param("Any WMF-funded event", "Riverside Meetup 2026", id="any of a kind"),
    pytest.param("Everything until further notice", "Riverside Meetup 2026", id="everything"),
    pytest.param("all Wikimania events", "Riverside Meetup 2026", id="all of a series"),
    pytest.param("Alle Treffen im Rheinland", "Riverside Meetup 2026", id="all, in German"),
    pytest.param("すべてのイベント", "Riverside Meetup 2026", id="all, in Japanese"),
    pytest.param("Various", "Riverside Meetup 2026", id="various"),
    pytest.param("several national conferences", "Riverside Meetup 2026", id="several"),
    pytest.param("Europe", "Riverside Meetup 2026", id="one word"),
    pytest.param("see e-mail", "Riverside Meetup 2026", id="a remark"),
    pytest.param("yes", "Riverside Meetup 2026", id="yes"),
    pytest.param("x", "Riverside Meetup 2026", id="a cross"),
    pytest.param("Foundation-funded events", "Riverside Meetup 2026", id="hardly a telling word"),
    pytest.param("Hill Camp and all others", "Riverside Meetup 2026", id="one, and all others"),
    pytest.param("everything but Hill Camp", "Riverside Meetup 2026", id="all but one"),
    pytest.param("anything except Hill Camp", "Riverside Meetup 2026", id="except one"),
    pytest.param("Riverside Meetups 2025-2027", "Riverside Meetup 2026", id="a range of years"),
    pytest.param("Riverside Meetup 2025–2027", "Riverside Meetup 2026", id="a range with an en dash"),
    pytest.param("Riverside Meetup 2025/26", "Riverside Meetup 2026", id="a season"),
    pytest.param("Riverside Meetup 2025 & 26", "Riverside Meetup 2026", id="two years, one short"),
    pytest.param("Riverside Meetup 2025, 2027", "Riverside Meetup 2026", id="a year before and a year after"),
    pytest.param("Wikimania since 2024", "Wikimania 2026", id="since"),
    pytest.param("Wikimania 2025 onwards", "Wikimania 2026", id="onwards"),
    pytest.param("Wikimania from 2024", "Wikimania 2026", id="from"),
    pytest.param("Wikimania ab 2024", "Wikimania 2026", id="from, in German"),
    pytest.param("Wikimania seit 2024", "Wikimania 2026", id="since, in German"),
    pytest.param("Wikimania desde 2024", "Wikimania 2026", id="since, in Spanish"),
    pytest.param("Wikimania à partir de 2024", "Wikimania 2026", id="from, in French"),
    pytest.param("Wikimania dal 2024 in poi", "Wikimania 2026", id="from, in Italian"),
    pytest.param("Wikimania vanaf 2024", "Wikimania 2026", id="from, in Dutch"),
    pytest.param("Wikimania 2024以降", "Wikimania 2026", id="from, in Japanese"),
    pytest.param("Wikimania 2024年起", "Wikimania 2026", id="from, in Chinese"),
    pytest.param("Wikimania 2024부터", "Wikimania 2026", id="from, in Korean"),
    pytest.param("Wikimania с 2024", "Wikimania 2026", id="from, in Russian"),
    pytest.param("Wikimania 2024'ten itibaren", "Wikimania 2026", id="from, in Turkish"),
    pytest.param("Wikimania 2024+", "Wikimania 2026", id="plus"),
    pytest.param("Wikimania >2024", "Wikimania 2026", id="after, as a sign"),
    pytest.param("Wikimania 2024 –", "Wikimania 2026", id="a dash without an end"),
    pytest.param("Wikimania (2024-)", "Wikimania 2026", id="a dash without an end in brackets"),
    pytest.param("Wikimania 2024→", "Wikimania 2026", id="an arrow"),
    pytest.param("Wikimania 2020s", "Wikimania 2026", id="a decade"),
    pytest.param("Wikimania 2025?", "Wikimania 2026", id="a doubt"),
    pytest.param("Registration 12 (Hill Camp)", "Riverside Meetup 2026", id="our number among other words"),
    pytest.param("Hill Camp", "Meetup", id="our own name says nothing"),
    pytest.param("x" * 400, "Riverside Meetup 2026", id="a whole story"),
]


@pytest.mark.parametrize(("listed", "title"), NOT_LEFT_OUT)
def test_what_the_words_do_not_tell_counts(listed: str, title: str) -> None:
    assert outcome(listed, title, 12) == "perhaps"


@pytest.mark.parametrize(
    ("listed", "title", "expected"),
    [
        pytest.param("Treffen am Fluss", "Riverside Meetup 2026", "named otherwise", id="perhaps its translation"),
        pytest.param("Wikimania Nairobi 2024", "Wikimania 2026", "named otherwise", id="another year, and more words"),
        pytest.param("Riverside Meetup (banned 2025)", "Riverside Meetup 2026", "named otherwise", id="another's year"),
        pytest.param(
            "Riverside Meetup 2023, 2024", "Riverside Meetup 2026", "named otherwise", id="years that are past"
        ),
        pytest.param("Hill Camp 2026", "Wikimania 2026", "named otherwise", id="our own title is one word"),
        pytest.param("13", "Riverside Meetup 2026", "named otherwise", id="a bare number may be anything"),
        pytest.param("Riverside Meetup, 2025", "Event:Riverside Meetup 2026", "no", id="surely another edition"),
        pytest.param("2027 Riverside Meetup", "Riverside Meetup 2026", "no", id="a later edition"),
        pytest.param("Event:Riverside Meetup 2025/de", "Event:Riverside Meetup 2026", "no", id="its translation"),
    ],
)
def test_what_is_left_out_only_for_its_name_is_told_apart(listed: str, title: str, expected: str) -> None:
    assert outcome(listed, title, 12) == expected


def test_an_event_over_new_year_is_of_both_years() -> None:
    occasion = Occasion(
        "Winter Camp 2025", None, datetime(2025, 12, 30, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), in_person=True
    )
    banlist = BanList((Entry(2, user="A", scope=Scope.EVENT, event="Winter Camp 2026"),))
    assert len(in_force(banlist, occasion, now=NOW).entries) == 1


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_but_a_year_makes_a_name_surely_another_event(listed: str, title: str) -> None:
    entry = Entry(2, user="A", scope=Scope.EVENT, event=listed)
    found = same(entry, Occasion(title, 12))
    is_number = "#" in listed or "/" in listed or ":" in listed
    assert found is not Same.NO or is_number or re.search(r"(?:19|20)\d\d", listed)
    assert same(Entry(2, user="A", scope=Scope.EVENT, event=title), Occasion(title, 12)) in (Same.YES, Same.PERHAPS)
