"""What an answer to an edit means: every recorded one, every code of the table, and what follows for the run."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.plan import outcomes
from bot.plan.outcomes import MEANINGS, Again, Answer, End, Outcome, outcome
from tests.plan.invented import edit

ANSWERS = Path(__file__).parent / "answers"
EDIT = edit()


def of(answer: object, base: int = 9) -> Outcome:
    """Return what an answer means for an edit of that base."""
    return outcomes.of(msgspec.convert(answer, Answer), edit(base_revid=base))


def error(code: str, **more: object) -> Outcome:
    return of({"error": {"code": code, "info": "Some words.", **more}})


RECORDED = {
    "edit_abusefilter_disallowed": End.FILTERED,
    "edit_abusefilter_warning": End.FILTER_WARNED,
    "edit_abusefilter_warning_repeated": End.MERGED,
    "edit_articleexists": End.EXISTS,
    "edit_assertbotfailed": End.SESSION_LOST,
    "edit_assertnameduserfailed": End.SESSION_LOST,
    "edit_assertuserfailed": End.SESSION_LOST,
    "edit_autoblocked": End.BLOCKED,
    "edit_badmd5": End.REFUSED,
    "edit_badtoken": End.SESSION_LOST,
    "edit_blocked": End.BLOCKED,
    "edit_blocked_global": End.BLOCKED,
    "edit_blocked_partial": End.BLOCKED_HERE,
    "edit_by_get": End.REFUSED,
    "edit_creates_temporary_account": End.MERGED,
    "edit_editconflict": End.CONFLICT,
    "edit_global_block_not_applied": End.MERGED,
    "edit_invalidtitle": End.REFUSED,
    "edit_missingtitle": End.MISSING,
    "edit_new_section_creates_page": End.MERGED,
    "edit_new_section_success": End.MERGED,
    "edit_nochange_success": End.NO_CHANGE,
    "edit_nosuchsection": End.REFUSED,
    "edit_pagedeleted": End.MISSING,
    "edit_protectedpage": End.PROTECTED,
    "edit_ratelimited": End.RATE_LIMITED,
    "edit_readonly": End.READ_ONLY,
    "edit_spamblacklist": End.SPAM_LIST,
    "edit_success": End.SAVED,
    "edit_token_missing": End.REFUSED,
    "maxlag_error_on_edit": End.MAXLAG,
}


def recorded(name: str) -> Any:
    return json.loads((ANSWERS / f"{name}.json").read_text(encoding="utf-8"))["response"]


def test_every_recorded_answer_is_in_the_table() -> None:
    assert sorted(RECORDED) == sorted(path.stem for path in ANSWERS.glob("*.json"))


@pytest.mark.parametrize(("name", "end"), RECORDED.items())
def test_a_recorded_answer(name: str, end: End) -> None:
    answer = recorded(name)
    found = of(answer)
    assert found.end is end
    assert found.code == answer.get("error", {}).get("code", "")
    assert found.revid == answer.get("edit", {}).get("newrevid")
    assert found.title == EDIT.title


@pytest.mark.parametrize(
    ("name", "base", "end"),
    [
        pytest.param("edit_success", 9, End.SAVED, id="on the base of the plan"),
        pytest.param("edit_success", 8, End.MERGED, id="on another one"),
        pytest.param("edit_success", 0, End.MERGED, id="on a page that was not to exist"),
        pytest.param("edit_global_block_not_applied", 0, End.SAVED, id="a new page"),
    ],
)
def test_a_success_counts_only_on_the_base_of_the_plan(name: str, base: int, end: End) -> None:
    assert of(recorded(name), base).end is end


@pytest.mark.parametrize(("name", "number"), [("disallowed", "1"), ("warning", "2")])
def test_a_filter_is_named(name: str, number: str) -> None:
    found = of(recorded(f"edit_abusefilter_{name}"))
    assert found.filter_id == number
    assert f"(Filter {number}.)" in found.text


CODES = [
    pytest.param("editconflict", End.CONFLICT),
    pytest.param("missingtitle", End.MISSING),
    pytest.param("pagedeleted", End.MISSING),
    pytest.param("articleexists", End.EXISTS),
    pytest.param("protectedpage", End.PROTECTED),
    pytest.param("protectedtitle", End.PROTECTED),
    pytest.param("cascadeprotected", End.PROTECTED),
    pytest.param("protectednamespace", End.PROTECTED),
    pytest.param("protectednamespace-interface", End.PROTECTED),
    pytest.param("customcssprotected", End.PROTECTED),
    pytest.param("customjsprotected", End.PROTECTED),
    pytest.param("customjsonprotected", End.PROTECTED),
    pytest.param("protected-by-something-new", End.PROTECTED),
    pytest.param("blocked", End.BLOCKED),
    pytest.param("autoblocked", End.BLOCKED),
    pytest.param("systemblocked", End.BLOCKED),
    pytest.param("globalblocking-blockedtext-user", End.BLOCKED),
    pytest.param("globalblocking-blockedtext-range", End.BLOCKED),
    pytest.param("readonly", End.READ_ONLY),
    pytest.param("abusefilter-disallowed", End.FILTERED),
    pytest.param("abusefilter-blocked-display", End.FILTERED),
    pytest.param("abusefilter-degrouped", End.FILTERED),
    pytest.param("abusefilter-warning", End.FILTER_WARNED),
    pytest.param("spamblacklist", End.SPAM_LIST),
    pytest.param("spam-blacklisted-link", End.SPAM_LIST),
    pytest.param("titleblacklist-forbidden", End.TITLE_LIST),
    pytest.param("titleblacklist-forbidden-edit", End.TITLE_LIST),
    pytest.param("ratelimited", End.RATE_LIMITED),
    pytest.param("maxlag", End.MAXLAG),
    pytest.param("assertbotfailed", End.SESSION_LOST),
    pytest.param("assertuserfailed", End.SESSION_LOST),
    pytest.param("assertnameduserfailed", End.SESSION_LOST),
    pytest.param("badtoken", End.SESSION_LOST),
    pytest.param("notoken", End.SESSION_LOST),
    pytest.param("readapidenied", End.SESSION_LOST),
    pytest.param("mwoauth-invalid-authorization", End.SESSION_LOST),
    pytest.param("captcha-edit", End.CAPTCHA),
    pytest.param("captcha-createaccount-fail", End.CAPTCHA),
    pytest.param("internal_api_error_DBQueryError", End.LOST),
    pytest.param("internal_api_error_DBTransactionSizeError", End.LOST),
    pytest.param("internal_api_error_TypeError", End.REFUSED),
    pytest.param("contenttoobig", End.REFUSED),
    pytest.param("badtags", End.REFUSED),
    pytest.param("badmd5", End.REFUSED),
    pytest.param("hookaborted", End.REFUSED),
    pytest.param("invalidtitle", End.REFUSED),
    pytest.param("a code of the future", End.REFUSED),
    pytest.param("", End.REFUSED),
]


@pytest.mark.parametrize(("code", "end"), CODES)
def test_a_code(code: str, end: End) -> None:
    found = error(code)
    assert (found.end, found.code) == (end, code)


def test_every_code_and_every_beginning_is_in_the_table() -> None:
    codes = {str(parameter.values[0]) for parameter in CODES}
    assert set(outcomes._CODES) <= codes
    for beginning, _ in outcomes._BEGINNINGS:
        assert any(code.startswith(beginning) for code in codes)


def test_a_refusal_names_its_code() -> None:
    assert error("contenttoobig").text == "The wiki refused the edit (contenttoobig)."
    assert error("").text == "The wiki refused the edit (without a reason)."


@pytest.mark.parametrize(
    ("code", "partial", "end"),
    [
        pytest.param("blocked", True, End.BLOCKED_HERE, id="from this page"),
        pytest.param("blocked", False, End.BLOCKED, id="from the whole wiki"),
        pytest.param("autoblocked", False, End.BLOCKED, id="by address"),
        pytest.param("protectedpage", True, End.PROTECTED, id="not the block's matter"),
    ],
)
def test_a_partial_block_is_the_page_s_matter_alone(code: str, partial: bool, end: End) -> None:
    assert error(code, blockinfo={"blockid": None, "blockpartial": partial}).end is end


@pytest.mark.parametrize(("lag", "wait"), [(7, 7.0), (2.5, 2.5), (-1, 0.0), (0, 0.0)])
def test_the_lag_is_waited_for(lag: float, wait: float) -> None:
    assert error("maxlag", lag=lag).wait == wait


def test_nothing_else_makes_wait() -> None:
    assert error("ratelimited", lag=7).wait == 0.0


EDITED = [
    pytest.param({"result": "Failure"}, End.REFUSED, "", "(Failure)", id="a failure without a reason"),
    pytest.param({"result": "Failure", "code": "spam"}, End.REFUSED, "spam", "(spam)", id="one with a code"),
    pytest.param({}, End.REFUSED, "", "neither yes nor no", id="no result"),
    pytest.param({"result": "Failure", "captcha": {"type": "image"}}, End.CAPTCHA, "", "captcha", id="a captcha"),
    pytest.param({"result": "Success", "captcha": {}}, End.CAPTCHA, "", "captcha", id="a captcha whatever is said"),
    pytest.param({"result": "success", "oldrevid": 9}, End.REFUSED, "", "(success)", id="not the word"),
]


@pytest.mark.parametrize(("edited", "end", "code", "says"), EDITED)
def test_an_answer_that_is_no_error_and_no_success(edited: dict[str, object], end: End, code: str, says: str) -> None:
    found = of({"edit": edited})
    assert (found.end, found.code, found.revid) == (end, code, None)
    assert says in found.text


def test_an_error_outweighs_a_success_beside_it() -> None:
    assert of({**recorded("edit_success"), "error": {"code": "readonly"}}).end is End.READ_ONLY


NOTHING_SAID = [
    pytest.param({}, id="nothing at all"),
    pytest.param({"batchcomplete": True}, id="the answer to a query"),
    pytest.param({"warnings": {"main": {"warnings": "Careful."}}}, id="a warning alone"),
    pytest.param({"edit": {"result": "Success"}}, id="a success without a revision"),
    pytest.param({"edit": {"result": "Success", "oldrevid": 9}}, id="a success with the old one alone"),
]


@pytest.mark.parametrize("answer", NOTHING_SAID)
def test_an_answer_that_says_nothing_of_the_edit_is_a_lost_one(answer: object) -> None:
    assert of(answer).end is End.LOST


BY_MEANING = {
    # done, may be tried again, the run goes on
    (True, Again.NEVER, True): {End.SAVED, End.MERGED, End.SAVED_BEFORE, End.NO_CHANGE},
    (False, Again.NEVER, True): {
        End.CONFLICT,
        End.MISSING,
        End.EXISTS,
        End.FILTERED,
        End.FILTER_WARNED,
        End.SPAM_LIST,
        End.TITLE_LIST,
        End.REFUSED,
    },
    (False, Again.LATER, True): {End.PROTECTED, End.BLOCKED_HERE, End.EXCLUDED, End.DECLINED},
    (False, Again.LATER, False): {End.BLOCKED, End.READ_ONLY, End.STOPPED, End.CAPTCHA, End.LOST},
    (False, Again.NOW, False): {End.RATE_LIMITED, End.MAXLAG, End.SESSION_LOST, End.UNREACHABLE},
}


def test_what_each_end_means() -> None:
    found: dict[tuple[bool, Again, bool], set[End]] = {}
    for end in End:
        meaning = outcome(EDIT, end).meaning
        found.setdefault((meaning.done, meaning.again, meaning.goes_on), set()).add(end)
    assert found == BY_MEANING


def test_a_warning_of_a_filter_is_never_answered_by_the_same_edit() -> None:
    assert MEANINGS[End.FILTER_WARNED].again is Again.NEVER
    assert not any(MEANINGS[end].goes_on for end in (End.BLOCKED, End.STOPPED, End.READ_ONLY, End.LOST))


@pytest.mark.parametrize("end", End)
def test_each_end_has_a_sentence_of_its_own(end: End) -> None:
    usual = outcome(EDIT, end)
    assert usual.text.endswith(".")
    assert (usual.title, usual.end, usual.revid, usual.code, usual.filter_id) == (EDIT.title, end, None, "", "")
    assert sum(outcome(EDIT, other).text == usual.text for other in End) == 1


def test_the_usual_fields_give_way() -> None:
    found = outcome(EDIT, End.STOPPED, text="Enough.", revid=3)
    assert (found.text, found.revid) == ("Enough.", 3)
    assert {field.name for field in fields(Outcome)} >= {"wait"}


codes = st.one_of(
    st.text(max_size=20),
    st.sampled_from(sorted(outcomes._CODES)),
    st.builds(str.__add__, st.sampled_from([beginning for beginning, _ in outcomes._BEGINNINGS]), st.text(max_size=9)),
)


@given(codes, st.dictionaries(st.sampled_from(["id", "blockpartial"]), st.booleans() | st.integers() | st.text()))
def test_no_error_is_ever_taken_for_a_saved_edit(code: str, details: dict[str, object]) -> None:
    found = error(code, blockinfo=details, abusefilter=details)
    assert not found.meaning.done
    assert found.revid is None
    assert found.text.rstrip(")").endswith(".")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "result": st.sampled_from(["Success", "Failure", ""]),
            "nochange": st.booleans(),
            "oldrevid": st.integers(0, 12),
            "newrevid": st.integers(0, 12),
            "captcha": st.none() | st.just({"type": "simple"}),
        },
    )
)
def test_saved_is_only_what_the_wiki_calls_so_on_that_base(edited: dict[str, Any]) -> None:
    found = of({"edit": edited})
    if found.end is End.SAVED:
        assert (edited["result"], edited["oldrevid"]) == ("Success", 9)
        assert found.revid == edited["newrevid"] > 0
    if found.meaning.done:
        assert edited["result"] == "Success"
        assert not edited.get("captcha")
