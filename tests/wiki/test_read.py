"""The reading room on a real MediaWiki: what it reads, what that costs, and what it says when the wiki misbehaves."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from bot.config import META_LISTS, Network, Settings
from bot.errors import (
    AnswerError,
    BusyError,
    LoginError,
    NoCampaignEventsError,
    NoSuchPageError,
    RegistrationGoneError,
    UnknownRegistrationError,
    UnreachableError,
)
from bot.model import Existence, NotKnown, Restriction, Severity, SourceState
from bot.parse.sites import META
from bot.read import accounts, campaignevents, renames
from bot.read import wiki as reader
from bot.read.attached import attached
from bot.read.session import Session
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import CLINIC, CLINIC_PEOPLE, THREE_SECTIONS, WMF_LIST, ordinary
from tests.sandbox.world import World

NETWORK = Network(read_timeout=5.0, retry_wait=0.0, between_reads=0.0)
Open = Callable[..., Session]


@pytest.fixture
def open_session(pywikibot: Any, wiki: Sandbox, world: World) -> Open:
    """Open the test wiki, anonymously or as TestBot; the seconds it would wait are kept, not waited."""

    def open_(*, bot: bool = False, network: Network = NETWORK) -> Session:
        base = wiki.folder / "pywikibot"
        pywikibot.config.family_files["trial"] = str(base / "families" / "trial_family.py")
        pywikibot.family.Family._families.pop("trial", None)
        sys.modules.pop("trial_family", None)  # another test may have had a wiki on another port
        if bot:
            pywikibot.config.usernames["trial"]["trial"] = "TestBot"
            pywikibot.config.password_file = str(base / "user-password.py")
        return Session.open(Settings(site="trial:trial", network=network), wait=lambda _seconds: None)

    return open_


@pytest.fixture
def session(open_session: Open) -> Session:
    """The test wiki, read without an account."""
    return open_session()


def clinic(session: Session) -> int:
    event = campaignevents.event_page(session, CLINIC).event_id
    assert event is not None
    return event


def names_of(session: Session, event: int) -> list[str]:
    return [person.name for person in campaignevents.participants(session, event, META) if person.name]


def test_anonymous_reading_costs_one_request_to_begin(session: Session) -> None:
    assert (session.username, session.limit, session.requests) == (None, 50, {"api": 1})


def test_the_bot_logs_in_with_its_bot_password(open_session: Open) -> None:
    session = open_session(bot=True)
    assert (session.username, session.limit) == ("TestBot", 500)
    assert session.requests == {"api": 4}


def test_a_wrong_password_is_a_login_error(open_session: Open, wiki: Sandbox, tmp_path: Any, pywikibot: Any) -> None:
    file = tmp_path / "wrong.py"
    file.write_text("('TestBot', BotPassword('test', '0123456789abcdef0123456789abcdef'))\n")
    file.chmod(0o600)
    pywikibot.config.usernames["trial"]["trial"] = "TestBot"
    pywikibot.config.password_file = str(file)
    with pytest.raises(LoginError, match="Incorrect username or password"):
        open_session()


def test_what_the_wiki_is(session: Session) -> None:
    site = reader.site_info(session)
    assert site.dbname == "metawiki"
    assert site.namespaces[1728][0] == "Event"
    assert "de" in site.interwikis
    assert "Contributions" in site.special_pages["Contributions"]


def test_all_lists_by_one_request(session: Session) -> None:
    before = session.requests["api"]
    read = reader.pages(session, [source.title for source in META_LISTS])
    assert session.requests["api"] - before == 1
    assert read.missing == {}
    assert {WMF_LIST, THREE_SECTIONS} == set(read.found)
    assert all(revision.revid and revision.text for revision in read.found.values())


def test_pages_that_moved_or_went(session: Session, world: World) -> None:
    world.move_page(WMF_LIST, "Another list")
    world.delete_page(THREE_SECTIONS)
    read = reader.pages(session, [WMF_LIST, THREE_SECTIONS, "Bad[title]", "event:learning_Clinic", "Never|made"])
    assert read.found[WMF_LIST].title == "Another list"
    assert "was deleted, or was moved" in read.missing[THREE_SECTIONS]
    assert "No page can have the title" in read.missing["Bad[title]"]
    assert "No page can have the title" in read.missing["Never|made"]


def test_pages_too_large_for_one_answer_are_continued(session: Session, world: World) -> None:
    world.switch(settings={"wgAPIMaxResultSize": 12_000})
    titles = [f"Long {n}" for n in range(4)]
    for title in titles:
        world.page(title, f"{title} " * 1000)
    read = reader.pages(session, titles)
    assert {title: revision.text[:6] for title, revision in read.found.items()} == {t: t for t in titles}


def test_the_event_page_and_its_registration(session: Session) -> None:
    page = campaignevents.event_page(session, CLINIC)
    assert page.event_id is not None
    found = campaignevents.registration(session, page.event_id)
    assert (found.page_title, found.page_wiki) == (CLINIC, reader.site_info(session).dbname)
    assert found.event.start is not None
    assert found.event.start.isoformat() == "2026-12-24T13:00:00+00:00"
    assert "secret-room" not in repr(found)
    assert (page.participants, page.private) == (146, 9)
    assert session.requests == {"api": 2, "html": 1, "rest": 1}


def test_a_redirect_leads_to_the_event(session: Session) -> None:
    assert campaignevents.event_page(session, "Event:Old Clinic Title").page_name == CLINIC


def test_events_that_are_not_there(session: Session, world: World) -> None:
    cancelled = world.add_event("Event:Soon cancelled")
    world.delete_event(cancelled)
    with pytest.raises(RegistrationGoneError):
        campaignevents.registration(session, cancelled)
    with pytest.raises(UnknownRegistrationError):
        campaignevents.registration(session, 9999)
    with pytest.raises(NoSuchPageError):
        campaignevents.event_page(session, "Event:Never made")
    world.switch(off=["CampaignEvents"])
    with pytest.raises(NoCampaignEventsError):
        campaignevents.registration(session, cancelled)


@pytest.mark.parametrize("bot", [False, True])
def test_everybody_is_read_and_the_private_are_not(open_session: Open, world: World, bot: bool) -> None:
    session = open_session(bot=bot)
    people = campaignevents.participants(session, clinic(session), META)
    assert len(people) == 137
    assert sum(person.name is None for person in people) == 3
    assert "Tin Whistle Ferrule" not in {person.name for person in people}
    assert session.requests["rest"] == 7


def test_a_thousand_registrants(open_session: Open, world: World) -> None:
    event = world.add_event("Event:Crowd", ordinary(1000))
    session = open_session(bot=True)
    names = names_of(session, event)
    assert len(names) == 1000
    assert session.requests["rest"] == 51
    before = session.requests["api"]
    read = accounts.states(session, names)
    assert session.requests["api"] - before == 1 + 2 + 2
    assert {state.existence for state in read.states.values()} == {Existence.EXISTS}
    assert all(not any(state.facts.values()) for state in read.states.values())


CLINIC_FACTS = {
    "Ashen Courier": {"global-lock": Severity.LOCK},
    "Sour Almanac": {},
    "Tin Whistle Fen": {"global-lock": Severity.LOCK},
    "Fresh Lamp Oil": {"global-lock": Severity.LOCK},
    "Copper Ferret": {"global-block": Severity.GLOBAL_BLOCK},
    "New Kettle Drum": {"global-block": Severity.GLOBAL_BLOCK},
    "Marsh Telegraph": {"local-block": Severity.SITEWIDE_BLOCK},
    "Paper Bellows": {"local-block": Severity.PARTIAL_BLOCK},
    "Past Tense Pia": {},
    "Unlocked Once Ola": {},
    "Elsewhere Only Ema": {},
    "Unattached Namesake Uwe": {"local-block": "unattached"},
}


def shown(state: Any) -> dict[str, Any]:
    """Return what was found, without what was not there."""
    seen: dict[str, Any] = {}
    for source, fact in state.facts.items():
        if isinstance(fact, Restriction):
            seen[source] = fact.severity
        elif isinstance(fact, NotKnown):
            seen[source] = "unattached" if "does not belong" in fact.cause else fact.cause
    return seen


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("bot", [False, True])
def test_what_is_known_of_the_people_of_the_clinic(open_session: Open, world: World, bot: bool, strict: bool) -> None:
    world.switch(on=["globalblocks-strict"] if strict else [])
    session = open_session(bot=bot)
    names = names_of(session, clinic(session))
    read = accounts.states(session, names)
    assert {name: shown(read.states[name]) for name in CLINIC_FACTS} == CLINIC_FACTS
    others = set(names) - set(CLINIC_FACTS) - set(CLINIC_PEOPLE)
    assert all(shown(read.states[name]) == {} for name in others)
    assert {source.state for source in read.sources} == {SourceState.OK}
    renamed = read.states["New Kettle Drum"].facts["global-block"]
    assert isinstance(renamed, Restriction)
    assert renamed.expiry == "2099-12-31T00:00:00Z"
    lock = read.states["Fresh Lamp Oil"].facts["global-lock"]
    assert isinstance(lock, Restriction)
    assert lock.where == "global account"


@pytest.mark.parametrize(
    ("off", "failed"),
    [
        (["globalusers"], set()),
        (["GlobalBlocking"], {"global-block"}),
        (["CentralAuth"], {"global-lock"}),
        (["CentralAuth", "GlobalBlocking"], {"global-lock", "global-block"}),
    ],
)
def test_a_wiki_with_fewer_modules(session: Session, world: World, off: list[str], failed: set[str]) -> None:
    world.switch(off=off)
    read = accounts.states(session, ["Tin Whistle Fen", "Marsh Telegraph", "Nobody at all"])
    assert {source.id for source in read.sources if source.state is SourceState.FAILED} == failed
    if "global-lock" not in failed:
        assert shown(read.states["Tin Whistle Fen"])["global-lock"] is Severity.LOCK
        assert read.states["Nobody at all"].existence is Existence.MISSING
    assert shown(read.states["Marsh Telegraph"])["local-block"] is Severity.SITEWIDE_BLOCK


def test_renames_in_both_directions(session: Session, world: World) -> None:
    world.rename("Quiet Harbour Nine", "Third Name Of It")
    steps = renames.chain(session, "Velvet Marauder")
    assert [(step.old, step.new) for step in steps] == [
        ("Velvet Marauder", "Quiet Harbour Nine"),
        ("Quiet Harbour Nine", "Third Name Of It"),
    ]
    back = renames.earlier_names(session, "Third Name Of It")
    assert [step.old for step in back] == ["Quiet Harbour Nine", "Velvet Marauder"]
    assert renames.chain(session, "Sour Almanac") == ()
    assert renames.chain(session, "a<b") == ()


def test_accounts_of_other_wikis(session: Session, world: World) -> None:
    world.account("Here And There", wikis=["dewiki"])
    world.account("Only Here")
    asked = [("w:de", "Here And There"), ("de", "Only Here"), ("nowhere", "Only Here"), ("de", "Nobody at all")]
    assert list(attached(session, asked).values()) == [True, False, None, None]


def test_maxlag_is_waited_for_and_then_told(open_session: Open) -> None:
    session = open_session()
    waits: list[float] = []
    session._line._wait = waits.append
    with pytest.raises(BusyError, match="maxlag"):
        session.query(list="logevents", maxlag=-2)
    assert waits == [5.0, 5.0]


def test_a_bad_moment_is_waited_out(session: Session, world: World) -> None:
    event = clinic(session)
    world.fault("last_participant_id", status=503, headers={"Retry-After": "1"})
    assert len(campaignevents.participants(session, event, META)) == 137
    assert session.requests["rest"] == 8


FAULTS = [
    pytest.param({"status": 429, "headers": {"Retry-After": "900"}}, BusyError, "wait 900 seconds", id="429"),
    pytest.param(
        {"status": 200, "body": "<html>", "headers": {"Content-Type": "text/html"}}, AnswerError, "html", id="HTML"
    ),
    pytest.param({"status": 502, "times": 9}, UnreachableError, "HTTP 502", id="a gateway"),
]


@pytest.mark.parametrize(("fault", "kind", "says"), FAULTS)
def test_a_timeout_or_worse_in_the_middle_is_an_error(
    session: Session, world: World, fault: dict[str, Any], kind: type[Exception], says: str
) -> None:
    event = clinic(session)
    world.fault("last_participant_id", skip=2, **fault)
    with pytest.raises(kind, match=says):
        campaignevents.participants(session, event, META)


def test_no_answer_in_time(open_session: Open, world: World) -> None:
    event = clinic(open_session())
    hurried = Network(read_timeout=0.2, retries=0, patience=0.3, between_reads=0)
    session = open_session(network=hurried)
    world.fault("participants", delay=1.0, status=0)
    with pytest.raises(UnreachableError, match="did not answer in time"):
        campaignevents.participants(session, event, META)


def test_a_read_only_wiki_still_answers(session: Session, world: World) -> None:
    world.switch(settings={"wgReadOnly": "Maintenance"})
    assert len(names_of(session, clinic(session))) == 134
