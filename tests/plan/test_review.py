"""The next text of a review page: what is left alone, and what is rewritten, with a summary that says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.model import Severity
from bot.parse.sites import META
from bot.plan import review
from bot.plan.decisions import Decisions
from bot.plan.flags import Flag
from bot.plan.wanted import Present, Wanted
from tests.plan.review_pages import Wiki, absent, flag, made, wanted

ADA, BEA, CLEO = flag(1), flag(2, severity=Severity.GLOBAL_BLOCK), flag(3, severity=Severity.BAN)

FIRST = """\
{{Event safety review
| event = Event:Learning Clinic
| registration = 12
| start = 2026-12-24
| unchecked = global-lock: 3; private: 9
| not counted =
| stop = User:TestBot/Run
}}
__NOINDEX__

{{Event safety flag
| id = flag00001
| name = Ashen Courier
| account = https://meta.example.org/wiki/Special:CentralAuth/flag00001
| severity = ban
| source = WMF Global Ban Policy/List
| link = https://meta.example.org/w/index.php?title=WMF_Global_Ban_Policy/List&oldid=2
| since = 12 May 2015
| until = 2030-01-02 03:04 UTC
| listed = Old name
| event = Event:Learning Clinic
| date = 2026-12-24
| facts = 3f2a9c01d4e8
| reopened =
| status = open
| comment =
}}

{{Event safety flag
| id = flag00002
| name = Person 2
| account = https://meta.example.org/wiki/Special:CentralAuth/flag00002
| severity = lock
| source = global-lock
| link = https://meta.example.org/w/index.php?title=Special:Log&logid=2
| since = 2026-01-02 03:04 UTC
| until =
| listed =
| event = Event:Learning Clinic
| date = 2026-12-24
| facts = facts2
| reopened =
| status = open
| comment =
}}"""


def test_the_first_page() -> None:
    listed = flag(
        name="Ashen Courier",
        severity=Severity.BAN,
        label="WMF Global Ban Policy/List",
        url="https://meta.example.org/w/index.php?title=WMF_Global_Ban_Policy/List&oldid=2",
        since="12 May 2015",
        until="2030-01-02T03:04:05Z",
        listed="Old name",
        facts="3f2a9c01d4e8",
    )
    page = Wiki().run(wanted(flag(2), listed, unchecked={"global-lock": 3, "private": 9}))
    assert page.text == FIRST
    assert page.summary == "Event review: 2 added"
    assert page.reasons[1] == 'The flag flag00001: "Ashen Courier" (WMF Global Ban Policy/List, log 1).'
    assert page.notes == ()


@pytest.mark.parametrize("text", [None, ""], ids=["no page", "a page that somebody emptied"])
def test_where_nothing_is_to_be_told_no_page_is_begun(text: str | None) -> None:
    page = review.next_page(text, META, wanted(unchecked={"account": 3}), Decisions({}, {}, ()))
    assert (page.text, page.summary, page.reasons) == ("", "", ())


def test_an_emptied_page_is_filled_when_there_is_something_to_tell() -> None:
    emptied = made(ADA).save("Nora", "")
    emptied.run(wanted(ADA))
    assert emptied.text == made(ADA).text


def test_what_there_is_no_address_for_is_left_empty() -> None:
    wiki = Wiki()
    wiki.run(wanted(replace(ADA, url="javascript:alert(1)"), account_urls={}))
    [row] = wiki.page.rows
    assert (row.call.get("link"), row.call.get("account")) == ("", "")


def statuses(wiki: Wiki) -> dict[str, str]:
    return {row.id: row.status for row in wiki.page.rows}


def ids(wiki: Wiki) -> list[str]:
    return [row.id for row in wiki.page.rows]


def decided(status: str, user: str | None = "Rita", comment: str = "") -> Wiki:
    """Return a page on which somebody set the status of its flag, ADA."""
    wiki = made(ADA)
    assert wiki.text is not None
    text = wiki.text.replace("status = open", f"status = {status}")
    return wiki.save(user, text.replace("comment =", f"comment = {comment}"))


def two() -> Wiki:
    return made(ADA, BEA)


def turned() -> Wiki:
    """Return a page on which somebody turned the order of two rows and wrote between them."""
    wiki = two()
    assert wiki.text is not None
    head, first, second = wiki.text.split("\n\n")
    return wiki.save("Nora", f"{head}\n\nI begin with Bea. --Nora\n\n{second}\n:Why? --Rob\n\n{first}\n\nThe end.")


def settled() -> Wiki:
    """Return a page that Ada's flag has left."""
    wiki = decided("handled")
    wiki.run(wanted(ADA))
    return wiki


def spelt(old: str, new: str) -> Callable[[], Wiki]:
    return lambda: made(ADA).put("Nora", old, new)


ONE_LINE = (
    "{{event_safety flag|comment=|status=|id=flag00001|name=Person 1|severity=lock|source=global-lock"
    "|event=Event:Learning Clinic|date=2026-12-24|facts=facts1|mine=x}}"
)


def one_line() -> Wiki:
    wiki = made(ADA)
    assert wiki.text is not None
    return wiki.save("Nora", wiki.text[: wiki.text.index("{{Event safety flag")] + ONE_LINE)


@pytest.mark.parametrize(
    ("begin", "world"),
    [
        pytest.param(lambda: made(ADA), wanted(ADA), id="nothing changed"),
        pytest.param(two, wanted(BEA, ADA), id="the flags come in another order"),
        pytest.param(turned, wanted(ADA, BEA), id="people turned rows and wrote between them"),
        pytest.param(one_line, wanted(ADA), id="people wrote a row anew, with parameters of their own"),
        pytest.param(spelt("| name = Person 1", "| name   =  Person&#32;1"), wanted(ADA), id="spelt otherwise"),
        pytest.param(spelt("{{Event safety flag", "<!-- x -->{{Event safety flag"), wanted(ADA), id="a comment"),
        pytest.param(spelt("| comment =", "| comment = See [[X|y]] {{z}}"), wanted(ADA), id="a remark in an open row"),
        pytest.param(spelt("| reopened =\n", ""), wanted(ADA), id="a parameter that nobody needs is gone"),
        pytest.param(
            lambda: made(replace(ADA, url="https://x.example/?title=L&oldid=1")),
            wanted(replace(ADA, url="https://x.example/?title=L&oldid=22")),
            id="the list has a later revision, and says the same",
        ),
        pytest.param(lambda: made(ADA), wanted(replace(ADA, since="")), id="since when was looked up once"),
        pytest.param(lambda: decided("confirmed"), wanted(ADA), id="confirmed"),
        pytest.param(lambda: decided("not this person", comment="c"), wanted(ADA), id="not this person"),
        pytest.param(settled, wanted(ADA), id="handled before, and still so"),
        pytest.param(settled, absent(wanted(ADA), ADA.id, registered=True, known=False), id="handled, now not asked"),
        pytest.param(settled, absent(wanted(ADA, everybody_read=False), ADA.id), id="handled, lists not read"),
        pytest.param(settled, absent(wanted(ADA, unsure={"X"}), ADA.id), id="handled, somebody's account is not known"),
        pytest.param(
            lambda: made(ADA),
            wanted(ADA, flags=(), unsure={"X"}, presence={ADA.id: Present(registered=True, known=False)}),
            id="its source failed or is off",
        ),
        pytest.param(
            lambda: made(ADA),
            absent(wanted(ADA), ADA.id, registered=True, known=False),
            id="its account was not answered",
        ),
        pytest.param(
            lambda: made(ADA),
            absent(wanted(ADA, unsure={"Person 1"}), ADA.id),
            id="the account of that name is not known",
        ),
        pytest.param(
            lambda: made(flag(name="P\u200b")),
            absent(wanted(ADA, unsure={"P<U+200B>"}), ADA.id),
            id="the account of that name, with what cannot be seen, is not known",
        ),
        pytest.param(
            lambda: made(ADA),
            absent(wanted(ADA, everybody_read=False), ADA.id),
            id="lines of the sign-up page are unread",
        ),
    ],
)
def test_left_alone(begin: Callable[[], Wiki], world: Wanted) -> None:
    wiki = begin()
    before = wiki.text
    page = wiki.planned(world)
    assert page.reasons == ()
    assert page.text == before


def test_what_could_not_be_checked_is_noted() -> None:
    wiki = made(ADA)
    page = wiki.planned(absent(wanted(ADA), ADA.id, registered=True, known=False))
    assert page.notes == ("Whether flag flag00001 still holds could not be checked, so it stays.",)


CHANGED = replace(ADA, facts="changed", since="2026-02-03T00:00:00Z", severity=Severity.BAN)


@pytest.mark.parametrize(
    ("begin", "world", "summary", "rows"),
    [
        pytest.param(lambda: made(ADA), wanted(ADA, BEA), "1 added", {ADA.id: "open", BEA.id: "open"}, id="added"),
        pytest.param(
            lambda: made(ADA), wanted(CHANGED), "1 updated (facts changed)", {ADA.id: "open"}, id="open, changed"
        ),
        *(
            pytest.param(
                lambda status=status: decided(status),
                wanted(CHANGED),
                "1 reopened (facts changed)",
                {ADA.id: "open"},
                id=f"{status}, changed",
            )
            for status in ("confirmed", "not this person", "handled")
        ),
        pytest.param(
            lambda: decided("handled", "Nora"),
            wanted(CHANGED),
            "1 updated (facts changed), overview updated",
            {ADA.id: "handled"},
            id="set by somebody else, changed",
        ),
        pytest.param(lambda: made(ADA), wanted(replace(ADA, name="New")), "1 renamed", {ADA.id: "open"}, id="renamed"),
        pytest.param(
            lambda: decided("confirmed"),
            wanted(replace(ADA, name="New")),
            "1 renamed",
            {ADA.id: "confirmed"},
            id="renamed, and what was decided holds",
        ),
        pytest.param(
            lambda: made(ADA),
            wanted(replace(ADA, date="2027-01-01"), date="2027-01-01"),
            "1 put right, overview updated",
            {ADA.id: "open"},
            id="the event has another day",
        ),
        pytest.param(
            spelt("facts = facts1", "facts = x"),
            wanted(ADA),
            "1 updated (facts changed)",
            {ADA.id: "open"},
            id="facts spoilt",
        ),
        pytest.param(
            spelt("severity = lock", "severity = none"),
            wanted(ADA),
            "1 put right",
            {ADA.id: "open"},
            id="severity spoilt",
        ),
        pytest.param(spelt("| source = global-lock\n", ""), wanted(ADA), "1 put right", {ADA.id: "open"}, id="lost"),
        pytest.param(lambda: decided("handled"), wanted(ADA), "1 handled", {}, id="handled"),
        pytest.param(
            two,
            absent(wanted(ADA, BEA), ADA.id),
            "1 removed (no longer registered)",
            {BEA.id: "open"},
            id="unregistered",
        ),
        pytest.param(
            two,
            absent(wanted(ADA, BEA), ADA.id, registered=False, known=True),
            "1 removed (no longer registered)",
            {BEA.id: "open"},
            id="withdrawn, or hidden since",
        ),
        pytest.param(
            two,
            absent(wanted(ADA, BEA), ADA.id, registered=False, known=False),
            "1 removed (no longer registered)",
            {BEA.id: "open"},
            id="withdrawn while its source failed",
        ),
        pytest.param(
            two,
            absent(wanted(ADA, BEA), ADA.id, registered=True, known=True),
            "1 removed (no longer so)",
            {BEA.id: "open"},
            id="unlocked",
        ),
        pytest.param(
            lambda: decided("whatever", "Nora"),
            absent(wanted(ADA), ADA.id),
            "1 removed (no longer registered)",
            {},
            id="unregistered, with a status that does not count",
        ),
        pytest.param(
            settled,
            wanted(CHANGED),
            "1 reopened (facts changed), 1 settled before, forgotten",
            {ADA.id: "open"},
            id="settled, changed",
        ),
        pytest.param(
            settled, absent(wanted(ADA), ADA.id), "1 settled before, forgotten", {}, id="settled, unregistered"
        ),
        pytest.param(
            settled,
            absent(wanted(ADA), ADA.id, registered=True, known=True),
            "1 settled before, forgotten",
            {},
            id="settled, unlocked",
        ),
        pytest.param(
            lambda: made(ADA),
            wanted(ADA, unchecked={"account": 2}),
            "overview updated",
            {ADA.id: "open"},
            id="unchecked",
        ),
        pytest.param(
            lambda: decided("handled", "Nora"), wanted(ADA), "overview updated", {ADA.id: "handled"}, id="not counted"
        ),
        pytest.param(
            lambda: two().save("Nora", "Nothing but words."),
            wanted(ADA, BEA),
            "2 added, overview updated",
            {ADA.id: "open", BEA.id: "open"},
            id="everything lost",
        ),
    ],
)
def test_rewritten(begin: Callable[[], Wiki], world: Wanted, summary: str, rows: dict[str, str]) -> None:
    wiki = begin()
    page = wiki.run(world)
    assert page.summary == f"Event review: {summary}"
    assert statuses(wiki) == rows
    assert len(page.reasons) == sum(int(part.split()[0]) for part in summary.split(", ") if part[0].isdigit()) + (
        "overview" in summary
    )
    assert wiki.planned(world).text == wiki.text


def test_the_name_of_an_account_that_is_hidden_now_leaves_the_page() -> None:
    wiki = made(ADA)
    left = absent(wanted(ADA, unsure={"Person 1"}, hidden={"Person 1"}), ADA.id, registered=True, known=False)
    wiki.run(left)
    assert ids(wiki) == []
    assert "Person 1" not in (wiki.text or "")


def test_a_list_that_is_in_the_settings_no_more_takes_its_flags_along() -> None:
    wiki = made(ADA)
    page = wiki.run(absent(wanted(ADA, registered={"Person 1"}), ADA.id))
    assert ids(wiki) == []
    assert page.summary == "Event review: 1 removed (no longer so)"


@pytest.mark.parametrize(
    ("begin", "new", "order"),
    [
        pytest.param(lambda: made(ADA, BEA), CLEO, [3, 1, 2], id="the gravest first"),
        pytest.param(lambda: made(BEA, CLEO), ADA, [3, 1, 2], id="between graver and milder"),
        pytest.param(lambda: made(ADA, CLEO), BEA, [3, 1, 2], id="the mildest last"),
        pytest.param(lambda: made(ADA), flag(4, date="2026-01-01"), [4, 1], id="an earlier event first"),
        pytest.param(lambda: made(ADA), flag(4, name="A"), [4, 1], id="by name"),
        pytest.param(lambda: made(ADA), flag(4, name="Person 1"), [1, 4], id="after what is alike"),
        pytest.param(turned, CLEO, [3, 2, 1], id="people turned the rows: before the first milder one"),
        pytest.param(
            turned, flag(4, severity=Severity.SITEWIDE_BLOCK), [2, 1, 4], id="people turned the rows: at the end"
        ),
        pytest.param(settled, BEA, [2], id="the first row, before what is settled"),
    ],
)
def test_the_place_of_a_new_row(begin: Callable[[], Wiki], new: Flag, order: list[int]) -> None:
    wiki = begin()
    before = wiki.text or ""
    known = [one for one in (ADA, BEA, CLEO) if one.id in before]
    wiki.run(wanted(*known, new))
    assert ids(wiki) == [f"flag0000{number}" for number in order]
    after = wiki.text or ""
    assert all(line in after.split("\n") for line in before.split("\n"))


def test_remarks_stay_beside_their_rows() -> None:
    wiki = turned()
    wiki.run(wanted(ADA, BEA, CLEO))
    text = wiki.text or ""
    marks = ("__NOINDEX__", "I begin with Bea.", "flag00003", "flag00002", ":Why? --Rob", "flag00001", "The end.")
    assert sorted(marks, key=text.index) == list(marks)


def test_a_settled_flag_leaves_a_line_without_a_name() -> None:
    wiki = settled()
    assert (wiki.text or "").endswith(
        "{{Event safety settled\n| id = flag00001\n| facts = facts1\n| status = handled\n| revision = 2\n}}"
    )
    assert "Person 1" not in (wiki.text or "")


def test_what_was_decided_before_is_told_when_a_flag_is_open_again() -> None:
    wiki = decided("Not this person", comment="Met her.")
    wiki.run(wanted(CHANGED))
    [row] = wiki.page.rows
    assert (row.call.get("reopened"), row.comment, row.call.get("severity")) == ("not this person", "Met her.", "ban")
    assert row.call.get("since") == "2026-02-03 00:00 UTC"
    back = settled()
    back.run(wanted(CHANGED))
    [row] = back.page.rows
    assert (row.call.get("reopened"), row.comment) == ("handled", "")


def test_registered_again_after_everything_was_forgotten_is_a_new_flag() -> None:
    wiki = settled()
    wiki.run(absent(wanted(ADA), ADA.id))
    assert wiki.page.settled == ()
    assert wiki.run(wanted(ADA)).summary == "Event review: 1 added"


def test_a_reviewer_who_takes_the_bots_edit_back_is_asked_what_it_is() -> None:
    """The row is back with its status, which its reviewer set again by that."""
    wiki = settled()
    wiki.save("Rita", wiki.steps[-2][1])
    wiki.run(wanted(ADA))
    assert (ids(wiki), len(wiki.page.settled)) == ([], 1)


def test_a_flag_is_settled_once() -> None:
    line = "{{Event safety settled|id=flag00001|facts=facts1|status=handled|revision=1}}"
    wiki = made(ADA)
    wiki.save("Nora", f"{wiki.text}\n\n{line}")
    page = wiki.run(wanted(ADA))
    assert "[[Special:Diff/2|flag00001]]" in page.text
    wiki.put("Rita", "status = open", "status = handled")
    wiki.run(wanted(ADA))
    assert line not in (wiki.text or "")
    assert [row.call.get("revision") for row in wiki.page.settled] == ["4"]
    assert wiki.planned(wanted(ADA)).text == wiki.text
    wiki.run(wanted(CHANGED))
    assert statuses(wiki) == {ADA.id: "open"}


def test_only_the_line_of_the_same_flag_is_replaced() -> None:
    wiki = made(ADA, BEA)
    for _ in range(2):
        wiki.put("Rita", "status = open", "status = handled")
        wiki.run(wanted(ADA, BEA))
    assert [row.id for row in wiki.page.settled] == [ADA.id, BEA.id]


def test_a_line_that_is_replaced_is_not_forgotten_as_well() -> None:
    wiki = settled()
    [line] = wiki.page.settled
    row = (made(CHANGED).text or "").partition("\n\n")[2].replace("status = open", "status = handled")
    wiki.save("Rita", f"{wiki.text}\n\n{row}")
    assert wiki.run(wanted(CHANGED)).summary == "Event review: 1 handled"
    [again] = wiki.page.settled
    assert (again.id, again.call.get("facts")) == (line.id, "changed")


def test_a_forged_settled_line_keeps_no_flag_off_the_page() -> None:
    wiki = Wiki().save("Nora", "{{Event safety settled|id=flag00001|facts=facts1|status=handled|revision=1}}")
    page = wiki.run(wanted(ADA))
    assert statuses(wiki) == {ADA.id: "open"}
    assert page.notes == (
        'The status "handled" of flag flag00001 does not count: it was not put there by the bot (revision 1).',
    )


def test_what_does_not_count_is_told_and_left_alone() -> None:
    wiki = decided("done", "Nora", "No!")
    page = wiki.run(wanted(ADA))
    assert "".join(page.notes) == (
        'The status "done" of flag flag00001 does not count: it is none of: open, confirmed, not this person, handled '
        "(revision 2)."
    )
    assert "| not counted = [[Special:Diff/2|flag00001]]\n" in page.text
    assert "| status = done\n| comment = No!\n" in page.text
    gone = wiki.run(absent(wanted(ADA), ADA.id))
    assert "| not counted =\n" in gone.text


@pytest.mark.parametrize(
    "ruin",
    [
        pytest.param(lambda text: text.removesuffix("}}"), id="not closed"),
        pytest.param(lambda text: f"{text}\n{text[text.index('{{Event safety flag') :]}", id="there twice"),
        pytest.param(lambda text: text.replace("{{Event safety flag", "{{{Event safety flag") + "}", id="three braces"),
        pytest.param(lambda text: text.replace("{{Event safety flag", "{Event safety flag"), id="one brace"),
    ],
)
@pytest.mark.parametrize(
    "world", [wanted(ADA), wanted(CHANGED), absent(wanted(ADA), ADA.id)], ids=["still so", "changed", "gone"]
)
def test_a_broken_row_is_left_alone_and_not_added_again(ruin: Callable[[str], str], world: Wanted) -> None:
    wiki = made(ADA)
    wiki.save("Nora", ruin(wiki.text or ""))
    page = wiki.planned(world)
    assert page.text == wiki.text
    assert page.reasons == ()
    assert all(note.startswith("Line ") and "cannot be read and was left alone: " in note for note in page.notes)
    assert page.notes


def test_a_new_row_beside_a_broken_one() -> None:
    wiki = made(ADA)
    ruined = (wiki.text or "").removesuffix("}}")
    wiki.save("Nora", ruined)
    page = wiki.run(wanted(ADA, BEA))
    assert page.text.startswith(ruined.rstrip())
    assert ids(wiki) == [BEA.id]
    assert wiki.planned(wanted(ADA, BEA)).text == wiki.text


def test_what_a_comment_that_is_never_closed_would_hide_goes_before_it() -> None:
    wiki = made(ADA)
    wiki.save("Nora", f"{wiki.text}\n\n<!-- mine").put("Rita", "status = open", "status = handled")
    wiki.run(wanted(ADA, BEA))
    assert (ids(wiki), [row.id for row in wiki.page.settled]) == ([BEA.id], [ADA.id])
    assert (wiki.text or "").endswith("<!-- mine")
    hidden = Wiki().save("Nora", "<!-- nothing but this")
    hidden.run(wanted(ADA))
    assert ids(hidden) == [ADA.id]
    assert hidden.planned(wanted(ADA)).text == hidden.text


def test_a_lost_header_comes_back() -> None:
    wiki = made(ADA)
    text = wiki.text or ""
    wiki.save("Nora", text[text.index("{{Event safety flag") :])
    page = wiki.run(wanted(ADA))
    assert page.text == text
    assert page.summary == "Event review: overview updated"
    assert page.reasons == ("The page had lost its header.",)


def test_the_header_says_what_is_known() -> None:
    wiki = Wiki()
    wiki.run(wanted(ADA, registration=None, date="", title="[[X]]", stop_page="{{Y}}", unchecked={"a|b": 1, "line": 2}))
    header = wiki.page.header
    assert header is not None
    read = {name: header.get(name) for name in ("event", "registration", "start", "unchecked", "not counted", "stop")}
    assert read == {
        "event": "[[X]]",
        "registration": "",
        "start": "",
        "unchecked": "a|b: 1; line: 2",
        "not counted": "",
        "stop": "{{Y}}",
    }
    page = wiki.run(wanted(ADA, unchecked={"line": 1}))
    assert "| unchecked = line: 1\n" in page.text
    assert page.summary == "Event review: overview updated"


KNOWN = replace(ADA, id="central11")


def test_a_row_made_while_the_account_was_not_known_stays_its_own() -> None:
    wiki = made(ADA)
    world = replace(wanted(KNOWN), account_urls={KNOWN.id: wanted(ADA).account_urls[ADA.id]})
    assert wiki.planned(world).text == wiki.text
    wiki.put("Rita", "status = open", "status = handled")
    wiki.run(world)
    assert [row.id for row in wiki.page.settled] == [KNOWN.id]
    assert wiki.planned(world).text == wiki.text


def test_two_flags_that_say_the_same_have_two_rows() -> None:
    again = replace(ADA, id="central12")
    wiki = made(ADA)
    wiki.run(wanted(KNOWN, again))
    assert sorted(ids(wiki)) == [again.id, ADA.id]
    assert wiki.planned(wanted(KNOWN, again)).text == wiki.text


def test_a_row_of_somebody_else_present_is_not_taken_for_a_flag_that_says_the_same() -> None:
    wiki = made(ADA)
    world = wanted(
        KNOWN, presence={ADA.id: Present(registered=True, known=False), KNOWN.id: Present(registered=True, known=True)}
    )
    wiki.run(world)
    assert ids(wiki) == [ADA.id, KNOWN.id]


@pytest.mark.parametrize(
    "around",
    [
        pytest.param(
            "{{{{Event safety se{}ttled|id=flag00001|facts=facts1|status=handled|revision=1}}}}", id="within a word"
        ),
        pytest.param("{{{{Event safety\n{}\nsettled|id=flag00001|facts=facts1|status=handled}}}}", id="between lines"),
        pytest.param(
            "{{{{Event safety settled\n{}\n|id=flag00001|facts=facts1|status=handled|revision=1}}}}", id="before a line"
        ),
        pytest.param("<!-{}- x", id="a comment that hides the rest"),
        pytest.param("<now{}iki>", id="nowiki that hides the rest"),
    ],
)
def test_taking_a_row_away_joins_nothing_to_a_flag(around: str) -> None:
    wiki = made(ADA)
    bait = around.format("{{Event safety flag|id=bait00|name=Person 9}}")
    wiki.save("Nora", f"{wiki.text}\n\n{bait}")
    for _ in range(3):
        wiki.run(wanted(ADA))
    assert ids(wiki) == [ADA.id]
    assert wiki.page.settled == ()
    assert wiki.planned(wanted(ADA)).text == wiki.text
