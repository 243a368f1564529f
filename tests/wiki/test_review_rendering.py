"""What a reader sees of a review page that the bot saved: every name and title is text, whatever it is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot import escape
from tests.onwiki.elements import Element, blocks, links, tree
from tests.sandbox.sandbox import Sandbox
from tests.sandbox.seed import HOSTILE_NAMES
from tests.wiki.client import Client
from tests.wiki.reviewing import Reviewing

NAMES = (
    *HOSTILE_NAMES,
    *("Plain Name", "=", "Plus = Sign", "R&D *stars* - ; )", "\"Quoted\" \\ 'apostrophe'", "!important! ~ tilde ~~"),
    *(
        "RFC 1 PMID 2 ISBN 0-306-40615-2",
        "NOTOC TOC",
        "100% %s",
        "مرحبا בעולם (1)",
        "Ünïcödé ﷽",
        "-(zh)-",
    ),
    *("$wgServer && $1", "Star * in * line", "Percent % 41", "+1 = 2 - 1", "Tab;semicolon, comma. full?"),
)
TITLES = (
    pytest.param("Event:It's ''two'' & '''three'''", id="apostrophes"),
    pytest.param('Event:"Quoted" = * ! ~ ~~ ; $1 (x)', id="signs"),
    pytest.param("Event:* list = value & more", id="a line's beginning"),
    pytest.param("Event:NOTOC and NOINDEX", id="words of magic words"),
    pytest.param("Event:RFC 1 ISBN 0-306-40615-2", id="magic links"),
    pytest.param("Event:-- ---- ==Heading==", id="a rule and a heading"),
    pytest.param("Event:ورشة عمل (1) סדנה", id="right to left"),
    pytest.param("Event:100% %s 50%-off \\n", id="percent"),
    pytest.param("Event:R&D &c. AT&T", id="ampersands"),
    pytest.param("Event:" + "Wide 幅 " * 18 + "end", id="long"),
    pytest.param("Event:Sub/Page/Three", id="subpages"),
    pytest.param("User talk:Other", id="a talk page of a person"),
    pytest.param("Category:Meetups", id="a category"),
    pytest.param("Template:Meetup", id="a template"),
)
PLAIN = "Tin Whistle Fen"


@pytest.fixture(scope="module")
def review(wiki: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Reviewing:
    """A wiki with the templates, as the bot installs them; each test opens an event of its own."""
    wiki.reset()
    reviewing = Reviewing(wiki, tmp_path_factory.mktemp("reviewing"))
    reviewing.apply(reviewing.plan("templates", "install"))
    return reviewing


@pytest.fixture(scope="module")
def plain(review: Reviewing) -> Element:
    """A page about an event with an ordinary title and one ordinary person."""
    review.event = "Event:Plain"
    review.open(PLAIN)
    review.apply(review.plan())
    return tree(parsed(review)["text"])


def parsed(review: Reviewing) -> Any:
    """What the wiki makes of the saved page."""
    props = "text|links|templates|categories|externallinks|images|langlinks|sections|properties|parsewarnings"
    how = {"disablelimitreport": 1, "disableeditsection": 1, "wrapoutputclass": ""}
    return Client(review.wiki.url).api(action="parse", page=review.title, prop=props, **how)["parse"]


def shape(element: Element) -> list[object]:
    """The elements in it with their attributes, but for those that say which flag and which address it is."""
    own = {"id", "href", "aria-labelledby", "data-event-safety-facts"}
    attributes = sorted((k, v) for k, v in element.attributes.items() if k not in own)
    inner = [part for child in element.elements for part in shape(child)]
    return [(element.name, attributes, sorted(own & set(element.attributes))), *inner, f"/{element.name}"]


def flags(root: Element) -> list[Element]:
    return [block for block in blocks(root) if "data-event-safety-facts" in block.attributes]


def facts(row: Element) -> dict[str, str]:
    (table,) = row.all("table")
    return {line.all("th")[0].text: line.all("td")[0].text.strip() for line in table.all("tr")}


def named(row: Element) -> str:
    [name] = [span for span in row.all("span") if (span.attributes.get("id") or "").endswith("-name")]
    return name.text


def harmless(review: Reviewing, page: Any) -> None:
    """Check that the page leads to nobody, belongs nowhere, and is kept from search engines."""
    assert {link["ns"] for link in page["links"]} <= {10}
    assert all(link["exists"] for link in page["links"])
    assert [template["title"] for template in page["templates"] if not template["exists"]] == []
    assert {category["category"] for category in page["categories"]} <= {"Noindexed_pages"}
    assert page["images"] == page["langlinks"] == page["sections"] == page["parsewarnings"] == []
    [found] = Client(review.wiki.url).api(action="query", prop="pageprops", titles=review.title)["query"]["pages"]
    assert set(found["pageprops"]) == {"noindex"}
    shown = tree(page["text"])
    assert all(
        not shown.all(name) for name in ("script", "img", "iframe", "form", "input", "h2", "ul", "ol", "hr", "pre")
    )


def accounts_of(root: Element) -> list[str]:
    """Whose central account each flag links."""
    found = []
    for row in flags(root):
        href = links(row)[0][0] or ""
        title = parse_qs(urlsplit(href).query, keep_blank_values=True)["title"][0]
        found.append(title.removeprefix("Special:CentralAuth/").replace("_", " "))
    return found


def test_names_of_every_kind_are_text(review: Reviewing, plain: Element) -> None:
    names = list(dict.fromkeys((PLAIN, *NAMES)))
    review.event = "Event:Names"
    review.open(*names)
    with review.world.batch():
        for name in names[1:]:
            review.world.lock(name)
    review.apply(review.plan())
    page = parsed(review)
    root = tree(page["text"])
    rows = flags(root)
    assert sorted(map(named, rows)) == sorted(map(escape.terminal, names))
    assert [named(row) for row in rows if shape(row) != shape(flags(plain)[0])] == []
    assert sorted(accounts_of(root)) == sorted(names)
    assert [block.name for block in blocks(root)] == ["div", "p", *["div"] * len(rows)]
    assert {facts(row)["Finding"].partition(",")[0] for row in rows} == {"Global lock (a lock alone is not a ban)"}
    harmless(review, page)
    assert review.plan().edits == []


def test_names_from_a_sign_up_page_are_text(review: Reviewing) -> None:
    names = ["It's ''me''", '"Quoted" = *', "!Important ~ & more", "مرحبا בעולם", "RFC 1", "Star * * *"]
    review.event = "Meetup/Names"
    review.world.accounts(names)
    lines = "\n".join(f"# [[User:{name}|x]]" for name in (PLAIN, *names))
    review.world.page(review.event, f"== Participants ==\n{lines}\n")
    with review.world.batch():
        for name in names:
            review.world.block(name)
    review.apply(review.plan())
    page = parsed(review)
    rows = flags(tree(page["text"]))
    assert sorted(map(named, rows)) == sorted((PLAIN, *names))
    blocked = [row for row in rows if named(row) != PLAIN]
    assert len({str(shape(row)) for row in blocked}) == 1
    harmless(review, page)


@pytest.mark.parametrize("title", TITLES)
def test_the_title_of_an_event_is_text(review: Reviewing, plain: Element, title: str) -> None:
    review.event = title
    review.open(PLAIN)
    review.apply(review.plan("plan", f"#{review.id}"))
    page = parsed(review)
    root = tree(page["text"])
    assert list(map(shape, blocks(root))) == list(map(shape, blocks(plain)))
    [row] = flags(root)
    assert facts(row)["Event"] == f"{title}, 2026-12-05"
    assert f"Event safety review: {title}" in blocks(root)[0].text
    [href] = [href or "" for href, text in links(root) if text == title]
    assert unquote(urlsplit(href).path).removeprefix("/wiki/").replace("_", " ") == title
    harmless(review, page)
    assert review.plan("plan", f"#{review.id}").edits == []


def test_what_a_list_says_is_text(wiki: Sandbox, tmp_path: Path, review: Reviewing) -> None:
    person = "Listed Lou"
    review.world.accounts([person])
    since = "{{Evil}} [[User:Other]] '''May''' <b>2015</b> | status = handled"
    review.world.page(
        "Our '''own''' list & more = *",
        f"{{{{div col}}}}\n* [[User:{person}]], since 12 May 2015 {since}\n{{{{div col end}}}}",
    )
    review = Reviewing(wiki, tmp_path)
    review.event = "Event:Listed"
    review.command.set("lists = [{id = \"own\", title = \"Our '''own''' list & more = *\", authority = \"us\"}]")
    review.open(person)
    review.apply(review.plan())
    page = parsed(review)
    [row] = flags(tree(page["text"]))
    assert facts(row)["Source"] == "Our '''own''' list & more = *"
    assert len(links(row)) == 2
    harmless(review, page)


def test_decided_rows_and_settled_lines_render(review: Reviewing) -> None:
    review.event = "Event:Decided"
    review.open("Sour Almanac", PLAIN, "Copper Ferret")
    review.apply(review.plan())
    review.decide("Sour Almanac", "handled", "Told them by mail.")
    review.decide(PLAIN, "confirmed", "* one\n* two")
    review.decide("Copper Ferret", "confirmed", user="Other")
    review.update()
    page = parsed(review)
    root = tree(page["text"])
    text = root.text
    assert "Status: confirmed" in text
    assert "has left this page. Status: handled (the edit that decided)" in text
    assert "Not counted" in text
    special = {href for href, _ in links(root) if href and "Special:Diff" in href}
    assert len(special) == 3
    assert {link["ns"] for link in page["links"]} == {10}
    assert "noindex" in page["properties"]
