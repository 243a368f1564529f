"""Links, templates, addresses and handles are found, with whose they are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.match.units import fold_key
from bot.private.anonymize_marks import claims, pages, users

KNOWN = {fold_key(name): number for number, name in enumerate(["Ada", "Foo Bar", "ada@x.org", "192.0.2.9"])}


def owners(name: str) -> frozenset[int]:
    number = KNOWN.get(fold_key(name))
    return frozenset() if number is None else frozenset([number])


def marked(text: str) -> str:
    """Return the text with claims of the first rank in place: "<0>" for Ada."""
    pieces, at = [], 0
    for claim in sorted(claims(text, owners), key=lambda claim: (claim.start, claim.rank, -claim.end)):
        if claim.start >= at:
            shown = claim.shown or "".join(f"<{number}>" for number in sorted(claim.owners))
            pieces += [text[at : claim.start], shown]
            at = claim.end
    return "".join(pieces) + text[at:]


@pytest.mark.parametrize(
    ("text", "public"),
    [
        pytest.param("[[User:Ada]]", "<0>", id="link"),
        pytest.param("[[user_talk:ada/Archive#x|my friend]]", "<0>", id="talk page, subpage, label"),
        pytest.param("[[:m:User:Ada|A]] [[w:de:Benutzerin:Ada]]", "<0> <0>", id="interwiki"),
        pytest.param("[[Участник:Foo Bar|х]] [[使用者:Foo Bar]]", "<1> <1>", id="namespaces of other languages"),
        pytest.param("[[Special:Contributions/Ada]] [[Spezial:Beiträge/Ada]]", "<0> <0>", id="contributions"),
        pytest.param("[[Special:Diff/12/13|diff]] [[Spezial:Permalink/77]]", "[link] [link]", id="revisions"),
        pytest.param("[[File:Ada at dinner.jpg|thumb|Ada]]", "[picture]", id="picture"),
        pytest.param("[[User:Stranger]]", "[link]", id="nobody we know"),
        pytest.param("[[Special:Contributions/192.0.2.1]]", "[IP address]", id="address as a user"),
        pytest.param("[[Special:Contributions/192.0.2.9]]", "<3>", id="address that is known"),
        pytest.param("[[Friendly space policy|policy]]", "[[Friendly space policy|policy]]", id="a page stays"),
        pytest.param("{{u|Ada}} {{User:Ada}}", "<0> {{User:Ada}}", id="template for a user"),
        pytest.param("{{ping|Ada|Foo Bar}}", "<0><1>", id="ping"),
        pytest.param("{{ping|Ada|Stranger}}", "[link]", id="ping of somebody else too"),
        pytest.param("{{diff|Page|1|2}}", "[link]", id="template of a revision"),
        pytest.param("a <!-- Ada did it --> b", "a  b", id="comment"),
        pytest.param("see https://meta.wikimedia.org/wiki/User:Ada.", "see <0>.", id="address of a user page"),
        pytest.param("https://de.wikipedia.org/w/index.php?title=Benutzer:Ada&action=edit", "<0>", id="query"),
        pytest.param("https://meta.wikimedia.org/wiki/Special:Diff/1", "[link]", id="address of a revision"),
        pytest.param("[https://x.org/1 my story]", "[link] my story", id="labelled"),
        pytest.param("https://meta.wikimedia.org/wiki/Policy", "https://meta.wikimedia.org/wiki/Policy", id="page"),
        pytest.param("https://meta.wikimedia.org/wiki/Talk:X#Ada", "[link]", id="section"),
        pytest.param("t.me/ada and www.x.org/ada, facebook.com/ada.b", "[link] and [link], [link]", id="no scheme"),
        pytest.param("mailto:ada@x.org", "<2>", id="mailto"),
        pytest.param("bob.b+z@mail.example.co.uk", "[e-mail address]", id="e-mail"),
        pytest.param("bob (at) example (dot) org", "[e-mail address]", id="e-mail in disguise"),
        pytest.param("bob at example dot org", "[e-mail address]", id="e-mail in words"),
        pytest.param("@ada and @stranger.x", "<0> and [handle]", id="handles"),
        pytest.param("@a@social.example, u/some_one, one#1234", "[handle], [handle], [handle]", id="networks"),
        pytest.param("192.0.2.17, 2001:db8::1 and ~2026-12-3", "[IP address], [IP address] and [temporary account]", id="IP"),
        pytest.param(":: indented, 12:30, a::b", ":: indented, 12:30, a::b", id="colons are no address"),
        pytest.param("oldid=123456, T123456, ticket #20261234", "[number], [number], [number]", id="numbers of logs"),
        pytest.param("WeChat: wxming_88, 微信号：a_b", "WeChat: [handle], 微信号：[handle]", id="networks in words"),
        pytest.param("Signal foo.42, tomh_pt on IRC", "Signal [handle], [handle] on IRC", id="network before and behind"),
        pytest.param("a telegram came, the line is long", "a telegram came, the line is long", id="no network"),
        pytest.param("bob at example.com, met at night.", "[e-mail address], met at night.", id="e-mail, at in words"),
        pytest.param("see example.org/~bob", "see [link]", id="home page"),
        pytest.param("<ada> hi", "<<0>> hi", id="chat"),
        pytest.param("[12:30] ada: hi", "[12:30] <0>: hi", id="chat with times"),
        pytest.param("<ref name=x>ada</ref>", "<ref name=x>ada</ref>", id="tags"),
    ],
)  # fmt: skip
def test_claims(text: str, public: str) -> None:
    assert marked(text) == public


def test_users_are_told_once_each() -> None:
    found = users(
        "[[User:Ada|x]] [[User talk:ada]] {{u|Foo}} https://meta.wikimedia.org/wiki/User:Baz\n<nick> a\n<br> b"
    )
    assert (sorted(found.accounts), found.nicks) == (["Ada", "Baz", "Foo"], ("nick",))


def test_pages_that_may_stay() -> None:
    text = "https://meta.wikimedia.org/wiki/Policy https://meta.wikimedia.org/wiki/Special:Log https://x.org/wiki/P"
    assert [text[start:end] for start, end in pages(text)] == ["https://meta.wikimedia.org/wiki/Policy"]


@given(st.text(alphabet=st.sampled_from("[]{}|:/@<>#.~ab1 \nUser:"), max_size=80))
def test_any_markup_is_taken(text: str) -> None:
    for claim in claims(text, owners):
        assert 0 <= claim.start <= claim.end <= len(text)
    users(text)


@pytest.mark.parametrize("piece", ["x", "a.b.", "a'", "1-", "%41", "[[", "{{", "::", "http://"])
def test_long_runs_are_gone_through_once(piece: str) -> None:
    began = time.perf_counter()
    list(claims(piece * (20_000 // len(piece)), owners))
    assert time.perf_counter() - began < 4  # a minute and more where every place is tried to the end
