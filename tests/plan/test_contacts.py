"""The list of contacts becomes what is wanted by the smallest change; what is true already, and what is not ours, stays."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.model import Channel, ChannelKind, Contact, Phase, Role, Training
from bot.parse.sites import META
from bot.plan import contacts
from bot.plan.contacts import TeamDraft, WantedTeam
from tests.plan.contact_pages import (
    ADA,
    BOB,
    CEM,
    SECRET_MAIL,
    SECRET_PHONE,
    ada,
    bob,
    cem,
    has_secret,
    listed,
    plan,
    read,
    wanted,
)

PUBLIC = Channel(ChannelKind.EMAIL, "bob@example.org", public=True)


def test_a_page_without_a_list_gets_one_on_lines_of_its_own() -> None:
    text = "Welcome!\n\n== Participants ==\n# Zoe"
    draft = plan(text, wanted(ada(), bob()), len("Welcome!"))
    assert draft.text == f"Welcome!\n\n{listed(ADA, BOB)}\n\n== Participants ==\n# Zoe"
    assert draft.reasons == ("The page gets a list of safety contacts: Ada, Bob.",)
    assert draft.notes == ()


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        pytest.param("", 0, "{}", id="an empty page"),
        pytest.param("a", 1, "a\n\n{}", id="the end"),
        pytest.param("a\nb", 2, "a\n\n{}\n\nb", id="before a line of words"),
        pytest.param("a\n\n== b ==", 3, "a\n\n{}\n\n== b ==", id="before a heading"),
    ],
)
def test_a_list_goes_where_it_is_told(text: str, at: int, expected: str) -> None:
    assert plan(text, wanted(cem()), at).text == expected.format(listed(CEM))


def test_no_list_is_begun_for_nobody_or_without_a_place() -> None:
    assert plan("Welcome!", wanted(), 0) == TeamDraft("Welcome!")
    draft = plan("Welcome!", wanted(cem()))
    assert (draft.text, draft.reasons) == ("Welcome!", ())
    assert draft.notes == ("The page has no list of safety contacts, and there is no safe place for one.",)


def test_a_list_that_would_not_be_read_is_not_put_on_the_page() -> None:
    for text, at in (("<!--  -->", 5), ("<nowiki>\n\n</nowiki>", 9)):
        draft = plan(text, wanted(cem()), at)
        assert (draft.text, draft.reasons) == (text, ())
        assert draft.notes[0].startswith("The list of safety contacts is left alone: beside what people wrote")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(listed(ADA, BOB), wanted(ada(), bob()), id="as the bot writes it"),
        pytest.param(listed(BOB, ADA), wanted(ada(), bob()), id="rows in an order of people's"),
        pytest.param(
            listed(ADA).replace("| name = Ada\n", "| name = [[x|User:ada<!-- she -->\n").replace("[[x|", ""),
            wanted(ada()),
            id="a name spelt otherwise",
        ),
        pytest.param(listed(ADA).replace("09:00-18:00", "09:00 – 18:00 "), wanted(ada()), id="hours spelt otherwise"),
        pytest.param(listed(ADA).replace("= hi", "= HI"), wanted(ada()), id="a language spelt otherwise"),
        pytest.param(
            listed(ADA).replace("| language 1 = en\n| language 2 = hi", "| language 3 = en\n| language 5 = hi"),
            wanted(ada()),
            id="languages with gaps",
        ),
        pytest.param(listed(ADA).replace("decides = yes", "decides = YES"), wanted(ada()), id="a role spelt otherwise"),
        pytest.param(listed(ADA).replace("ada&#64;", "ada{{@}}"), wanted(ada()), id="an address spelt otherwise"),
        pytest.param(
            listed(ADA).replace("Wikimedia India", "[[m:WMIN|Wikimedia India]]"), wanted(ada()), id="a link of people's"
        ),
        pytest.param(
            listed(ADA).replace("Event:Learning Clinic", "event:Learning_Clinic"), wanted(ada()), id="the event's title"
        ),
        pytest.param(
            listed(ADA).replace("emergency&#64;", "emergency[[File:At sign.svg|16px]]"),
            wanted(ada()),
            id="the emergency address spelt otherwise",
        ),
        pytest.param(listed(ADA), wanted(ada(), emergency="emergency{{@}}wikimedia.org"), id="an address as wikitext"),
        pytest.param(listed(ADA), wanted(ada(), number="", timezone="", trust=""), id="what is not said of the event"),
        pytest.param(
            listed(BOB).replace("during\n}}", "During; during\n}}"), wanted(bob()), id="phases spelt otherwise"
        ),
        pytest.param(
            listed(ADA.replace("\n}}", "\n| photo = [[File:Ada.jpg]] <!-- nice -->\n}}")),
            wanted(ada()),
            id="a parameter of people's",
        ),
        pytest.param(listed(f"* {CEM} – call him <!-- soon -->", "{{clear}}"), wanted(cem()), id="words beside a row"),
        pytest.param(listed(), wanted(), id="nobody"),
    ],
)
def test_left_alone(text: str, what: WantedTeam) -> None:
    assert plan(text, what) == TeamDraft(text)


@pytest.mark.parametrize(
    ("old", "new", "change", "reason"),
    [
        pytest.param("| hours = 09:00-18:00", "| hours =", {"hours": ()}, "hours", id="hours that are no more"),
        pytest.param(
            "| decides = yes\n", "| decides =\n", {"roles": (Role.REPORTS,)}, "decides", id="a role that is no more"
        ),
        pytest.param(
            "| decides = yes\n",
            "| decides = yes\n| removes = yes\n",
            {"roles": (Role.REPORTS, Role.DECIDES, Role.REMOVES)},
            "removes",
            id="another role, in its place",
        ),
        pytest.param(
            "| language 1 = en\n| language 2 = hi\n",
            "| language 1 = hi\n| language 2 =\n",
            {"languages": ("hi",)},
            "languages",
            id="one language less",
        ),
        pytest.param(
            "India", "UK &#38; Wales", {"affiliation": "Wikimedia UK & Wales"}, "affiliation", id="affiliation"
        ),
        pytest.param(
            "Keeping events safe (2026-01-02)",
            "Keeping events safe (2026-01-02)&#59; First aid",
            {"training": (Training("Keeping events safe", date(2026, 1, 2)), Training("First aid"))},
            "training",
            id="another course",
        ),
        pytest.param("| order = 1", "| order = 12", {"order": 12}, "order", id="order"),
        pytest.param(
            "| hours = 09:00-18:00\n",
            "| hours = 09:00-18:00\n| from = 2026-12-24\n| until = 2026-12-26\n",
            {"begins": date(2026, 12, 24), "ends": date(2026, 12, 26)},
            "from, until",
            id="days",
        ),
        pytest.param(
            "| email = ada&#64;example.org",
            "| mail = no\n| email = ada&#64;example.org",
            {"channels": (Channel(ChannelKind.EMAIL, "ada@example.org", public=True),)},
            "mail",
            id="no mail on the wiki",
        ),
        pytest.param(
            "| email = ada&#64;example.org",
            "| email = ada&#64;example.org&#59; a&#64;example.com",
            {
                "channels": (
                    Channel(ChannelKind.WIKI_MAIL),
                    Channel(ChannelKind.EMAIL, "ada@example.org", public=True),
                    Channel(ChannelKind.EMAIL, "a@example.com", public=True),
                )
            },
            "email",
            id="two addresses",
        ),
    ],
)
def test_a_row_is_put_right(old: str, new: str, change: dict[str, object], reason: str) -> None:
    text = f"x\n{listed(ADA)}\ny"
    draft = plan(text, wanted(ada(**change)))
    assert draft.text == text.replace(old, new)
    assert draft.reasons == (f"What the list says of Ada is put right: {reason}.",)
    assert draft.notes == ()


def test_a_row_of_peoples_is_completed_in_place() -> None:
    text = "{{Event safety contacts|team={{Event safety contact|name=User:ada|mine=x<!-- y -->}} and friends}}"
    what = wanted(
        ada(languages=(), training=(), hours=(), affiliation=""),
        **dict.fromkeys(("form", "timezone", "phase", "number", "emergency", "trust"), ""),
    )
    assert plan(text, what).text == (
        "{{Event safety contacts|team={{Event safety contact|name=User:ada|lang=en|reports=yes|decides=yes"
        "|email=ada&#64;example.org|order=1|mine=x<!-- y -->}} and friends"
        "|event=Event&#58;Learning Clinic|lang=en}}"
    ).replace("Event&#58;", "Event:")


@pytest.mark.parametrize(
    ("before", "team", "after"),
    [
        pytest.param((), (ada(), bob()), (ADA, BOB), id="into an empty list"),
        pytest.param((ADA,), (ada(), bob()), (ADA, BOB), id="behind the one before"),
        pytest.param((BOB,), (ada(), bob()), (ADA, BOB), id="before the one behind"),
        pytest.param((ADA, CEM), (ada(), bob(), cem()), (ADA, BOB, CEM), id="between two"),
        pytest.param((CEM, ADA), (ada(), bob(), cem()), (CEM, ADA, BOB), id="behind the one before, in people's order"),
        pytest.param((CEM,), (ada(), bob(), cem()), (ADA, BOB, CEM), id="two at one place"),
        pytest.param((ADA, BOB), (ada(),), (ADA,), id="the last goes"),
        pytest.param((ADA, BOB), (bob(),), (BOB,), id="the first goes"),
        pytest.param((ADA, BOB), (), (), id="all go"),
        pytest.param((ADA, CEM), (bob(),), (BOB,), id="another in the place of all"),
        pytest.param(("Our team:", ADA, "Welcome"), (bob(),), ("Our team:", BOB, "Welcome"), id="words around stay"),
        pytest.param(("To be named",), (bob(),), ("To be named", BOB), id="behind words"),
        pytest.param(
            (f"{ADA} – call her",), (ada(), bob()), (f"{ADA} – call her", BOB), id="a remark stays beside its row"
        ),
        pytest.param((ADA, ADA), (ada(),), (ADA,), id="a row that stands twice"),
        pytest.param(
            (ADA, "", "", BOB),
            (ada(), cem()),
            (ADA, CEM),
            id="blank lines",
        ),
    ],
)
def test_rows_come_and_go(before: tuple[str, ...], team: tuple[Contact, ...], after: tuple[str, ...]) -> None:
    draft = plan(listed(*before), wanted(*team))
    assert re.sub("\n+", "\n", draft.text) == listed(*after)
    assert len(draft.reasons) >= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "{{Event safety contacts|team={{Event safety contact|name=Ada}}|form=full}}",
            "{{Event safety contacts|team={{Event safety contact|name=Ada}}\nNEW\n|form=full}}",
            id="on one line",
        ),
        pytest.param(
            "{{Event safety contacts|team={{Event safety contact|name=Ada}}}}",
            "{{Event safety contacts|team={{Event safety contact|name=Ada}}\nNEW\n}}",
            id="at the end of the list",
        ),
        pytest.param(
            "{{Event safety contacts|\nteam = {{Event safety contact|name=Cem}} x\n}}",
            "{{Event safety contacts|\nteam = \nNEW\n{{Event safety contact|name=Cem}} x\n}}",
            id="before the first, which begins behind the name",
        ),
        pytest.param(
            "{{Event safety contacts|team=\nCall {{Event safety contact|name=Cem}}\n}}",
            "{{Event safety contacts|team=\nNEW\nCall {{Event safety contact|name=Cem}}\n}}",
            id="before a remark on the first",
        ),
        pytest.param(
            "{{Event safety contacts|form=full}}", "{{Event safety contacts|form=full|team=\nNEW\n}}", id="no team yet"
        ),
        pytest.param(
            "{{Event safety contacts|team=x {{Event safety contact|name=Zoe}} y}}",
            "{{Event safety contacts|team=x NEW y}}",
            id="in the place of one on one line",
        ),
    ],
)
def test_new_rows_stand_on_lines_of_their_own(text: str, expected: str) -> None:
    silent: dict[str, Any] = dict.fromkeys(
        ("event", "lang", "form", "timezone", "phase", "number", "emergency", "trust"), ""
    )
    team = [ada(), bob()] if "Cem" not in text else [bob(), cem()]
    bare = replace(wanted(*(Contact(one.name) for one in team if one.name == "Bob" or one.name in text)), **silent)
    assert plan(text, bare).text == expected.replace("NEW", "{{Event safety contact\n| name = Bob\n}}")


def test_of_two_rows_of_one_person_each_keeps_its_days() -> None:
    first, second = bob(ends=date(2026, 12, 24)), bob(begins=date(2026, 12, 25), roles=(Role.VENUE,))
    text = plan("", wanted(first, second), 0).text
    assert plan(text, wanted(second, first)) == TeamDraft(text)
    assert [contact.begins for contact, _ in read(plan(text, wanted(second)).text).rows] == [date(2026, 12, 25)]


def test_what_the_list_says_of_the_event_is_put_right() -> None:
    text = listed(ADA).replace("| phase = during\n", "").replace("number = 112", "number = 911 <!-- US -->")
    draft = plan(text, wanted(ada(), phase="after", trust="trust@wikimedia.org"))
    assert draft.text == listed(ADA).replace("= during", "= after").replace("ca&#64;", "trust&#64;").replace(
        "number = 112", "number = 112 <!-- US -->"
    )
    assert draft.reasons == ("What the list of safety contacts says of the event is put right: phase, number, trust.",)


def test_the_phase_changes_the_team() -> None:
    everybody = (ada(), bob(), Contact("Dora", phases=(Phase.AFTER,)))
    text = plan("", wanted(*(one for one in everybody if Phase.DURING in one.phases)), 0).text
    after = plan(text, wanted(*(one for one in everybody if Phase.AFTER in one.phases), phase="after"))
    assert [contact.name for contact, _ in read(after.text).rows] == ["Ada", "Dora"]
    assert after.reasons == (
        "What the list of safety contacts says of the event is put right: phase.",
        "Dora is added to the safety contacts.",
        "Bob is taken off the safety contacts: the roster does not name them for this phase.",
    )


# Private channels.


def test_a_private_channel_on_the_page_is_taken_off_and_told() -> None:
    text = listed(ADA.replace("| hours", f"| phone = {SECRET_PHONE.replace(' ', '-')}\n| hours"))
    draft = plan(text, wanted(ada()))
    assert draft.text == listed(ADA.replace("| hours", "| phone =\n| hours"))
    assert draft.notes == (
        "Line 11 shows a channel of Ada (phone) that the roster does not make public; it is taken off.",
    )


def test_a_private_channel_in_a_value_that_cannot_be_read_is_taken_off() -> None:
    text = listed(ADA.replace("| hours", f"| phone = call {SECRET_PHONE} at night\n| hours"))
    draft = plan(text, wanted(ada()))
    assert draft.text == listed(ADA.replace("| hours", "| phone =\n| hours"))
    assert not any(has_secret(note) for note in draft.notes)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(listed(ADA, f"Or {SECRET_PHONE}"), id="words between rows"),
        pytest.param(listed(ADA.replace("\n}}", f"\n| mobile = {SECRET_PHONE}\n}}}}")), id="a parameter of people's"),
    ],
)
def test_a_private_channel_elsewhere_in_the_list_is_told_with_its_line(text: str) -> None:
    draft = plan(text, wanted(ada()))
    assert (draft.text, draft.reasons) == (text, ())
    line = text[: text.index(SECRET_PHONE)].count("\n") + 1
    assert draft.notes == (
        f"Line {line} of the list of safety contacts shows a channel that the roster does not make public; take it off.",
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        pytest.param({"affiliation": f"Wikimedia India ({SECRET_PHONE})"}, "Affiliation", id="affiliation"),
        pytest.param({"training": (Training(f"By {SECRET_MAIL.upper()}"),)}, "Training", id="training"),
    ],
)
def test_free_text_that_holds_a_private_channel_of_anybody_is_kept_back(change: dict[str, object], what: str) -> None:
    draft = plan("", wanted(ada(**change), bob()), 0)
    assert not has_secret(draft.text.casefold())
    assert draft.notes == (
        f"{what} of Ada is not shown: a telephone or an address that is not public stands in it. Take it out.",
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Wikimedia X, call +91 98450 12345", id="telephone"),
        pytest.param("(0170) 123-4567", id="telephone as it is dialled at home"),
        pytest.param("٠١٧٠ ١٢٣ ٤٥٦٧", id="digits of another script"),
        pytest.param("2026 2026 2026 1", id="begins like years"),
        pytest.param("Jane.Doe@home.example", id="address"),
        pytest.param("jane (at) home.example", id="address without its sign"),
        pytest.param("jane at home dot example", id="address in words"),
    ],
)
def test_free_text_that_reaches_somebody_is_kept_back_though_no_channel_has_it(text: str) -> None:
    for change in ({"affiliation": text}, {"training": (Training(f"Safe events, {text}"),)}):
        draft = plan("", wanted(ada(**change)), 0)
        assert text not in draft.text.replace("&#43;", "+").replace("&#64;", "@")
        assert "not public stands in it" in draft.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Keeping events safe 2024–2025 (2026-01-02)", id="years and days"),
        pytest.param("WMF HR003, 24 hours", id="short numbers"),
        pytest.param("Reach me at ada@example.org", id="an address that is public"),
    ],
)
def test_free_text_that_reaches_nobody_unasked_is_shown(text: str) -> None:
    draft = plan("", wanted(ada(affiliation=text, training=(Training("HR 1", date(2026, 1, 2)),))), 0)
    assert read(draft.text).roster.contacts[0].affiliation == text
    assert draft.notes == ()


def test_what_is_private_to_somebody_of_another_time_is_not_shown_either() -> None:
    away = cem(channels=(Channel(ChannelKind.CHAT, "@cem_private"),))
    team = wanted(ada(affiliation="or @cem_private"), others=(away,))
    draft = plan("", team, 0)
    assert "private" not in draft.text
    assert "Cem" not in draft.text
    assert draft.notes[0].startswith("Affiliation of Ada is not shown")


def test_an_address_that_another_contact_makes_public_is_no_secret() -> None:
    shared = Channel(ChannelKind.EMAIL, SECRET_MAIL, public=True)
    team = wanted(bob(affiliation=f"Ask {SECRET_MAIL}"), ada(channels=(shared,)))
    draft = plan("", team, 0)
    assert (draft.text.count("hidden.example"), draft.notes) == (2, ())
    assert plan(draft.text, team) == TeamDraft(draft.text)


@pytest.mark.parametrize(
    ("channels", "mail"),
    [
        pytest.param((), "", id="none named"),
        pytest.param((Channel(ChannelKind.WIKI_MAIL), PUBLIC), "", id="named"),
        pytest.param((PUBLIC,), "no", id="only another public one named"),
        pytest.param((Channel(ChannelKind.PHONE, SECRET_PHONE),), "", id="only a private one named"),
    ],
)
def test_mail_on_the_wiki_is_refused_only_where_another_way_is_open(channels: tuple[Channel, ...], mail: str) -> None:
    [(_, call)] = read(plan("", wanted(bob(channels=channels)), 0).text).rows
    assert call.get("mail") == mail


# What people made of the page.


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{Event safety contacts|team=", id="list not closed"),
        pytest.param(listed(ADA[:-2]), id="row not closed"),
        pytest.param(listed("{{Event safety contact|name=<b>}}"), id="a name that no account can have"),
        pytest.param(listed("{{Event safety contact}}"), id="a row without a name"),
        pytest.param(listed(listed(ADA)), id="a list in a list"),
        pytest.param("{{Event safety contacts|" + ADA + "}}", id="a row beside the team"),
        pytest.param(listed(ADA) + "\n\n{{Event safety contact|name=Bob", id="a row elsewhere not closed"),
    ],
)
def test_a_list_that_cannot_be_read_is_left_alone(text: str) -> None:
    draft = plan(text, wanted(cem()), 0)
    assert (draft.text, draft.reasons) == (text, ())
    assert all(re.match(r"Line \d+ of the list of safety contacts cannot be read", note) for note in draft.notes)
    assert draft.notes


def test_the_first_of_two_lists_is_kept_true() -> None:
    text = f"{listed()}\n\n{listed(BOB)}"
    draft = plan(text, wanted(cem()))
    assert draft.text == f"{listed(CEM)}\n\n{listed(BOB)}"
    assert draft.notes == (
        "There is another list of safety contacts on line 13; it is left alone. Take one of them away.",
    )


def test_rows_in_no_list_stay_where_they_are() -> None:
    text = f"{BOB}\n\n<nowiki>{ADA}</nowiki>"
    draft = plan(text, wanted(cem()), len(text))
    assert draft.text == f"{text}\n\n{listed(CEM)}"
    assert draft.notes == ("A safety contact on line 1 stands in no list; it is left alone. Move it into the list.",)


def test_a_value_that_cannot_be_read_stays_unless_the_roster_has_another() -> None:
    text = listed(ADA.replace("09:00-18:00", "mornings"))
    kept = plan(text, wanted(ada(hours=())))
    assert (kept.text, kept.reasons) == (text, ())
    assert kept.notes[0].startswith('On line 11 of the list of safety contacts, hours is left as it is: "mornings" is')
    assert plan(text, wanted(ada())) == TeamDraft(listed(ADA), ("What the list says of Ada is put right: hours.",))


def test_taking_a_row_away_makes_no_other_row_of_what_stands_around_it() -> None:
    text = listed("{{Event safety {{Event safety contact|name=Zoe}}contact|name=Ada}}")
    assert plan(text, wanted()).text == listed("{{Event safety <nowiki/>contact|name=Ada}}")


def test_a_contact_whose_name_no_account_can_have_is_not_written() -> None:
    for name in ("A|B", "Ada}}", "", "10.0.0.1", "\u3164x"):
        draft = plan(listed(CEM), wanted(cem(), Contact(name)))
        assert draft.text == listed(CEM)
        assert draft.notes == (
            "One of the contacts has a name that no account can have and cannot be shown; correct the roster.",
        )


def test_a_page_is_planned_for_as_it_stands() -> None:
    text = f"a \r\n{listed(ADA)}\t\n"
    assert contacts.next_text(text, META, wanted(ada()), None).text == text


def test_a_list_that_would_grow_too_large_to_be_read_is_left_alone() -> None:
    text = f"{{{{Event safety contacts{'|x=1' * 995}|team=}}}}"
    draft = plan(text, wanted(cem()))
    assert (draft.text, draft.reasons) == (text, ())
    assert draft.notes[-1].startswith("The list of safety contacts is left alone")
    assert plan(text.replace("|x=1" * 9, "", 1), wanted(cem())).reasons[1:] == ("Cem is added to the safety contacts.",)


def test_of_many_rows_in_no_list_not_all_are_told() -> None:
    assert len(plan("{{Event safety contact}}\n" * 500, wanted(cem()), 0).notes) == 20


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<translate>\n<!--T:1-->\n{}\n</translate>\n", id="in a unit"),
        pytest.param("<translate>\nHello\n\n{}\n", id="behind a tag that is never closed"),
    ],
)
def test_a_list_in_text_for_translation_is_left_alone(text: str) -> None:
    page = text.format(listed(ADA))
    draft = plan(page, wanted(ada(), bob()))
    assert (draft.text, draft.reasons) == (page.rstrip(), ())
    assert "marked for translation" in draft.notes[-1]
