"""Talk pages, the accounts of a team and what was delivered, on a real MediaWiki: what is read, and what that costs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.config import Network, Settings
from bot.errors import LoginError
from bot.model import Origin, Registrant, SiteInfo
from bot.plan import registrants
from bot.plan.registrants import Deliveries, Message
from bot.plan.skips import Skip
from bot.read import accounts, campaignevents, delivered, members, messages, talkpages
from bot.read import wiki as reader
from bot.read.session import Session
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import ordinary
from tests.sandbox.world import World
from tests.wiki.client import Client

Open = Callable[..., Session]
KEY = "event-safety:12:1)"


@pytest.fixture
def open_session(pywikibot: Any, wiki: Sandbox, world: World) -> Open:
    """Open the test wiki as TestBot, or as nobody."""

    def open_(*, bot: bool = True) -> Session:
        base = wiki.folder / "pywikibot"
        pywikibot.config.family_files["trial"] = str(base / "families" / "trial_family.py")
        pywikibot.family.Family._families.pop("trial", None)
        sys.modules.pop("trial_family", None)  # another test may have had a wiki on another port
        if bot:
            pywikibot.config.usernames["trial"]["trial"] = "TestBot"
            pywikibot.config.password_file = str(base / "user-password.py")
        network = Network(read_timeout=5.0, retry_wait=0.0, between_reads=0.0)
        return Session.open(Settings(site="trial:trial", network=network), wait=lambda _seconds: None)

    return open_


@pytest.fixture
def session(open_session: Open) -> Session:
    """The test wiki, read as TestBot."""
    return open_session()


@pytest.fixture
def site(session: Session) -> SiteInfo:
    """What the test wiki is."""
    return reader.site_info(session)


def cost(session: Session, ask: Callable[[], object]) -> int:
    """Return how many requests asking takes."""
    before = session.requests.total()
    ask()
    return session.requests.total() - before


def test_talk_pages_of_all_kinds(session: Session, site: SiteInfo, world: World) -> None:
    people = ["Ada", "Bea", "Cem", "Dan", "Eve", "Finn"]
    world.accounts(people)
    world.account("Some Bot", groups=["bot"])
    world.account("Only Elsewhere", local=False, wikis=["dewiki"])
    world.page("MediaWiki:Massmessage-optout-category", "Opted-out of {{lc:MESSAGE}} delivery")
    revid = world.page("User talk:Ada", "<nowiki>{{bots}}</nowiki>")
    world.page("User talk:Cem", "[[Category:Opted-out of message delivery]]")
    world.page("User talk:Dan", "#REDIRECT [[User talk:Ada]]")
    world.page("User talk:Eve", "#REDIRECT [[de:User talk:Eve]]")
    world.page("User talk:Finn/Header", "{{nobots}}")
    world.page("User talk:Finn", "[[Category:Opted-out of nothing]] {{/Header}} {{hello}}")
    read = talkpages.read(session, [*people, "Some Bot", "Only Elsewhere", "Nobody at all", "Bad<name"], site)
    ada = read["Ada"]
    assert ada.revision is not None
    assert (ada.title, ada.revision.revid, ada.revision.text) == ("User talk:Ada", revid, "<nowiki>{{bots}}</nowiki>")
    assert (ada.absent, ada.redirect_to, ada.opted_out, ada.has_account) == (False, "", False, True)
    assert (read["Bea"].absent, read["Bea"].revision, read["Bea"].trouble) == (True, None, "")
    assert {name for name, page in read.items() if page.opted_out} == {"Cem"}
    assert {name: page.redirect_to for name, page in read.items() if page.redirect_to} == {
        "Dan": "User talk:Ada",
        "Eve": "de:User talk:Eve",
    }
    assert {name for name, page in read.items() if page.uses_bots} == {"Finn"}
    assert {name for name, page in read.items() if page.groups and "bot" in page.groups} == {"Some Bot"}
    assert {name for name, page in read.items() if not page.has_account} == {
        *("Only Elsewhere", "Nobody at all", "Bad<name")
    }
    assert read["Bad<name"].trouble == 'No page can have the title "User talk:Bad<name".'


def test_a_page_that_is_not_wikitext(session: Session, site: SiteInfo, world: World) -> None:
    world.account("Ada")
    world.page("User talk:Ada", "[1, 2]", model="json")
    page = talkpages.read(session, ["Ada"], site)["Ada"]
    assert (page.content_model, page.revision, page.absent, page.trouble) == ("json", None, False, "")


def test_a_wiki_without_mass_messages_knows_nobody_who_opted_out(
    session: Session, site: SiteInfo, world: World
) -> None:
    world.account("Cem")
    world.page("User talk:Cem", "[[Category:Opted-out of message delivery]]")
    assert not talkpages.read(session, ["Cem"], site)["Cem"].opted_out


def test_a_thousand_talk_pages_cost_two_requests_and_one(session: Session, site: SiteInfo, world: World) -> None:
    names = ordinary(1000)
    world.accounts(names)
    assert session.limit == 500
    assert cost(session, lambda: talkpages.read(session, names, site)) == 1 + 2
    assert cost(session, lambda: talkpages.read(session, [], site)) == 0


def test_an_answer_too_large_is_continued(session: Session, site: SiteInfo, world: World) -> None:
    world.switch(settings={"wgAPIMaxResultSize": 12_000})
    names = ["Ada", "Bea", "Cem", "Dan"]
    world.accounts(names)
    world.page("MediaWiki:Massmessage-optout-category", "Opted-out")
    for name in names:
        world.page(f"User talk:{name}", f"{name} [[Category:Opted-out]]" + " word" * 1500)
    read = talkpages.read(session, names, site)
    assert {name: page.revision.text[:3] for name, page in read.items() if page.revision} == {n: n for n in names}
    assert all(page.opted_out and page.has_account for page in read.values())


def test_the_months_are_those_of_the_content_language(session: Session, site: SiteInfo) -> None:
    assert messages.months(session, site)[:2] == ("January", "February")
    assert messages.months(session, replace(site, language="ru"))[:2] == ("января", "февраля")
    assert cost(session, lambda: messages.months(session, site)) == 1


def test_who_was_told_before_wherever_the_page_went(session: Session, site: SiteInfo, world: World) -> None:
    world.accounts(["Ada", "Bea", "Cem", "Dan", "Eve", "Finn", "Gil"])
    for name in ("Ada", "Bea", "Cem", "Dan", "Eve"):
        world.page(f"User talk:{name}", "A notice.", user="TestBot", summary=f"Notice ({KEY}")
    world.page("User talk:Ada", "Cut away, into an archive.")
    world.move_page("User talk:Bea", "User talk:Bea/Archive 1")
    world.move_page("User talk:Cem", "User:Cem/Old talk", redirect=False)
    world.rename("Dan", "Dan of Denmark")
    world.move_page("User talk:Dan", "User talk:Dan of Denmark")
    world.page("User talk:Finn", "Another.", user="TestBot", summary="Notice (event-safety:12:10)")
    world.page("User talk:Gil", "Another.", user="Other", summary=f"Notice ({KEY}")
    told = delivered.to(session, site, KEY)
    assert told == {"Ada", "Bea", "Cem", "Dan of Denmark", "Eve"}
    assert cost(session, lambda: delivered.to(session, site, KEY)) == 1


def test_a_talk_page_of_an_event_and_its_archive(session: Session, site: SiteInfo, world: World) -> None:
    world.page("Event talk:Clinic", "A notice.", user="TestBot", summary=f"Notice ({KEY}")
    assert delivered.to_page(session, site, "Event talk:Clinic", KEY)
    world.move_page("Event talk:Clinic", "Event talk:Clinic/Archive 1")
    assert delivered.to_page(session, site, "Event talk:Clinic", KEY)
    assert not delivered.to_page(session, site, "Event talk:Clin", KEY)
    assert not delivered.to_page(session, site, "Event talk:Clinic", "event-safety:13:1)")


def test_who_was_told_is_nothing_that_can_be_read_without_an_account(open_session: Open) -> None:
    session = open_session(bot=False)
    site = reader.site_info(session)
    with pytest.raises(LoginError, match="Nobody is logged in"):
        delivered.to(session, site, KEY)


def test_organizers_of_more_than_a_page(session: Session, site: SiteInfo, world: World) -> None:
    names = [f"Organizer {number}" for number in range(25)]
    event = world.add_event("Event:Crowd of organizers", organizers=names)
    world.hide("Organizer 3")
    assert campaignevents.organizers(session, event, site) == tuple(n for n in names if n != "Organizer 3")
    assert cost(session, lambda: campaignevents.organizers(session, event, site)) == 4


def test_the_accounts_of_a_team(session: Session, site: SiteInfo, world: World) -> None:
    world.accounts(["Ada", "Bea", "Cem", "Dan", "Eve"])
    world.account("Only Elsewhere", local=False, wikis=["dewiki"])
    world.email("Ada")
    world.page("Sandbox", "One", user="Ada", at="20260701080000")
    world.page("Sandbox", "Two", user="Ada", at="20260702080000")
    world.lock("Bea")
    world.block("Cem")
    world.rename("Dan", "Dan of Denmark")
    names = ["Ada", "Bea", "Cem", "Dan", "Eve", "Only Elsewhere", "Nobody at all"]
    read = members.read(session, names, site)
    ada = read["Ada"]
    assert (ada.exists, ada.emailable, ada.trouble, ada.unknown) == (True, True, (), ())
    assert ada.last_active == datetime(2026, 7, 2, 8, tzinfo=UTC)
    assert read["Bea"].trouble[0].startswith("The account is locked on all wikis (log ")
    assert read["Cem"].trouble[0].startswith("The account is blocked on this wiki (block ")
    assert (read["Dan"].exists, read["Dan"].renamed_to) == (False, "Dan of Denmark")
    assert (read["Eve"].exists, read["Eve"].emailable, read["Eve"].last_active) == (True, False, None)
    assert (ada.never_active, read["Eve"].never_active) == (False, True)
    assert (read["Only Elsewhere"].exists, read["Only Elsewhere"].emailable) == (True, False)
    assert (read["Nobody at all"].exists, read["Nobody at all"].renamed_to) == (False, "")


def test_what_the_accounts_of_a_team_cost(session: Session, site: SiteInfo, world: World) -> None:
    names = ordinary(6)
    world.accounts(names)
    modules, users, blocks = 1, 1, 1
    assert cost(session, lambda: members.read(session, names, site)) == modules + users + blocks + len(names)


def test_a_wiki_without_global_accounts_keeps_nothing_unknown(open_session: Open, world: World) -> None:
    world.account("Ada")
    world.switch(off=["CentralAuth", "GlobalBlocking"])
    session = open_session(bot=False)
    assert members.read(session, ["Ada"], reader.site_info(session))["Ada"].unknown == ()


MESSAGE = Message(
    template="Event safety notice",
    event="Event:Clinic",
    version="1",
    heading="Keeping Event:Clinic safe",
    values={"event": "Event:Clinic", "version": "1", "lang": "en", "form": "talk"},
    signature="",
    order=("event", "version", "lang", "form"),
)
EVERYBODY = ("Ada", "Bea", "Cem", "Dan", "Eve", "Finn", "Gil", "Hal", "Ida", "Some Bot", "Nobody at all")
SKIPPED = {
    "Cem": Skip.EXCLUDED,
    "Dan": Skip.OPTED_OUT,
    "Eve": Skip.REDIRECT,
    "Finn": Skip.LOCKED,
    "Gil": Skip.BLOCKED,
    "Hal": Skip.NOT_WIKITEXT,
    "Ida": Skip.TOLD_ELSEWHERE,
    "Some Bot": Skip.BOT,
    "Nobody at all": Skip.MISSING,
}


def planned(session: Session, site: SiteInfo) -> Deliveries:
    """Plan the message for everybody, from what the wiki says now."""
    people = [Registrant(name, Origin("campaignevents")) for name in EVERYBODY]
    states = accounts.states(session, EVERYBODY).states
    pages = talkpages.read(session, EVERYBODY, site)
    now = datetime(2026, 8, 3, 9, 5, tzinfo=UTC)
    signed = registrants.signature("TestBot", site, now, messages.months(session, site))
    message = replace(MESSAGE, signature=signed)
    return registrants.plan(people, states, pages, delivered.to(session, site, KEY), message, site, "TestBot")


def save(world: World, found: Deliveries) -> None:
    for draft in found.drafts:
        world.page(draft.title, draft.text, user="TestBot", summary=f"Notice ({KEY}")


def crowd(world: World) -> None:
    """Make everybody, with a reason of their own to be told nothing, but for the first two."""
    world.accounts(EVERYBODY[:9])
    world.account("Some Bot", groups=["bot"])
    world.page("MediaWiki:Massmessage-optout-category", "No messages")
    world.page("User talk:Bea", "Hello.\n\n[[Category:Readers]]")
    world.page("User talk:Cem", "{{bots|deny=TestBot}}")
    world.page("User talk:Dan", "[[Category:No messages]]")
    world.page("User talk:Eve", "#REDIRECT [[User talk:Ada]]")
    world.lock("Finn")
    world.block("Gil")
    world.page("User talk:Hal", "[]", model="json")
    world.page("User talk:Ida", "A notice.", user="TestBot", summary=f"Notice ({KEY}")
    world.move_page("User talk:Ida", "User talk:Ida/Archive", redirect=False)


def test_every_reason_to_tell_nothing(session: Session, site: SiteInfo, world: World) -> None:
    crowd(world)
    found = planned(session, site)
    assert [draft.name for draft in found.drafts] == ["Ada", "Bea"]
    assert {one.name: one.why for one in found.skipped} == SKIPPED


def test_twice_is_once_also_when_the_section_is_gone(session: Session, site: SiteInfo, world: World) -> None:
    crowd(world)
    save(world, planned(session, site))
    again = planned(session, site)
    assert again.drafts == ()
    assert {one.name: one.why for one in again.skipped} == {**SKIPPED, "Ada": Skip.TOLD, "Bea": Skip.TOLD}
    world.move_page("User talk:Ada", "User talk:Ada/Archive 1", redirect=False)
    world.page("User talk:Bea", "I took it away.")
    gone = {one.name: one.why for one in planned(session, site).skipped}
    assert (gone["Ada"], gone["Bea"]) == (Skip.TOLD_ELSEWHERE, Skip.TOLD_ELSEWHERE)


def test_the_section_as_the_wiki_shows_it(session: Session, site: SiteInfo, wiki: Sandbox, world: World) -> None:
    crowd(world)
    world.page("Template:Event safety notice", "NOTICE {{{version}}} FOR {{{event}}}")
    save(world, planned(session, site))
    shown = Client(wiki.url).api(action="parse", page="User talk:Bea", prop="text|sections|categories")["parse"]
    assert [row["line"] for row in shown["sections"]] == ["Keeping Event:Clinic safe"]
    assert "NOTICE 1 FOR Event:Clinic" in shown["text"]
    assert "09:05, 3 August 2026 (UTC)" in shown["text"]
    assert [row["category"] for row in shown["categories"]] == ["Readers"]
