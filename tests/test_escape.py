import html
import json
import re
import unicodedata
from email import message_from_string, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import escape


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Quiet Harbour", "Quiet Harbour", id="plain ASCII stays"),
        pytest.param("محمد الميناء", "محمد الميناء", id="right-to-left letters stay"),
        pytest.param("出典の港 মূল हिन्दी", "出典の港 মূল हिन्दी", id="other scripts and their marks stay"),
        pytest.param("\x1b[31mred", "<U+001B>[31mred", id="terminal escape"),
        pytest.param("a\x9b2J", "a<U+009B>2J", id="eight-bit terminal escape"),
        pytest.param("a\x00b\x7f", "a<U+0000>b<U+007F>", id="NUL and delete"),
        pytest.param("a\nb\tc\r", "a<U+000A>b<U+0009>c<U+000D>", id="a name is one line"),
        pytest.param("\u202eabc\u2066", "<U+202E>abc<U+2066>", id="bidi override and isolate"),
        pytest.param("a\u200bb\u200d\ufeff", "a<U+200B>b<U+200D><U+FEFF>", id="zero width"),
        pytest.param("a\u2028b", "a<U+2028>b", id="line separator"),
        pytest.param("\ud800", "<U+D800>", id="lone surrogate"),
        pytest.param("\u3164\u115f\u034f\u2800", "<U+3164><U+115F><U+034F><U+2800>", id="letters that show nothing"),
        pytest.param("a\U000e0041", "a<U+E0041>", id="tag character"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, shown: str) -> None:
    assert escape.terminal(text) == shown
    assert escape.html(text) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_is_left_that_moves_the_cursor_or_hides(text: str) -> None:
    assert not {unicodedata.category(c) for c in escape.terminal(text)} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text())
def test_escaping_twice_changes_nothing(text: str) -> None:
    once = escape.terminal(text)
    assert escape.terminal(once) == once


@given(
    st.recursive(st.text(st.characters(codec=None)), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_json_keeps_its_value_and_shows_nothing_quiet(value: object) -> None:
    document = escape.json_text(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(document) == value
    assert escape.terminal(document.replace("\n", "")) == document.replace("\n", "")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        pytest.param("https://meta.example.org/wiki/Special:Log?logid=8", True, id="https"),
        pytest.param("http://127.0.0.1:8080/wiki/A", True, id="http"),
        pytest.param("https://meta.example.org/wiki/ميناء", True, id="letters of any script"),
        pytest.param("javascript:alert(1)", False, id="script"),
        pytest.param("JAVASCRIPT://x/%0aalert(1)", False, id="script in capitals"),
        pytest.param("data:text/html,x", False, id="data"),
        pytest.param("//meta.example.org/", False, id="no scheme"),
        pytest.param("https://a.example/ b", False, id="blank"),
        pytest.param("https://a.example/\x1b[31m", False, id="terminal escape"),
        pytest.param('https://a.example/"onclick="x', False, id="quote"),
        pytest.param("", False, id="empty"),
        pytest.param(None, False, id="none"),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, *, kept: bool) -> None:
    assert (escape.web_address(url) is not None) is kept


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        pytest.param("Quiet Harbour", "Quiet Harbour", id="a plain name"),
        pytest.param("", "", id="empty"),
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("+1", "'+1", id="plus"),
        pytest.param("-1", "'-1", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab first"),
    ],
)
def test_a_csv_cell_is_no_formula(text: str, cell: str) -> None:
    assert escape.csv_cell(text) == cell


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("Quiet Harbour 2", "Quiet Harbour 2", id="letters, digits and blanks stay"),
        pytest.param(
            "محمد — Ünïcode (really?), etc.", "محمد — Ünïcode (really?), etc.", id="what marks nothing up stays"
        ),
        pytest.param("{{x|y=1}}", "&#123;&#123;x&#124;y&#61;1&#125;&#125;", id="a template"),
        pytest.param("[[x]]", "&#91;&#91;x&#93;&#93;", id="a link"),
        pytest.param("<nowiki>", "&#60;nowiki&#62;", id="a tag"),
        pytest.param("&lt;", "&#38;lt&#59;", id="a character reference"),
        pytest.param("''b", "&#39;&#39;b", id="italics"),
        pytest.param("~~~~", "&#126;&#126;&#126;&#126;", id="a signature"),
        pytest.param("__NOTOC__", "&#95;&#95;NOTOC&#95;&#95;", id="a magic word"),
        pytest.param("-{A}-", "&#45;&#123;A&#125;-", id="the language converter"),
        pytest.param("http://x.org", "http&#58;//x.org", id="an address"),
        pytest.param("mailto:x", "mailto&#58;x", id="a mail address"),
        pytest.param("*#:;=", "&#42;&#35;:&#59;&#61;", id="the beginnings of lines"),
        pytest.param("RFC 1", "RF&#67; 1", id="a number of RFC"),
        pytest.param("PMID\u00a012", "PMI&#68;\u00a012", id="a number of PubMed behind a no-break blank"),
        pytest.param("ISBN  0306406152", "ISB&#78;  0306406152", id="a number of a book"),
        pytest.param("RFC1, RFC-1", "RFC1, RFC-1", id="no number of RFC"),
        pytest.param("a\nb", "a&#60;U&#43;000A&#62;b", id="a line end is spelt out"),
        pytest.param("\u202eabc", "&#60;U&#43;202E&#62;abc", id="so is a bidi override"),
        pytest.param("\u0338Ada\u0338", "&#824;Ada\u0338", id="a mark at the beginning"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_wikitext_shows_just_the_text(text: str, written: str) -> None:
    assert escape.wikitext(text) == written


MARKUP = ("{{", "}}", "|", "=", "<!--", "-->", "<nowiki>", "[[", "]]", "~~~~", "__TOC__", "-{", "}-", "''", "#", "==")
LINKS = ("RFC", "PMID", "ISBN", " ", "\u00a0", "\u3000", "\n", "\t", "1", "0306406152", "http://", "&#160;", "&amp;")
HOSTILE = st.lists(
    st.sampled_from((*MARKUP, *LINKS, "\u0338")) | st.text(st.characters(codec=None), max_size=3), max_size=8
).map("".join)


@given(HOSTILE)
def test_wikitext_reads_back_as_what_a_terminal_shows(text: str) -> None:
    assert html.unescape(escape.wikitext(text)) == escape.terminal(text)


@given(HOSTILE)
def test_wikitext_holds_no_markup(text: str) -> None:
    written = escape.wikitext(text)
    bare = re.sub(r"&#[0-9]+;", "", written)
    assert re.fullmatch(r"[0-9A-Za-z.,()?:/ \x80-\U0010ffff-]*", bare)
    assert not re.match("[:/-]", written), "no list, no subpage, no rule"
    assert not re.search("://|--", written)
    assert not re.search(r"\b(?:mailto|news|tel|urn|sips?|geo|sms|xmpp|magnet|matrix|bitcoin):", written, re.IGNORECASE)
    blank = r"(?:\s|&nbsp;|&#0*160;|&#[xX]0*[aA]0;)"  # MediaWiki: Parser::SPACE_NOT_NL
    assert not re.search(rf"(?:RFC|PMID|ISBN){blank}+[0-9]", written)


@given(HOSTILE)
def test_wikitext_stays_its_own_when_the_wiki_normalises_it(text: str) -> None:
    """MediaWiki keeps NFC: nothing of the text may melt into what stands before it."""
    for before in ("=", ">", "|name=", "é"):
        assert unicodedata.normalize("NFC", before + escape.wikitext(text)).startswith(before)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("Quiet Harbour 2", "Quiet Harbour 2", id="plain words stay"),
        pytest.param("", "", id="nothing"),
        pytest.param("Abacus, Ada", "=?utf-8?B?QWJhY3VzLCBBZGE=?=", id="a comma would begin another address"),
        pytest.param("Ada\r\nBcc: x@y.z", "=?utf-8?B?QWRhPFUrMDAwRD48VSswMDBBPkJjYzogeEB5Lno=?=", id="line ends"),
        pytest.param("=?utf-8?B?Cg==?=", "=?utf-8?B?PT91dGYtOD9CP0NnPT0/PQ==?=", id="an encoded word is text"),
        pytest.param("مرحبا", "=?utf-8?B?2YXYsdit2KjYpw==?=", id="another script"),
        pytest.param(" Ada", "=?utf-8?B?IEFkYQ==?=", id="a blank first would be lost"),
        pytest.param("\u202eadA", "=?utf-8?B?PFUrMjAyRT5hZEE=?=", id="bidi override"),
    ],
)
def test_text_for_a_header_of_an_email(text: str, written: str) -> None:
    assert escape.email_header(text) == written


HEADERS = ("\r\n", "\n", "\r", ":", "Bcc: a@b.c", "=?", "?=", "=?utf-8?q?=0A?=", '"', "\\", "<", ">", ",", ";", "@")
HOSTILE_HEADER = st.lists(
    st.sampled_from((*HEADERS, " ", "\t", "\x00", "é", "港" * 20)) | st.text(st.characters(codec=None), max_size=40)
).map("".join)


@given(HOSTILE_HEADER)
def test_a_header_decodes_to_what_a_terminal_shows_and_holds_nothing_else(text: str) -> None:
    written = escape.email_header(text)
    assert re.fullmatch(r"[0-9A-Za-z=?+/ -]*", written)
    assert all(len(f"Subject: {word}") <= 76 for word in written.split(" "))
    assert str(make_header(decode_header(written))) == escape.terminal(text)


@given(HOSTILE_HEADER.filter(str.strip))
def test_a_name_before_an_address_is_read_as_a_name(text: str) -> None:
    message = message_from_string(f"To: {escape.email_header(text)} <ada@example.org>\n\n", policy=policy.default)
    (box,) = message["To"].addresses
    assert (box.addr_spec, message["To"].defects) == ("ada@example.org", ())
    blanks = str.maketrans("", "", " ")  # Python's reader puts one between two encoded words of a name
    assert box.display_name.translate(blanks) == escape.terminal(text).translate(blanks)
