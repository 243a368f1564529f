from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Notices
from bot.errors import UsageError
from bot.model import NameState, RosterEvent, Tier, VerdictKind
from bot.parse import offline
from bot.parse.sites import META
from bot.private import addresses, refusal
from bot.private.letter_words import Decision
from bot.private.letters import Letter
from bot.private.model import Field, Finding, Hit, Person

TO, SENDER, COPIES = "quiet@example.org", "team@example.org", ["ada@example.org", "bo@example.org"]


def test_whom_a_letter_goes_to() -> None:
    to, sender, copies = refusal.people(TO, SENDER, [*COPIES, "Cy <cy@example.org>"])
    assert [one.spec for one in (to, sender, *copies)] == [TO, SENDER, *COPIES, "cy@example.org"]


@pytest.mark.parametrize(
    ("to", "sender", "copies", "sentence"),
    [
        pytest.param(TO, SENDER, [], "at least 2 people in copy", id="nobody in copy"),
        pytest.param(TO, SENDER, COPIES[:1], "at least 2 people in copy", id="one in copy"),
        pytest.param(TO, SENDER, [COPIES[0]] * 2, "--cc number 1 and --cc number 2 are one mailbox", id="one twice"),
        pytest.param(
            TO, SENDER, [COPIES[0], "Ada A. <ADA@example.org>"], "number 1 and --cc number 2", id="one in two forms"
        ),
        pytest.param(TO, SENDER, [*COPIES, COPIES[0]], "number 1 and --cc number 3", id="one twice of three"),
        pytest.param(TO, SENDER, ["a@gmail.com", "A@googlemail.com"], "one mailbox", id="two domains of one mailbox"),
        pytest.param(TO, SENDER, [COPIES[0], "Q <Quiet@Example.org>"], "--to and --cc number 2", id="the person"),
        pytest.param(TO, SENDER, [SENDER, COPIES[0]], "--from and --cc number 1", id="the sender"),
        pytest.param(TO, TO, COPIES, "--to and --from", id="to oneself"),
        pytest.param(TO, " ", COPIES, "Say whom the letter is from", id="from nobody"),
        pytest.param("quiet", SENDER, COPIES, "--to is not one e-mail address", id="no address"),
        pytest.param(TO, "x", COPIES, "--from is not one e-mail address", id="no address of the sender"),
        pytest.param(TO, SENDER, ["a@b.c, d@e.f", COPIES[0]], "--cc number 1 is not one", id="two in one"),
    ],
)
def test_no_letter_without_two_others_in_copy(to: str, sender: str, copies: list[str], sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        refusal.people(to, sender, copies)
    assert sentence in str(error.value)
    assert "@" not in str(error.value).replace(addresses.EXAMPLE, "")


def test_a_plus_sign_makes_another_address() -> None:
    refusal.people(TO, SENDER, ["ada+one@example.org", "ada+two@example.org"])


SPELT = st.sampled_from(["ada@example.org", "ADA@EXAMPLE.ORG", "Ada <ada@Example.org>", '"ada"@example.org'])


@given(SPELT, SPELT, st.permutations(range(3)))
def test_whoever_is_there_twice_is_found_wherever_it_is(first: str, second: str, order: list[int]) -> None:
    three = [first, second, "bo@example.org"]
    with pytest.raises(UsageError, match="one mailbox"):
        refusal.people(TO, SENDER, [three[place] for place in order])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Learning Clinic", "Learning Clinic", id="a title"),
        pytest.param("Event:Learning_Clinic", "Learning Clinic", id="namespace and underscores"),
        pytest.param("learning clinic", "Learning clinic", id="a small letter first"),
        pytest.param("Grants:Hackathon 2026", "Grants:Hackathon 2026", id="another namespace"),
    ],
)
def test_the_event_as_a_letter_names_it(text: str, shown: str) -> None:
    assert refusal.event(text) == shown


@pytest.mark.parametrize("text", ["", "#12", "12", "https://meta.wikimedia.org/wiki/Event:X", "a|b", "[[X]]"])
def test_an_event_that_would_have_to_be_looked_up(text: str) -> None:
    with pytest.raises(UsageError, match="EVENT is the title of the event"):
        refusal.event(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("quiet_Harbour", "Quiet Harbour", id="a user name"),
        pytest.param("User:Quiet Harbour", "Quiet Harbour", id="with its namespace"),
        pytest.param("Ada [Abacus]", "Ada [Abacus]", id="no user name"),
    ],
)
def test_the_name_as_a_letter_has_it(text: str, shown: str) -> None:
    assert refusal.name(text, META) == shown


@pytest.mark.parametrize("text", ["", "  ", "_", "n" * 256])
def test_no_name(text: str) -> None:
    with pytest.raises(UsageError, match="NAME is the user name"):
        refusal.name(text, META)


@pytest.mark.parametrize(
    ("text", "days", "shown"),
    [
        pytest.param("", None, "", id="not said"),
        pytest.param("2026-12-24", (date(2026, 12, 24),) * 2, "2026-12-24", id="a day"),
        pytest.param(
            "2026-12-24/2026-12-26",
            (date(2026, 12, 24), date(2026, 12, 26)),
            "2026-12-24 – 2026-12-26",
            id="three days",
        ),
    ],
)
def test_dates(text: str, days: tuple[date, date] | None, shown: str) -> None:
    assert refusal.dates(text) == days
    assert refusal.shown_dates(days) == shown


@pytest.mark.parametrize(
    ("now", "over"),
    [
        pytest.param(datetime(2026, 12, 24, 23, tzinfo=UTC), False, id="on its last day"),
        pytest.param(datetime(2026, 12, 25, 11, 59, tzinfo=UTC), False, id="still that day somewhere"),
        pytest.param(datetime(2026, 12, 25, 12, tzinfo=UTC), True, id="over everywhere"),
    ],
)
def test_when_an_event_is_over(now: datetime, *, over: bool) -> None:
    assert refusal.is_over((date(2026, 12, 20), date(2026, 12, 24)), now) == over


@pytest.mark.parametrize("text", ["24.12.2026", "2026-02-30", "2026-12-24/", "2026-12-26/2026-12-24", "tomorrow"])
def test_dates_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match=r"is no date|ends before it begins"):
        refusal.dates(text)


def test_the_event_as_lists_ask_for_it() -> None:
    found = refusal.occasion("Clinic", (date(2026, 12, 24), date(2026, 12, 26)))
    assert (found.title, found.start) == ("Clinic", datetime(2026, 12, 24, tzinfo=UTC))
    assert found.end == datetime(2026, 12, 26, 23, 59, 59, tzinfo=UTC)
    assert refusal.occasion("Clinic", None).end is None


def test_policies_have_names_and_addresses() -> None:
    event = RosterEvent(policy="https://example.org/own", technical=True)
    found = refusal.policies("de", Notices(), META, "policy", event)
    assert [(one.name, one.url) for one in found] == [
        (
            "Universeller Verhaltenskodex",
            "https://foundation.wikimedia.org/wiki/Special:MyLanguage/Policy:Universal_Code_of_Conduct?uselang=de",
        ),
        (
            "Richtlinie für freundliche Räume (Friendly Space Policy)",
            "https://foundation.wikimedia.org/wiki/Special:MyLanguage/Policy:Friendly_space_policy?uselang=de",
        ),
        (
            "Verhaltenskodex für technische Räume von Wikimedia",
            "https://www.mediawiki.org/wiki/Special:MyLanguage/Code_of_Conduct?uselang=de",
        ),
        ("Die eigene Richtlinie dieser Veranstaltung", "https://example.org/own"),
    ]


def test_a_letter_does_not_rest_on_policies_that_it_does_not_name() -> None:
    none = Notices(ucoc="", friendly="")
    with pytest.raises(UsageError, match='reason "policy" needs a policy'):
        refusal.policies("en", none, META, "policy", RosterEvent())
    assert refusal.policies("en", none, META, "capacity", RosterEvent()) == ()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "Project:Policy", "https://a b"])
def test_a_policy_of_the_event_is_a_page_of_the_web(address: str) -> None:
    with pytest.raises(UsageError, match="--policy is the address of a web page"):
        refusal.policies("en", Notices(), META, "policy", RosterEvent(policy=address))


@pytest.mark.parametrize(
    ("target", "url"),
    [
        pytest.param("https://example.org/x", "https://example.org/x", id="an address"),
        pytest.param("Code of Conduct", "https://meta.wikimedia.org/wiki/Code_of_Conduct", id="a page of this wiki"),
        pytest.param(":mw:Code of Conduct", "https://www.mediawiki.org/wiki/Code_of_Conduct", id="of another"),
        pytest.param("w:fr:Règles?", "https://fr.wikipedia.org/wiki/R%C3%A8gles%3F", id="of a language"),
    ],
)
def test_addresses_of_pages(target: str, url: str) -> None:
    assert refusal.url(target, "en", META) == url


@pytest.mark.parametrize(
    ("site", "database", "server"),
    [
        pytest.param("meta:meta", "metawiki", "https://meta.wikimedia.org", id="Meta"),
        pytest.param("commons:commons", "commonswiki", "https://commons.wikimedia.org", id="Commons"),
        pytest.param("wikipedia:zh-min-nan", "zh_min_nanwiki", "https://zh-min-nan.wikipedia.org", id="a Wikipedia"),
        pytest.param("wikivoyage:de", "dewikivoyage", "https://de.wikivoyage.org", id="another project"),
        pytest.param("wikidata:wikidata", "wikidatawiki", "https://www.wikidata.org", id="Wikidata"),
    ],
)
def test_a_wiki_that_is_not_asked(site: str, database: str, server: str) -> None:
    found = offline.wiki(site)
    assert (found.dbname, found.server) == (database, server)
    assert site != "meta:meta" or found == META


def letter(name: str) -> Letter:
    at = addresses.read(TO, "--to")
    return Letter("en", name, "Clinic", Decision.REGISTRATION, "policy", (), at, at, (at, at))


@pytest.mark.parametrize(
    ("name", "real_name", "user", "real"),
    [
        pytest.param("Quiet Harbour", "", "Quiet Harbour", "", id="a user name"),
        pytest.param("Quiet Harbour", "Ada Abacus", "Quiet Harbour", "Ada Abacus", id="and a real name"),
        pytest.param("Ada [Abacus]", "", None, "Ada [Abacus]", id="no user name is a real one"),
        pytest.param("Ada [Abacus]", "Ada Abacus", None, "Ada Abacus", id="no user name, and a real one"),
    ],
)
def test_whom_a_list_is_asked_about(name: str, real_name: str, user: str | None, real: str) -> None:
    found = refusal.person(letter(name), real_name, META)
    assert (found.name, found.real_name, found.email) == (user, real, TO)
    assert (found.state is NameState.IMPOSSIBLE, bool(found.why_unnamed)) == (user is None, user is None)


@pytest.mark.parametrize(
    ("verdict", "is_match"),
    [
        (VerdictKind.FLAG, True),
        (VerdictKind.REVIEW, True),
        (VerdictKind.UNKNOWN, False),
        (VerdictKind.CLEAR, False),
    ],
)
def test_a_look_alike_is_enough_for_no_letter(verdict: VerdictKind, *, is_match: bool) -> None:
    finding = Finding(Person("A", "x"), verdict, (Hit("row 3", Tier.NEAR, Field.USER, "It looks alike."),))
    assert refusal.is_match(finding) is is_match
    assert refusal.told(finding) == ("row 3: It looks alike.",)
