from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import Contacts
from bot.duty import health, spoken
from bot.duty.health import HealthFacts
from bot.duty.health_addresses import foundation
from bot.duty.health_coverage import length, offset
from bot.duty.health_facts import listing
from bot.duty.hours import Gap
from bot.model import Channel, ChannelKind, Contact, Grade, Health, Hours, Member, Phase, Role, Training
from tests.duty.teams import ADA, BO, COURSE, END, GOOD, MAIL, NOW, PHONE, START, found, member, team

SERIOUS, WARNING, UNKNOWN, HINT = Grade.SERIOUS, Grade.WARNING, Grade.UNKNOWN, Grade.HINT
BEFORE, DURING, AFTER = Phase.BEFORE, Phase.DURING, Phase.AFTER
CY = replace(BO, name="Cy", order=3)
NINE_TO_SIX = (Hours(time(9), time(18)),)


def only(facts: HealthFacts) -> Health:
    (point,) = health.judge(facts)
    return point


def test_with_a_good_team_there_is_nothing_to_say() -> None:
    assert health.judge(GOOD) == ()


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(HealthFacts((), NOW), id="nobody, and nothing else known"),
        pytest.param(replace(GOOD, contacts=()), id="nobody"),
        pytest.param(team(replace(ADA, ends=date(2026, 11, 30))), id="everybody is gone"),
    ],
)
def test_a_team_of_nobody_is_one_serious_point(facts: HealthFacts) -> None:
    point = only(facts)
    assert (point.code, point.grade) == ("nobody", SERIOUS)
    assert point.advice == "Name at least 2 people in a roster, and give it with --roster."


@pytest.mark.parametrize("facts", [GOOD, replace(GOOD, contacts=())], ids=["a team", "nobody"])
def test_what_people_wrote_and_cannot_be_read_is_told_even_where_nobody_is_left(facts: HealthFacts) -> None:
    points = health.judge(replace(facts, unread=("Line 3 is odd.", "Line 5 is odd.")))
    assert found(points, "page") == [(UNKNOWN, "Line 3 is odd."), (UNKNOWN, "Line 5 is odd.")]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        pytest.param(GOOD, ["roster", "roster"], id="a good team"),
        pytest.param(replace(GOOD, contacts=()), ["nobody", "roster", "roster"], id="nobody"),
        pytest.param(
            team(replace(ADA, training=()), replace(BO, hours=NINE_TO_SIX)),
            ["roster", "roster", "coverage", "training"],
            id="before what rests on it",
        ),
    ],
)
def test_that_roster_and_registration_differ_comes_before_what_rests_on_it(
    facts: HealthFacts, codes: list[str]
) -> None:
    points = health.judge(replace(facts, contradictions=("They differ.", "Here too.")))
    assert [point.code for point in points] == codes
    assert found(points, "roster") == [(WARNING, "They differ."), (WARNING, "Here too.")]
    advice = {point.advice for point in points if point.code == "roster"}
    assert advice == {"Correct the roster, or let an organizer correct the registration."}


def test_a_number_that_nobody_checked_is_only_offered() -> None:
    [point] = health.judge(replace(GOOD, emergency_number="", known_number="112"))
    assert (point.code, "This program knows 112" in point.advice) == ("emergency", True)
    [point] = health.judge(replace(GOOD, emergency_number=""))
    assert "knows" not in point.advice


def test_on_their_last_day_by_the_clocks_at_the_event_people_are_still_there() -> None:
    bo = replace(BO, ends=date(2026, 11, 30), languages=("eo",))
    facts = team(ADA, bo, languages=("eo",), timezone="Pacific/Pago_Pago", now=datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert found(health.judge(facts), "language") == []
    assert found(health.judge(replace(facts, timezone="Europe/Berlin")), "language") != []


def test_what_is_not_known_at_all_is_said_of_each_thing() -> None:
    points = health.judge(HealthFacts((Contact("Ada"), Contact("Bo")), NOW))
    assert {point.code for point in points if point.grade is UNKNOWN} == {
        "coverage",
        "unknown",
        "affiliation",
        "language",
        "only-organizer",
        "not-on-page",
        "address",
    }


def test_the_gravest_comes_first() -> None:
    facts = replace(
        team(replace(ADA, training=()), BO, organizers=None),
        members={"Ada": member("Ada", emailable=False), "Bo": member("Bo", exists=False)},
    )
    grades = [point.grade for point in health.judge(facts)]
    assert grades == sorted(grades, key=list(Grade).index)
    assert set(grades) == {SERIOUS, WARNING, UNKNOWN}


COVERAGE = [
    pytest.param(
        team(replace(ADA, roles=tuple(Role), languages=("de", "en"))),
        SERIOUS,
        'Only "Ada" is on the team during the event, and a report about them could be made to nobody else.',
        id="one person in all",
    ),
    pytest.param(
        team(*(replace(one, phases=(BEFORE, AFTER)) for one in (ADA, BO))),
        SERIOUS,
        "Nobody is on the team during the event, and participants have nobody to turn to.",
        id="everybody before and after only",
    ),
    pytest.param(
        team(replace(ADA, hours=NINE_TO_SIX), replace(BO, hours=NINE_TO_SIX)),
        SERIOUS,
        "Nobody of the team is there from 2026-12-24 18:00 to 2026-12-25 09:00 (UTC+01:00); from 2026-12-25 18:00 to "
        "2026-12-26 09:00 (UTC+01:00).",
        id="nobody at night",
    ),
    pytest.param(
        team(ADA, replace(BO, hours=(Hours(time(9), time(12)), Hours(time(13), time(9))))),
        WARNING,
        'Fewer than 2 people are there from 2026-12-24 12:00 to 2026-12-24 13:00 (UTC+01:00), only "Ada"; from '
        '2026-12-25 12:00 to 2026-12-25 13:00 (UTC+01:00), only "Ada"; from 2026-12-26 12:00 to 2026-12-26 13:00 '
        '(UTC+01:00), only "Ada".',
        id="alone at lunch",
    ),
    pytest.param(
        replace(team(ADA, replace(BO, hours=NINE_TO_SIX)), end=START + timedelta(days=6)),
        WARNING,
        'Fewer than 2 people are there from 2026-12-24 18:00 to 2026-12-25 09:00 (UTC+01:00), only "Ada"; from '
        '2026-12-25 18:00 to 2026-12-26 09:00 (UTC+01:00), only "Ada"; from 2026-12-26 18:00 to 2026-12-27 09:00 '
        '(UTC+01:00), only "Ada"; and at 3 more times (1 d 21 h in all).',
        id="of many nights the first three",
    ),
    pytest.param(
        team(
            *(replace(one, hours=(Hours(time(9), time(18)),)) for one in (ADA, BO)),
            start=datetime(2027, 3, 27, 8, tzinfo=UTC),
            end=datetime(2027, 3, 28, 12, tzinfo=UTC),
        ),
        SERIOUS,
        "Nobody of the team is there from 2027-03-27 18:00 (UTC+01:00) to 2027-03-28 09:00 (UTC+02:00).",
        id="a night in which clocks change",
    ),
    pytest.param(
        replace(GOOD, settings=Contacts(minimum=3)),
        SERIOUS,
        'Only "Ada" and "Bo" are on the team during the event, and a report about one of them could be made to nobody '
        "else.",
        id="the settings want three",
    ),
    pytest.param(
        replace(GOOD, start=None),
        UNKNOWN,
        "The event's start is not known, so whether enough people are there at every moment could not be worked out.",
        id="no start",
    ),
    pytest.param(
        replace(GOOD, start=None, end=None),
        UNKNOWN,
        "The event's start and end are not known, so whether enough people are there at every moment could not be "
        "worked out.",
        id="no times",
    ),
    pytest.param(
        replace(GOOD, end=START - timedelta(days=1), now=START - timedelta(days=9)),
        UNKNOWN,
        "The event ends before it begins, so whether enough people are there at every moment could not be worked out.",
        id="times the wrong way round",
    ),
    pytest.param(
        replace(GOOD, end=datetime(9999, 12, 31, tzinfo=UTC)),
        UNKNOWN,
        "The event's times are too far apart, so whether enough people are there at every moment could not be worked "
        "out.",
        id="an event of eight thousand years",
    ),
    pytest.param(
        team(ADA, BO, replace(CY, hours=NINE_TO_SIX), timezone=""),
        UNKNOWN,
        "The event's time zone is not known, so whether enough people are there at every moment could not be worked "
        "out.",
        id="hours without a time zone",
    ),
    pytest.param(
        team(ADA, BO, replace(CY, begins=date(2026, 12, 24)), timezone="Mars/Crater"),
        UNKNOWN,
        '"Mars/Crater" is no time zone, so whether enough people are there at every moment could not be worked out.',
        id="days in an unknown time zone",
    ),
    pytest.param(
        replace(GOOD, now=END),
        HINT,
        "The event is over, so nobody's hours during it were looked at.",
        id="over",
    ),
]


@pytest.mark.parametrize(("facts", "grade", "text"), COVERAGE)
def test_coverage(facts: HealthFacts, grade: Grade, text: str) -> None:
    assert found(health.judge(facts), "coverage") == [(grade, text)]


CHRISTMAS = (Hours(time(9), time(18), date(2025, 12, 24)),)
OUTSIDE = (
    '"Cy" is at no moment there from 2026-12-24 09:00 to 2026-12-26 18:00 (UTC+01:00): their hours and days are all '
    "outside the event."
)


@pytest.mark.parametrize(
    ("contacts", "who"),
    [
        pytest.param([replace(CY, hours=CHRISTMAS)], ["Cy"], id="the hours of last year"),
        pytest.param([replace(CY, ends=date(2026, 12, 23))], ["Cy"], id="until the day before"),
        pytest.param([replace(CY, begins=date(2026, 12, 27))], ["Cy"], id="from the day after"),
        pytest.param([replace(CY, begins=date(2026, 12, 26))], [], id="on the last day"),
        pytest.param([replace(CY, hours=NINE_TO_SIX)], [], id="every day"),
        pytest.param([replace(CY, hours=CHRISTMAS), replace(CY, hours=NINE_TO_SIX)], [], id="one of two entries"),
        pytest.param([replace(CY, hours=CHRISTMAS, phases=(BEFORE, AFTER))], [], id="not there during the event"),
        pytest.param([replace(CY, ends=date(2026, 11, 30))], [], id="gone already"),
    ],
)
def test_who_is_there_at_no_moment_of_the_event_is_told_by_name(contacts: list[Contact], who: list[str]) -> None:
    points = [point for point in health.judge(team(ADA, BO, *contacts)) if point.code == "coverage"]
    assert [(point.who, point.grade, point.text) for point in points] == [(name, WARNING, OUTSIDE) for name in who]


def test_a_single_person_with_hours_is_also_told_when_there_is_nobody() -> None:
    points = found(health.judge(team(replace(ADA, hours=NINE_TO_SIX))), "coverage")
    assert [text.split(" during ")[0].split(" from ")[0] for _, text in points] == [
        'Only "Ada" is on the team',
        "Nobody of the team is there",
    ]


def test_without_hours_and_days_no_time_zone_is_needed() -> None:
    assert health.judge(replace(GOOD, timezone="")) == ()
    assert health.gaps(replace(GOOD, timezone="")) == ()


def test_what_is_past_is_not_told() -> None:
    facts = team(ADA, replace(BO, hours=(Hours(time(10), time(9)),)), now=datetime(2026, 12, 26, 12, tzinfo=UTC))
    assert health.gaps(facts) == ()
    before = replace(facts, now=datetime(2026, 12, 26, 8, 30, tzinfo=UTC))
    wanted = Gap(before.now, datetime(2026, 12, 26, 9, tzinfo=UTC), ("Ada",))
    assert health.gaps(before) == (wanted,)


def test_gaps_that_cannot_be_told_are_none() -> None:
    assert health.gaps(replace(GOOD, end=None)) is None


@pytest.mark.parametrize(
    ("facts", "texts"),
    [
        pytest.param(
            team(replace(ADA, phases=(BEFORE, DURING)), replace(BO, phases=(DURING,))),
            ["Nobody is there for the 14 days after the event, when many reports are made."],
            id="nobody after",
        ),
        pytest.param(
            team(replace(ADA, phases=(DURING,)), replace(BO, phases=(DURING, AFTER)), after_days=1),
            ["Nobody is there before the event, when people sign up and ask whether it is safe for them."],
            id="nobody before",
        ),
        pytest.param(
            team(replace(ADA, phases=(DURING,)), replace(BO, phases=(DURING, AFTER)), now=START),
            [],
            id="what is past needs nobody",
        ),
        pytest.param(
            team(*(replace(one, phases=(BEFORE, DURING)) for one in (ADA, BO)), after_days=0),
            [],
            id="the team need not answer after the event",
        ),
        pytest.param(
            team(*(replace(one, phases=(BEFORE, DURING)) for one in (ADA, BO)), now=START, after_days=1),
            ["Nobody is there for the 1 day after the event, when many reports are made."],
            id="one day after",
        ),
    ],
)
def test_the_phases_around_the_event_need_somebody(facts: HealthFacts, texts: list[str]) -> None:
    assert found(health.judge(facts), "phase") == [(WARNING, text) for text in texts]


ACCOUNTS = [
    pytest.param({"exists": False}, "missing", SERIOUS, 'There is no account "Bo"', id="missing"),
    pytest.param({"exists": False, "renamed_to": "Bob"}, "renamed", SERIOUS, 'renamed to "Bob"', id="renamed"),
    pytest.param({"exists": True, "renamed_to": "Bob"}, "renamed", SERIOUS, 'renamed to "Bob"', id="name taken anew"),
    pytest.param(
        {"trouble": ("The account is locked on all wikis (log 8).",)},
        "blocked",
        SERIOUS,
        '"Bo": The account is locked on all wikis (log 8).',
        id="locked",
    ),
    pytest.param({"emailable": False}, "no-mail", SERIOUS, "no other address is known", id="no mail, nothing else"),
    pytest.param(
        {"last_active": NOW - timedelta(days=61)},
        "inactive",
        WARNING,
        '"Bo" was last active on the wiki on 2026-10-01, 61 days ago.',
        id="inactive",
    ),
    pytest.param(
        {"last_active": None, "never_active": True},
        "inactive",
        WARNING,
        '"Bo" has never been active on the wiki: there is no edit and no public log entry of theirs.',
        id="never active",
    ),
    pytest.param({"exists": None}, "unknown", UNKNOWN, "is known (whether it exists).", id="existence not told"),
    pytest.param(
        {"emailable": None}, "unknown", UNKNOWN, "is known (whether it can be sent e-mail).", id="mail not told"
    ),
    pytest.param(
        {"last_active": None}, "unknown", UNKNOWN, "is known (when it was last active).", id="activity not told"
    ),
    pytest.param(
        {"unknown": ("Global blocks could not be asked.",)},
        "unknown",
        UNKNOWN,
        'Not everything about the account "Bo" is known. Global blocks could not be asked.',
        id="a source did not answer",
    ),
]


@pytest.mark.parametrize(("changes", "code", "grade", "text"), ACCOUNTS)
def test_accounts(changes: dict[str, Any], code: str, grade: Grade, text: str) -> None:
    point = only(replace(GOOD, members={**GOOD.members, "Bo": member("Bo", **changes)}))
    assert (point.code, point.grade, point.who) == (code, grade, "Bo")
    assert text in point.text
    assert point.advice.endswith(".")


def test_each_trouble_of_an_account_is_a_point_and_what_was_not_asked_another() -> None:
    spoilt = member("Bo", trouble=("Locked.", "Blocked."), unknown=("No answer.",), emailable=None)
    points = health.judge(replace(GOOD, members={**GOOD.members, "Bo": spoilt}))
    assert [(point.code, point.text) for point in points] == [
        ("blocked", '"Bo": Locked.'),
        ("blocked", '"Bo": Blocked.'),
        ("unknown", 'Not everything about the account "Bo" is known (whether it can be sent e-mail). No answer.'),
    ]


def test_an_account_that_nobody_asked_about_is_unknown_and_one_that_is_gone_has_no_mail_to_ask_for() -> None:
    points = health.judge(replace(GOOD, members={"Ada": Member("Ada", exists=False, unknown=("No rename log.",))}))
    assert [(point.code, point.who) for point in points] == [("missing", "Ada"), ("unknown", "Ada"), ("unknown", "Bo")]
    assert points[1].text == 'Not everything about the account "Ada" is known. No rename log.'


def test_on_the_last_of_the_days_that_are_allowed_nobody_is_inactive() -> None:
    seen = member("Bo", last_active=NOW - timedelta(days=60))
    assert health.judge(replace(GOOD, members={**GOOD.members, "Bo": seen})) == ()


def test_a_person_with_two_entries_is_looked_at_once() -> None:
    facts = team(ADA, replace(BO, phases=(DURING,)), replace(BO, phases=(BEFORE, AFTER)))
    facts = replace(facts, members={**facts.members, "Bo": Member("Bo", exists=False)})
    assert [point.code for point in health.judge(facts)] == ["missing"]


@pytest.mark.parametrize(
    ("channels", "grade", "text"),
    [
        pytest.param((replace(PHONE, public=True), MAIL), HINT, "shows instead: phone.", id="a public number"),
        pytest.param((PHONE, MAIL), SERIOUS, "their other addresses (phone, email) are not public", id="private ones"),
        pytest.param((Channel(ChannelKind.WIKI_MAIL),), SERIOUS, "no other address is known", id="wiki mail alone"),
    ],
)
def test_who_takes_no_mail_on_the_wiki_may_be_reached_otherwise(
    channels: tuple[Channel, ...], grade: Grade, text: str
) -> None:
    facts = team(ADA, replace(BO, channels=channels))
    point = only(replace(facts, members={**facts.members, "Bo": member("Bo", emailable=False)}))
    assert (point.code, point.grade) == ("no-mail", grade)
    assert text in point.text


def affiliated(*affiliations: str) -> HealthFacts:
    return team(*(replace(one, affiliation=text) for one, text in zip((ADA, BO, CY), affiliations, strict=False)))


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        pytest.param(affiliated("Wikimedia X", "Heron"), [], id="two affiliates"),
        pytest.param(
            affiliated("Wikimedia X", " wikimedia  x"),
            [
                (
                    WARNING,
                    (
                        'Everybody on the team belongs to "Wikimedia X": a report about one of its people reaches only its '
                        "people."
                    ),
                )
            ],
            id="the same, differently spelt",
        ),
        pytest.param(affiliated("none", "None"), [], id="none is no affiliate"),
        pytest.param(
            affiliated("Wikimedia X", "", "Wikimedia X"),
            [
                (
                    UNKNOWN,
                    (
                        'The affiliation of "Bo" is not on record, so whether everybody on the team belongs to the same '
                        "one cannot be told."
                    ),
                )
            ],
            id="one is not on record",
        ),
        pytest.param(affiliated("Wikimedia X", "", "Heron"), [], id="one is not on record and two differ already"),
        pytest.param(
            affiliated("", ""),
            [
                (
                    UNKNOWN,
                    (
                        'The affiliation of "Ada" and "Bo" is not on record, so whether everybody on the team belongs to '
                        "the same one cannot be told."
                    ),
                )
            ],
            id="none is on record",
        ),
        pytest.param(team(replace(ADA, affiliation="")), [], id="one person cannot differ"),
        pytest.param(
            team(replace(ADA, affiliation="X"), replace(BO, affiliation="X"), replace(CY, phases=(BEFORE,))),
            [
                (
                    WARNING,
                    (
                        'Everybody who is there during the event belongs to "X": a report about one of its people reaches '
                        "only its people."
                    ),
                )
            ],
            id="the only other one comes before the event",
        ),
    ],
)
def test_affiliation(facts: HealthFacts, wanted: list[tuple[Grade, str]]) -> None:
    assert found(health.judge(facts), "affiliation") == wanted


def speaking(*codes: str, roles: tuple[Role, ...] = BO.roles) -> HealthFacts:
    return team(replace(ADA, languages=("fr",)), replace(BO, languages=codes, roles=roles))


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        pytest.param(replace(speaking("pt-br"), languages=("pt",)), [], id="a variant of the language"),
        pytest.param(replace(speaking("zh-hant", "zh"), languages=("zh-hans",)), [], id="another script"),
        pytest.param(
            replace(speaking("zh-yue"), languages=("zh",)),
            [(SERIOUS, 'Nobody on the team speaks "zh", a language of the event.')],
            id="a language of its own in spite of its code",
        ),
        pytest.param(
            replace(speaking("fr"), languages=("en", "en-gb", "fr")),
            [(SERIOUS, 'Nobody on the team speaks "en", a language of the event.')],
            id="each language once",
        ),
        pytest.param(
            replace(speaking(), languages=("en",)),
            [
                (
                    UNKNOWN,
                    (
                        'Whether anybody on the team speaks "en", a language of the event, cannot be told: the languages '
                        'of "Bo" are not on record.'
                    ),
                )
            ],
            id="somebody's languages are not on record",
        ),
        pytest.param(
            replace(speaking("en", roles=(Role.REMOVES,)), languages=("en",)),
            [(WARNING, 'Nobody who takes reports speaks "en", a language of the event.')],
            id="only somebody who takes no reports",
        ),
        pytest.param(
            replace(GOOD, languages=()),
            [
                (
                    UNKNOWN,
                    "The event's languages are not known, so whether somebody on the team speaks them cannot be told.",
                )
            ],
            id="the event's languages are not known",
        ),
    ],
)
def test_languages(facts: HealthFacts, wanted: list[tuple[Grade, str]]) -> None:
    assert found(health.judge(facts), "language") == wanted


@pytest.mark.parametrize(
    ("code", "other", "wanted"),
    [
        pytest.param("pt-br", "pt", True, id="country"),
        pytest.param("sr-ec", "sr-el", True, id="script"),
        pytest.param("zh_Hans", "ZH", True, id="spelling"),
        pytest.param("simple", "en", True, id="simple English"),
        pytest.param("nb", "no", True, id="two codes of one language"),
        pytest.param("be-tarask", "be-x-old", True, id="two codes of one spelling"),
        pytest.param("als", "gsw", True, id="an old code of MediaWiki"),
        pytest.param("roa-rup", "roa-tara", False, id="a family is no language"),
        pytest.param("zh-min-nan", "zh", False, id="nor is what the code begins with"),
        pytest.param("nn", "nb", False, id="neighbours"),
    ],
)
def test_two_codes_are_of_one_language(code: str, other: str, wanted: bool) -> None:
    assert spoken.speaks((code,), other) is wanted
    assert spoken.speaks((other,), code) is wanted


@pytest.mark.parametrize(
    ("facts", "wanted", "who"),
    [
        pytest.param(
            team(ADA, replace(BO, training=())), 'No training is on record for "Bo".', "Bo", id="one has none"
        ),
        pytest.param(
            team(ADA, *(replace(one, training=()) for one in (BO, CY))),
            'No training is on record for "Bo" and "Cy".',
            "",
            id="two have none",
        ),
        pytest.param(
            team(*(replace(one, training=()) for one in (ADA, BO))),
            "No training is on record for anybody on the team.",
            "",
            id="nobody has any",
        ),
        pytest.param(
            team(ADA, replace(BO, training=(replace(COURSE, on=NOW.date() + timedelta(1)),))),
            'No training is on record for "Bo".',
            "Bo",
            id="a course that is yet to come",
        ),
    ],
)
def test_training(facts: HealthFacts, wanted: str, who: str) -> None:
    point = only(facts)
    assert (point.code, point.grade, point.text, point.who) == ("training", WARNING, wanted, who)


def test_a_course_that_the_platform_knows_of_is_training_on_record() -> None:
    facts = team(ADA, replace(BO, training=()), completed={"Bo": (COURSE,)})
    assert health.judge(facts) == ()
    assert only(replace(facts, completed={"Bo": (), "Cy": (Training("x"),)})).code == "training"


@pytest.mark.parametrize(
    ("organizers", "wanted"),
    [
        pytest.param(("Cleo",), [], id="the only organizer is somebody else"),
        pytest.param(("Ada", "Cleo"), [], id="there is another organizer"),
        pytest.param(("Ada", "Ada"), [WARNING], id="the contact alone"),
        pytest.param(None, [UNKNOWN], id="not read"),
        pytest.param((), [UNKNOWN], id="none to be seen"),
    ],
)
def test_a_contact_who_is_the_only_organizer(organizers: tuple[str, ...] | None, wanted: list[Grade]) -> None:
    points = health.judge(replace(GOOD, organizers=organizers))
    assert [(point.code, point.grade) for point in points] == [("only-organizer", grade) for grade in wanted]


@pytest.mark.parametrize(
    ("listed", "grade", "text"),
    [
        pytest.param(None, UNKNOWN, "The list of contacts on the event's page was not read", id="no page read"),
        pytest.param((), SERIOUS, 'does not name "Ada" and "Bo" as a safety contact', id="nobody is named"),
        pytest.param(("Ada", "Zoe"), WARNING, 'does not name "Bo" as a safety contact', id="one is not"),
    ],
)
def test_the_page_names_the_team(listed: tuple[str, ...] | None, grade: Grade, text: str) -> None:
    point = only(replace(GOOD, listed=listed))
    assert (point.code, point.grade) == ("not-on-page", grade)
    assert text in point.text


def test_the_page_need_not_name_who_is_there_in_another_phase_and_nobody_when_all_is_over() -> None:
    facts = team(ADA, BO, replace(CY, phases=(DURING,)), listed=("Ada", "Bo"))
    assert health.judge(facts) == ()
    assert found(health.judge(replace(facts, listed=(), now=END + timedelta(days=20))), "not-on-page") == []


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        pytest.param({}, 1, id="in person"),
        pytest.param({"in_person": None}, 1, id="perhaps in person"),
        pytest.param({"in_person": False}, 0, id="online"),
        pytest.param({"emergency_number": "110"}, 0, id="known"),
    ],
)
def test_an_event_in_person_needs_an_emergency_number(changes: dict[str, Any], wanted: int) -> None:
    points = health.judge(replace(GOOD, **{"emergency_number": "", **changes}))
    assert len(found(points, "emergency")) == len(points) == wanted


@pytest.mark.parametrize(
    ("addresses", "texts"),
    [
        pytest.param(("CA@Wikimedia.org", "u4c@wikimedia.org", "board@wikimedia.de"), [], id="published, or elsewhere"),
        pytest.param(
            ("u4c@lists.wikimedia.org", "U4C@lists.wikimedia.org"),
            [
                (
                    "The event's page shows u4c@lists.wikimedia.org, which is no longer the published address: that is "
                    "u4c@wikimedia.org."
                )
            ],
            id="replaced, and told once",
        ),
        pytest.param(
            ("susa@wikimedia.org",),
            ["The event's page shows susa@wikimedia.org, which is not among the published addresses."],
            id="not known",
        ),
        pytest.param(("u4c@notwikimedia.org", "wikimedia.org"), [], id="only looks like it"),
        pytest.param(
            None,
            ["The event's page was not read, so whether it shows addresses that are out of date cannot be told."],
            id="no page read",
        ),
    ],
)
def test_addresses_on_the_page(addresses: tuple[str, ...] | None, texts: list[str]) -> None:
    assert [text for _, text in found(health.judge(replace(GOOD, addresses=addresses)), "address")] == texts


def with_mail(value: str, *, public: bool) -> HealthFacts:
    return team(ADA, replace(BO, channels=(Channel(ChannelKind.EMAIL, value, public=public),)))


def test_an_address_in_the_roster_is_shown_only_if_it_is_public() -> None:
    public = only(with_mail("mailto:u4c@lists.wikimedia.org", public=True))
    assert public.text.startswith('The list of contacts has, for "Bo", u4c@lists.wikimedia.org, which is no longer')
    assert public.advice == "Replace it by u4c@wikimedia.org."
    private = only(with_mail("bo.heron@wikimedia.org", public=False))
    assert private.grade is HINT
    assert "heron" not in private.text + private.advice
    assert health.judge(with_mail("bo@example.org", public=True)) == ()
    assert health.judge(with_mail("CA@wikimedia.org", public=True)) == ()


def test_an_address_that_the_page_and_the_roster_have_is_told_once() -> None:
    facts = replace(with_mail("u4c@lists.wikimedia.org", public=True), addresses=("u4c@lists.wikimedia.org",))
    assert only(facts).text.startswith("The event's page shows")


def test_a_private_address_is_not_shown_even_if_the_page_shows_it() -> None:
    facts = replace(with_mail("bo.heron@wikimedia.org", public=False), addresses=("bo.heron@wikimedia.org",))
    assert "heron" not in only(facts).text


def test_what_the_settings_call_published_is() -> None:
    facts = replace(GOOD, addresses=("affcom@lists.wikimedia.org",))
    assert only(facts).code == "address"
    assert health.judge(replace(facts, settings=Contacts(affiliations="affcom@lists.wikimedia.org"))) == ()


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        pytest.param(" mailto:CA@wikimedia.org ", "ca@wikimedia.org", id="as a link has it"),
        pytest.param("a@rt.lists.wikimedia.org", "a@rt.lists.wikimedia.org", id="a domain below a domain"),
        pytest.param("a@wikimedia.org.example", "", id="another domain that begins like it"),
        pytest.param("a@b@wikimedia.org", "", id="no address"),
    ],
)
def test_addresses_of_the_foundation(address: str, wanted: str) -> None:
    assert foundation(address) == wanted


def in_order(*orders: int | None) -> HealthFacts:
    return team(*(replace(one, order=order) for one, order in zip((ADA, BO, CY), orders, strict=False)))


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        pytest.param(in_order(2, 1, 3), [], id="one, two, three"),
        pytest.param(in_order(1, None), [], id="not everybody needs a place"),
        pytest.param(
            in_order(None, None),
            [
                (
                    WARNING,
                    (
                        "Nobody has a place in the escalation, so whom to call next is not clear before, during and after "
                        "the event."
                    ),
                )
            ],
            id="nobody has a place",
        ),
        pytest.param(
            in_order(2, 3),
            [(WARNING, "Nobody is called first: no contact has order 1 before, during and after the event.")],
            id="nobody is first",
        ),
        pytest.param(
            in_order(1, 5),
            [(HINT, "The escalation has a hole: nobody has order 2, 3, 4 before, during and after the event.")],
            id="a hole",
        ),
        pytest.param(
            in_order(1, 2, 2),
            [(WARNING, '"Bo" and "Cy" have the same place 2 in the escalation before, during and after the event.')],
            id="two in one place",
        ),
        pytest.param(
            team(ADA, replace(BO, order=1, phases=(DURING,)), replace(ADA, name="Cy", order=2)),
            [(WARNING, '"Ada" and "Bo" have the same place 1 in the escalation during the event.')],
            id="two in one place in one phase",
        ),
        pytest.param(
            team(replace(ADA, phases=(BEFORE, AFTER)), replace(ADA, name="Cy", phases=(DURING,), order=1), BO),
            [],
            id="one place, one after the other",
        ),
        pytest.param(
            team(replace(ADA, roles=(Role.REPORTS,)), BO),
            [
                (
                    WARNING,
                    "Nobody has the task of deciding what follows from a report before, during and after the event.",
                )
            ],
            id="nobody decides",
        ),
        pytest.param(
            team(ADA, replace(BO, roles=(Role.REPORTS,))),
            [(WARNING, "Nobody has the task of removing people during the event.")],
            id="nobody removes",
        ),
        pytest.param(
            team(replace(ADA, roles=(Role.REPORTS,), order=None), replace(BO, roles=(Role.REPORTS,)), now=END),
            [
                (WARNING, "Nobody has the task of deciding what follows from a report after the event."),
                (WARNING, "Nobody is called first: no contact has order 1 after the event."),
            ],
            id="after the event nobody has to leave",
        ),
    ],
)
def test_escalation(facts: HealthFacts, wanted: list[tuple[Grade, str]]) -> None:
    assert found(health.judge(facts), "escalation") == wanted


def test_a_long_hole_is_not_listed_to_its_end() -> None:
    ((_, text),) = found(health.judge(in_order(1, 10**9)), "escalation")
    assert len(text) < 200


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        pytest.param(
            team(replace(ADA, roles=()), replace(BO, roles=())),
            [(SERIOUS, "Nobody on the team has a task: who takes reports, decides and removes people is not said.")],
            id="nobody has a task",
        ),
        pytest.param(
            team(replace(ADA, roles=(Role.DECIDES,)), replace(BO, roles=(Role.REMOVES,))),
            [(SERIOUS, "Nobody has the task of taking reports before, during and after the event.")],
            id="nobody takes reports",
        ),
        pytest.param(
            team(ADA, replace(BO, roles=(Role.REMOVES,))),
            [
                (
                    WARNING,
                    (
                        'Only "Ada" takes reports during the event: who has something to say of them has nobody to turn '
                        "to."
                    ),
                )
            ],
            id="only one takes reports",
        ),
        pytest.param(
            team(
                replace(ADA, phases=(DURING,)),
                replace(BO, phases=(DURING,)),
                replace(BO, name="Cy", roles=(Role.VENUE, Role.DECIDES), phases=(BEFORE, AFTER), order=1),
            ),
            [(SERIOUS, "Nobody has the task of taking reports before and after the event.")],
            id="nobody takes reports around the event",
        ),
    ],
)
def test_reports(facts: HealthFacts, wanted: list[tuple[Grade, str]]) -> None:
    assert found(health.judge(facts), "reports") == wanted


def test_when_all_is_over_no_task_is_asked_for() -> None:
    points = health.judge(team(replace(ADA, roles=()), replace(BO, roles=()), now=END + timedelta(days=15)))
    assert found(points, "reports") == found(points, "escalation") == []


@pytest.mark.parametrize(
    ("time", "wanted"),
    [
        pytest.param(timedelta(minutes=90), "1 h 30 min", id="hours and minutes"),
        pytest.param(timedelta(days=2, minutes=5), "2 d 5 min", id="days and minutes"),
        pytest.param(timedelta(seconds=1), "1 min", id="never nothing"),
        pytest.param(timedelta(hours=1), "1 h", id="an hour"),
    ],
)
def test_how_long_a_time_is(time: timedelta, wanted: str) -> None:
    assert length(time) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("2026-12-24T09:00:00+05:30", "UTC+05:30", id="Kolkata"),
        pytest.param("2026-12-24T09:00:00-03:30", "UTC-03:30", id="St. John's"),
        pytest.param("2026-12-24T09:00:00+00:00", "UTC+00:00", id="London"),
    ],
)
def test_offsets(text: str, wanted: str) -> None:
    assert offset(datetime.fromisoformat(text)) == wanted


def test_a_long_list_of_names_says_how_many_more() -> None:
    assert listing([f"N{number}" for number in range(12)]).endswith('"N9" and 2 more')
    assert listing(["A"]) == '"A"'
    assert listing([]) == ""


SECRET = "0171-secret"
# Readiness and other programs go by these.
CODES = {
    "nobody",
    "coverage",
    "phase",
    "reports",
    "escalation",
    "missing",
    "renamed",
    "blocked",
    "no-mail",
    "inactive",
    "unknown",
    "affiliation",
    "language",
    "training",
    "only-organizer",
    "not-on-page",
    "emergency",
    "address",
    "page",
}
NOON = datetime.fromisoformat("2026-12-01 12:00")
names = st.sampled_from(["Ada", "Bo", "Cy", "Dot"])
contacts = st.builds(
    Contact,
    names,
    roles=st.lists(st.sampled_from(Role), max_size=3).map(tuple),
    languages=st.lists(st.sampled_from(["en", "pt-br", "zh"]), max_size=2).map(tuple),
    channels=st.lists(
        st.builds(Channel, st.sampled_from(ChannelKind), st.sampled_from([SECRET, f"{SECRET}@lists.wikimedia.org"]))
    ).map(tuple),
    phases=st.sets(st.sampled_from(Phase)).map(tuple),
    hours=st.lists(st.builds(Hours, st.times(), st.times(), st.none() | st.dates()), max_size=2).map(tuple),
    begins=st.none() | st.dates(),
    ends=st.none() | st.dates(),
    affiliation=st.sampled_from(["", "none", "X", "Y"]),
    order=st.none() | st.integers(-2, 10**6),
)
accounts = st.builds(
    Member,
    names,
    exists=st.none() | st.booleans(),
    renamed_to=st.sampled_from(["", "Zoe"]),
    trouble=st.lists(st.just("Blocked."), max_size=1).map(tuple),
    unknown=st.lists(st.just("No answer."), max_size=1).map(tuple),
    emailable=st.none() | st.booleans(),
    last_active=st.none() | st.datetimes(timezones=st.just(UTC)),
    never_active=st.booleans(),
)
moments = (
    st.none()
    | st.datetimes(timezones=st.just(UTC))
    | st.datetimes(NOON, NOON + timedelta(days=60), timezones=st.just(UTC))
)
anything = st.builds(
    HealthFacts,
    st.lists(contacts, max_size=4).map(tuple),
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2100-01-01"), timezones=st.just(UTC)),
    start=moments,
    end=moments,
    timezone=st.sampled_from(["", "Europe/Berlin", "Nowhere", "America/New_York"]),
    after_days=st.integers(-5, 10**10),
    languages=st.lists(st.sampled_from(["en", "zh-hans"]), max_size=2).map(tuple),
    organizers=st.none() | st.lists(names, max_size=2).map(tuple),
    members=st.dictionaries(names, accounts),
    listed=st.none() | st.lists(names).map(tuple),
    addresses=st.none() | st.lists(st.sampled_from(["a@wikimedia.org", "ca@lists.wikimedia.org"])).map(tuple),
    in_person=st.none() | st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_whatever_is_known_it_is_told_in_sentences_once_and_never_with_what_is_private(facts: HealthFacts) -> None:
    points = health.judge(facts)
    health.gaps(facts)
    assert len(points) == len(set(points))
    assert {point.code for point in points} <= CODES
    assert all(point.text.endswith(".") and point.text[0] in '"ABCDEFGHIJKLMNOPQRSTUVWXYZ' for point in points)
    assert all(point.advice.endswith((".", "…")) for point in points if point.grade in (SERIOUS, WARNING))
    assert not any(SECRET in point.text + point.advice for point in points)
