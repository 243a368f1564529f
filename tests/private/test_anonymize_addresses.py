"""Addresses of houses go as a whole; words that only begin or end as a street does stay."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private.anonymize_addresses import claims


def shown(text: str) -> str:
    pieces, at = [], 0
    for claim in sorted(claims(text), key=lambda claim: (claim.start, -claim.end)):
        if claim.start >= at:
            pieces += [text[at : claim.start], claim.shown]
            at = claim.end
    return "".join(pieces) + text[at:]


@pytest.mark.parametrize(
    ("text", "public"),
    [
        pytest.param("flat at 27b Elm Grove, London SE15 4QT", "flat at [address], [address]", id="English"),
        pytest.param("near 221B Baker Street.", "near [address].", id="English, letter"),
        pytest.param("au 14 Rue des Lilas et", "au [address] et", id="French"),
        pytest.param("10 bis avenue Foch, 75016 Paris", "[address]", id="French, postcode"),
        pytest.param("Bahnhofstr. 7, 8001 Zürich; ja", "[address]; ja", id="Swiss"),
        pytest.param("in der Kaiserstraße 12, 60311 Frankfurt", "in der [address]", id="German"),
        pytest.param("Keizersgracht 5 bij", "[address] bij", id="Dutch"),
        pytest.param("ul. Nowa 5 m. 3, 00-950 Warszawa", "[address]", id="Polish"),
        pytest.param("Av. Ejército 710 y", "[address] y", id="Spanish"),
        pytest.param("Calle Mayor, 5", "[address]", id="Spanish, comma"),
        pytest.param("Rua Augusta 44", "[address]", id="Portuguese"),
        pytest.param("in via Roma 3.", "in [address].", id="Italian"),
        pytest.param("ул. Баумана, д. 5", "[address]", id="Russian"),
        pytest.param("вул. Хрещатик, 22", "[address]", id="Ukrainian"),
        pytest.param("Atatürk Caddesi No: 5", "[address]", id="Turkish"),
        pytest.param("Mannerheimintie 3 A", "[address]", id="Finnish"),
        pytest.param("住在忠孝東路一段5號。", "[address]。", id="Chinese"),
        pytest.param("渋谷2丁目3-4", "渋谷[address]", id="Japanese"),
        pytest.param("테헤란로 152 에", "[address] 에", id="Korean"),
        pytest.param("K1A 0B1 and D-10115 Berlin", "[address] and [address]", id="postcodes"),
    ],
)
def test_addresses(text: str, public: str) -> None:
    assert shown(text) == public


@pytest.mark.parametrize(
    "text",
    [
        "place 3", "2 places, 3 place settings", "via Bob 4 people", "voyage via email, 3 people", "20 Wikipedia editors",
        "Er ging unterwegs 3 Mal weg", "Halfway 3 times", "in 2026 AD", "20 minutes en route vers la salle",
        "Rua Augusta. Seat B12. 3 came", "Hall 3 Green room", "the 3 Way conversation", "Spring 3", "6月3日",
    ],
)  # fmt: skip
def test_no_addresses(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    "piece", ["-", "1 ", "A ", "1 A ", "a", "路", "ul. A ", "12-", "1 rue A ", "가 1 ", "D'", "A."]
)
def test_long_runs_are_gone_through_once(piece: str) -> None:
    began = time.perf_counter()
    list(claims(piece * (20_000 // len(piece))))
    assert time.perf_counter() - began < 2


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str) -> None:
    for claim in claims(text):
        assert 0 <= claim.start < claim.end <= len(text)
