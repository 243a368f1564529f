import re
from email import message_from_string, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import escape
from bot.errors import UsageError
from bot.private import addresses


@pytest.mark.parametrize(
    ("text", "name", "spec"),
    [
        pytest.param("ada@example.org", "", "ada@example.org", id="bare"),
        pytest.param("  Ada@Example.ORG ", "", "Ada@example.org", id="blanks, and a domain has no case"),
        pytest.param("<ada@example.org>", "", "ada@example.org", id="brackets alone"),
        pytest.param("Ada  Abacus <ada@example.org>", "Ada Abacus", "ada@example.org", id="a name"),
        pytest.param('"Abacus, Ada" <ada@example.org>', "Abacus, Ada", "ada@example.org", id="a quoted name"),
        pytest.param(r'"Ada \"A\"" <ada@example.org>', 'Ada "A"', "ada@example.org", id="quotes in a name"),
        pytest.param("أدا <ada@example.org>", "أدا", "ada@example.org", id="a name of another script"),
        pytest.param("ada+event@example.org", "", "ada+event@example.org", id="plus"),
        pytest.param('"ada abacus"@example.org', "", '"ada abacus"@example.org', id="a quoted local part"),
        pytest.param('"ada"@example.org', "", "ada@example.org", id="quoted without need"),
        pytest.param('"a@b"@example.org', "", '"a@b"@example.org', id="an at sign in quotes"),
        pytest.param("adà@example.org", "", "adà@example.org", id="letters of another alphabet (RFC 6531)"),
        pytest.param("ada@bücher.example", "", "ada@xn--bcher-kva.example", id="a domain beyond ASCII"),
        pytest.param("ada@XN--BCHER-KVA.example", "", "ada@xn--bcher-kva.example", id="in its ASCII form"),
        pytest.param("ada@faß.example".replace("ß", "ss"), "", "ada@fass.example", id="two s"),
    ],
)
def test_one_address(text: str, name: str, spec: str) -> None:
    found = addresses.read(text, "--to")
    assert (found.name, found.spec) == (name, spec)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("Ada", id="a name alone"),
        pytest.param("ada@", id="no domain"),
        pytest.param("@example.org", id="no local part"),
        pytest.param("ada@localhost", id="no dot in the domain"),
        pytest.param("ada@[127.0.0.1]", id="a number of a machine"),
        pytest.param("ada@127.0.0.1", id="the same without brackets"),
        pytest.param("ada@example.org, bob@example.org", id="two"),
        pytest.param("ada@example.org;bob@example.org", id="two with a semicolon"),
        pytest.param("ada@example.org\u037ebob@example.org", id="what NFC makes a semicolon"),
        pytest.param("Ada <ada@example.org>, Bob <bob@example.org>", id="two with names"),
        pytest.param("Team: ada@example.org;", id="a group"),
        pytest.param("ada(comment)@example.org", id="a comment"),
        pytest.param("ada @example.org", id="a blank"),
        pytest.param("ada\u00a0b@example.org", id="a no-break blank"),
        pytest.param("ada..b@example.org", id="two dots"),
        pytest.param("ada@example..org", id="two dots in the domain"),
        pytest.param("ada@-example.org", id="a hyphen first"),
        pytest.param("ada@example.org\r\nBcc: eve@example.org", id="a line end"),
        pytest.param('"ada\r\nBcc: eve"@example.org', id="a line end in quotes"),
        pytest.param("ada\u200b@example.org", id="what cannot be seen"),
        pytest.param("\ud800@example.org", id="half a character"),
        pytest.param("a" * 65 + "@example.org", id="a local part too long"),
        pytest.param("ada@" + "a" * 64 + ".org", id="a label too long"),
        pytest.param("ada@" + "a.b" * 100 + ".org", id="too long"),
        pytest.param("n" * 201 + " <ada@example.org>", id="a name too long"),
        pytest.param("ada@faß.example", id="a domain that two standards read differently"),
        pytest.param("ada@ｅxample.org", id="wide letters in the domain"),
        pytest.param('"ada"b@example.org', id="quotes around a part"),
    ],
)
def test_what_is_not_one_address_is_not_repeated(text: str) -> None:
    with pytest.raises(UsageError) as error:
        addresses.read(text, "--cc number 2")
    assert "--cc number 2" in str(error.value)
    assert "\n" not in str(error.value)
    assert len(text) < 5 or text not in str(error.value).replace(addresses.EXAMPLE, "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("ada@example.org", "Ada A. <ADA@Example.org>", True, id="case and a name"),
        pytest.param("ada@gmail.com", "Ada@googlemail.com", True, id="one mailbox under two domains"),
        pytest.param("ada.abacus@gmail.com", "adaabacus@gmail.com", True, id="dots of Gmail"),
        pytest.param("ada.abacus@example.org", "adaabacus@example.org", False, id="dots elsewhere"),
        pytest.param("ada@example.org", "ada+event@example.org", False, id="a plus sign"),
        pytest.param("ada@gmail.com", "a.da+event@googlemail.com", True, id="a plus sign at Gmail"),
        pytest.param("ada@outlook.com", "ada+event@outlook.com", True, id="at Outlook"),
        pytest.param("ada@outlook.com", "ada@hotmail.com", False, id="Outlook and Hotmail"),
        pytest.param("ada@proton.me", "ada+event@protonmail.com", True, id="at Proton"),
        pytest.param("ada.b-c@pm.me", "adab_c@proton.me", True, id="signs of Proton"),
        pytest.param("ada@fastmail.com", "ada+event@fastmail.com", True, id="at Fastmail"),
        pytest.param("ada@icloud.com", "ada+event@me.com", True, id="at iCloud"),
        pytest.param("ada.b@icloud.com", "adab@icloud.com", False, id="dots of iCloud"),
        pytest.param("+a@gmail.com", "+b@gmail.com", False, id="nothing before the plus sign"),
        pytest.param("ada@example.org", "\uff41da@example.org", True, id="a wide letter"),
        pytest.param("ada@gmail.com", "ada\uff0bevent@gmail.com", True, id="a wide plus sign"),
        pytest.param("ada@example.org", '"ada"@example.org', True, id="quotes"),
        pytest.param("ada@bücher.example", "ada@xn--bcher-kva.example", True, id="two forms of a domain"),
        pytest.param("ad\u00e0@example.org", "ada\u0300@example.org", True, id="two forms of a letter"),
        pytest.param("ada@example.org", "ada@example.com", False, id="two domains"),
    ],
)
def test_addresses_of_one_mailbox(one: str, other: str, *, same: bool) -> None:
    named = [("--to", addresses.read(one, "a")), ("--cc number 1", addresses.read(other, "b"))]
    assert addresses.twice(named) == (("--to", "--cc number 1") if same else None)


NAMES = st.text(st.characters(codec=None), max_size=30)


@given(NAMES, st.sampled_from(["ada@example.org", '"a b"@example.org', "a'b@xn--bcher-kva.example"]))
def test_a_header_holds_one_address_whatever_the_name(name: str, spec: str) -> None:
    written = addresses.header(addresses.Address(name, *addresses_parts(spec)))
    assert re.fullmatch(r"[ -~]*", written)
    (found,) = message_from_string(f"To: {written}\n\n", policy=policy.default)["To"].addresses
    assert found.addr_spec == spec
    assert found.display_name.replace(" ", "") == escape.terminal(name).replace(" ", "")


@given(NAMES | st.text(st.sampled_from('ab@.,;:<>"\\ +-\r\n()[]ß\u037eé'), max_size=20))
def test_whatever_is_taken_is_one_address_in_a_header(text: str) -> None:
    try:
        found = addresses.read(text, "--to")
    except UsageError:
        return
    (read,) = message_from_string(f"To: {addresses.header(found)}\n\n", policy=policy.default)["To"].addresses
    assert read.addr_spec == found.spec
    assert addresses.read(found.spec, "--to").key == found.key


def test_an_address_has_no_repr() -> None:
    assert "ada" not in repr(addresses.read("ada@example.org", "--to"))


def addresses_parts(spec: str) -> tuple[str, str]:
    found = addresses.read(spec, "--to")
    return found.local, found.domain
