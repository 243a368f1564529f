import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.model import CheckResult, Evidence, Severity, Tier
from bot.render import html
from tests.render import made_up
from tests.render.hostile import texts

VOID = {"meta", "img", "link", "br", "hr", "input"}
CSS = Path(html.__file__).with_name("report.css").read_text(encoding="utf-8")


class Outline(HTMLParser):
    """Elements with their attributes in order, balanced or not, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.comments: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def tags(self, *names: str) -> list[dict[str, str | None]]:
        return [dict(attrs) for tag, attrs in self.elements if tag in names]


PAGE = Outline(html.check(made_up.RESULT))


@settings(max_examples=100, deadline=None)
@given(texts)
def test_hostile_words_add_no_element_and_no_attribute(text: str) -> None:
    def word(_: str) -> str:
        return text or "x"

    def structure(page: Outline) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
        return [one for one in page.elements if one[0] != "bdi"]  # one for each place where the sentence names somebody

    hostile, tame = Outline(html.check(made_up.result(word))), Outline(html.check(made_up.result(lambda _: "tame")))
    assert structure(hostile) == structure(tame)
    assert not hostile.open
    assert not hostile.comments


@settings(max_examples=60, deadline=None)
@given(texts)
def test_the_page_holds_no_control_character_and_can_be_saved(text: str) -> None:
    page = html.check(made_up.result(lambda _: text))
    page.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", page)


def test_an_address_that_is_no_web_address_becomes_no_link() -> None:
    evidence = Evidence("a", Tier.IDENTICAL, Severity.LOCK, "A", "A", "log 1", "text", url="javascript:alert(1)")
    result = made_up.result()
    flagged = replace(result.judged[0], evidence=(evidence,))
    page = Outline(html.check(replace(result, judged=(flagged,))))
    assert not [a for a in page.tags("a") if "javascript" in str(a["href"])]


def test_the_page_needs_nothing_from_anywhere() -> None:
    assert not PAGE.tags("script", "img", "link", "iframe", "object", "embed", "form", "base")
    assert not re.search(r"url\(|@import", CSS)
    assert any("default-src 'none'" in str(meta.get("content")) for meta in PAGE.tags("meta"))


def test_language_title_skip_link_and_landmarks() -> None:
    assert PAGE.tags("html") == [{"lang": "en", "dir": "ltr"}]
    assert len(PAGE.tags("title")) == len(PAGE.tags("main")) == len(PAGE.tags("h1")) == 1
    first_link = PAGE.tags("a")[0]
    assert first_link["href"] == f"#{PAGE.tags('main')[0]['id']}"


@pytest.mark.parametrize("result", [made_up.RESULT, made_up.BAD_DAY, made_up.EMPTY])
def test_headings_skip_no_level_and_ids_are_unique(result: CheckResult) -> None:
    page = Outline(html.check(result))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [dict(attrs)["id"] for _, attrs in page.elements if "id" in dict(attrs)]
    assert len(ids) == len(set(ids))
    labelled = [section["aria-labelledby"] for section in page.tags("section")]
    assert set(labelled) <= set(ids)


def test_every_table_has_a_caption_and_every_heading_cell_a_scope() -> None:
    assert len(PAGE.tags("table")) == len(PAGE.tags("caption")) == 4
    assert all(cell.get("scope") in {"row", "col"} for cell in PAGE.tags("th"))


def test_every_name_is_isolated_so_that_its_direction_stays_its_own() -> None:
    page = html.check(made_up.RESULT)
    assert page.count("محمد الميناء") == page.count("<bdi>محمد الميناء</bdi>") > 1


def test_a_verdict_is_a_word_and_not_a_colour_only() -> None:
    words = [text.strip() for text in PAGE.text]
    assert words.count("FLAG") == 3
    assert words.count("REVIEW") == 2


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("scheme", "palette"), list(enumerate(re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2])))
def test_contrast_is_enough_in_light_and_dark(scheme: int, palette: str) -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", palette))
    for back in ("paper", "band"):
        for front in ("ink", "quiet", "link", "flag", "review", "unknown", "clear"):
            light, dark = sorted((luminance(colours[back]), luminance(colours[front])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (scheme, back, front)


@pytest.mark.parametrize(
    ("left", "right", "text", "cut"),
    [
        pytest.param("A", "B", "A is B.", [("A", True), (" is ", False), ("B", True), (".", False)], id="both names"),
        pytest.param("Ann", "Anna", '"Anna"', [('"', False), ("Anna", True), ('"', False)], id="the longer name first"),
        pytest.param("a.b", "a.b", "axb a.b", [("axb ", False), ("a.b", True)], id="no pattern"),
        pytest.param("", "", "text", [("text", False)], id="no names"),
    ],
)
def test_a_sentence_is_cut_at_its_names(left: str, right: str, text: str, cut: list[tuple[str, bool]]) -> None:
    evidence = Evidence("s", Tier.IDENTICAL, Severity.LOCK, left, right, "log 1", text)
    assert html.pieces(evidence) == cut
