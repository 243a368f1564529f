"""The messages on a real wiki: every language shows its own, arguments stay what they are, and the limits are far off."""

from __future__ import annotations

import importlib.util
import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from bot.onwiki import message_pages, messages
from bot.onwiki.messages import Catalogue
from tests.onwiki.calls import HOSTILE, written
from tests.onwiki.shown import Shown
from tests.sandbox.sandbox import Sandbox

SCRIPT = Path(__file__).parents[2] / "scripts/make_languages.py"
CALL = "Event safety/i18n"
KEYS = tuple(messages.catalogue().messages["en"])
# What a page may use of each of the parser's limits when it has the notice, a large team and the checklist.
SHARE = 0.25
TEAM = 12

each_language = pytest.mark.parametrize("code", messages.languages())


@pytest.fixture(scope="module")
def shown(wiki: Sandbox) -> Shown:
    wiki.reset()
    return Shown(wiki)


def say(language: str, *values: str) -> str:
    return f"{{{{{CALL}|lang={language}|{'|'.join(values)}}}}}"


def said(shown: Shown, *calls: str) -> list[str]:
    """The text that each of some calls shows; MediaWiki sets no-break spaces before French marks by itself."""
    shows = shown.show("".join(f"<div>{call}</div>\n" for call in calls)).all("div")
    return [element.text.replace("\u00a0", " ") for element in shows]


# --- the data


def test_fallbacks_and_directions_are_those_of_mediawiki(wiki: Sandbox) -> None:
    spec = importlib.util.spec_from_file_location("make_languages", SCRIPT)
    assert spec
    assert spec.loader
    script: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    committed = (resources.files("bot.onwiki") / "data" / "languages.json").read_text("utf-8")
    ours, theirs = json.loads(committed), script.document(wiki.url)
    # The patch level of the wiki may differ, the facts may not.
    assert ours.pop("source").split(".")[:2] == theirs.pop("source").split(".")[:2]
    assert ours == theirs


# --- what is shown


@each_language
def test_every_message_of_every_language_is_shown_as_it_is_written(shown: Shown, code: str) -> None:
    expected = [messages.text(code, key, "A-1", "2026") for key in KEYS]
    assert said(shown, *(say(code, key, "A-1", "2026") for key in KEYS)) == expected


@each_language
def test_every_language_says_which_it_is(shown: Shown, code: str) -> None:
    calls = [say(code, key, group) for group in messages.GROUPS for key in ("@lang", "@dir")]
    assert said(shown, *calls) == [code, messages.direction(code)] * len(messages.GROUPS)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        pytest.param("de-at", "de", id="a fallback"),
        pytest.param("zh", "zh-hans", id="the first of many"),
        pytest.param("zh-hk", "zh-hant", id="traditional"),
        pytest.param("PT-BR", "pt-br", id="capitals"),
        pytest.param(" fr ", "fr", id="blanks"),
        pytest.param("ja", "en", id="not translated"),
        pytest.param("xx", "en", id="unknown"),
        pytest.param("", "en", id="empty"),
        pytest.param("/../x", "en", id="a path"),
        pytest.param("[[x]]", "en", id="markup"),
        pytest.param("#default", "en", id="the page's own word"),
    ],
)
def test_the_language_that_is_found(shown: Shown, language: str, code: str) -> None:
    keys = ("notice-title", "contacts-title", "checklist-title")
    found = said(shown, say(language, "@lang", "notice"), *(say(language, key) for key in keys))
    assert found == [code, *(messages.text(code, key) for key in keys)]
    assert messages.chosen(language, "notice") == code


def test_without_a_language_it_is_english(shown: Shown) -> None:
    assert said(shown, f"{{{{{CALL}|notice-title}}}}") == ["Keeping this event safe"]


@pytest.mark.parametrize("key", ["notice-unheard", "", "Notice-title"])
def test_an_unknown_key_is_seen_to_be_one(shown: Shown, key: str) -> None:
    assert said(shown, say("de", key)) == [f"⧼{key}⧽"]


# --- arguments


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_argument_is_text(shown: Shown, value: str) -> None:
    plain = shown.show(f"<div>{say('ar', 'contacts-from-until', 'x', 'y')}</div>")
    root = shown.show(f"<div>{say('ar', 'contacts-from-until', written(value), written(value))}</div>")
    assert root.skeleton() == plain.skeleton()
    assert root.all("div")[0].text == messages.text("ar", "contacts-from-until", value, value)


def test_an_argument_may_be_a_link_and_is_not_read_for_arguments(shown: Shown) -> None:
    call = say("en", "contacts-from-until", "2=[[Main Page|<bdi>$2</bdi>]]", "3={{lc:A}}=$1")
    root = shown.show(f"<div>{call}</div>")
    assert root.all("div")[0].text == "$2 to a=$1"
    assert [link.text for link in root.all("a")] == ["$2"]


def test_a_missing_argument_is_empty(shown: Shown) -> None:
    assert said(shown, say("de", "contacts-from-until", "A")) == ["A bis"]


# --- half translated


def test_a_notice_is_never_shown_half_translated(shown: Shown, wiki: Sandbox) -> None:
    ours = messages.catalogue()
    lacking = {key: text for key, text in ours.messages["ar"].items() if key != "reminder-done"}
    half = Catalogue({**ours.messages, "arz": lacking}, {**ours.chains, "arz": ("fr",)}, ours.rtl)
    with wiki.world.batch():
        for title, text in message_pages.of(half).items():
            wiki.world.page(title.replace("i18n", "half"), text.replace(f"{CALL}/", "Event safety/half/"))
    calls = [
        *(say("arz", "@lang", group) for group in messages.GROUPS),
        *(say("arz", "@dir", group) for group in messages.GROUPS),
        *(say("arz", key) for key in ("notice-title", "policy-ucoc", "reminder-done", "contacts-title")),
    ]
    assert said(shown, *(call.replace(CALL, "Event safety/half") for call in calls)) == [
        *("fr", "fr", "arz", "arz"),
        *("ltr", "ltr", "rtl", "rtl"),
        *(messages.text("fr", key) for key in ("notice-title", "policy-ucoc", "reminder-done")),
        messages.text("ar", "contacts-title"),
    ]


# --- limits


def template(name: str, values: dict[str, str]) -> str:
    return "\n".join([f"{{{{{name}", *(f"| {key} = {value}" for key, value in values.items()), "}}"])


def everything(language: str) -> str:
    """A page with a notice, a team of twelve and the checklist, every parameter in use."""
    common = {"event": "Event:Learning Clinic", "lang": language, "number": "112", "emergency": "a&#64;b.example"}
    names = [f"Contact number {number} {'W' * 40}" for number in range(1, TEAM + 1)]
    policy = "foundation:Special:MyLanguage/Policy:Universal Code of Conduct"
    notice = {
        **common,
        **dict.fromkeys(("ucoc", "friendly", "technical", "own"), policy),
        **{f"contact {number}": name for number, name in enumerate(names[:6], 1)},
        "version": "1",
        "public": "Event talk:Learning Clinic",
        "contacts": "Event:Learning Clinic#contacts",
    }
    row = {
        "lang": language,
        "email": "a&#64;b.example",
        "phone": "+91 1 234",
        "chat": "a&#58;b",
        "mail": "yes",
        **dict.fromkeys(("reports", "on site", "decides", "removes", "venue"), "yes"),
        **{f"language {number}": code for number, code in enumerate(("en", "hi", "bn", "ar", "fr", "sw"), 1)},
        "hours": "2026-12-24 09:00-18:00; 09:00-18:00",
        "phases": "before, during, after",
        "from": "2026-12-01",
        "until": "2027-01-31",
        "training": "Keeping events safe (2026-01-02)",
        "affiliation": "Elsewhere",
    }
    rows = (
        template("Event safety contact", {"name": name, **row, "order": str(order)})
        for order, name in enumerate(names, 1)
    )
    contacts = {
        **common,
        "form": "full",
        "timezone": "Asia/Kolkata",
        "phase": "during",
        "trust": "c&#64;b.example",
        "team": "\n" + "\n".join(rows),
    }
    items = (key.removeprefix("item-") for key in KEYS if key.startswith("item-"))
    checklist = {**common, "updated": "2026-12-24", **dict.fromkeys(items, "missing")}
    return "\n\n".join(
        [
            template("Event safety notice", notice),
            template("Event safety contacts", contacts),
            template("Event safety checklist", checklist),
        ]
    )


@pytest.mark.parametrize("language", ["en", "bn", "zh-tw"])
def test_a_page_with_everything_stays_far_below_the_limits_of_the_parser(shown: Shown, language: str) -> None:
    page = shown.client.api(
        action="parse",
        text=everything(language),
        contentmodel="wikitext",
        prop="text|limitreportdata|parsewarnings",
    )["parse"]
    for key in ("notice-title", "contacts-title", "checklist-title", "role-venue", "item-quiet-room"):
        assert messages.text(language, key) in page["text"]
    assert page["text"].count(messages.text(language, "role-removes")) == TEAM
    assert "⧼" not in page["text"]
    assert page["parsewarnings"] == []
    limits = ("ppvisitednodes", "postexpandincludesize", "templateargumentsize", "expansiondepth")
    report = {row["name"].removeprefix("limitreport-"): row for row in page["limitreportdata"]}
    shares = {name: report[name]["0"] / report[name]["1"] for name in limits}
    assert all(0 < share < SHARE for share in shares.values()), shares
    assert report["expensivefunctioncount"]["0"] == 0
