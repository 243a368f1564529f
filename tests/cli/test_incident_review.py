"""``incident review``: the questions of the training module, asked one by one or as a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.private import extras, incident_chain, incident_store, review_form
from bot.private.incident import Incident

pyrage = extras.load("pyrage")
IDENTITY = pyrage.x25519.Identity.generate()
Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config.toml").write_text(f'[private]\nfolder = "{tmp_path}/kept"\n', encoding="utf-8")
    (tmp_path / "kept").mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "ada")
    monkeypatch.setenv("EVENTSAFETY_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path


@pytest.fixture
def run(home: Path) -> Run:
    def runner(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(cli, ["incident", "review", *words], input=typed)

    return runner


def record(home: Path) -> Path:
    day = datetime(2026, 12, 24, tzinfo=UTC).date()
    return incident_store.create(home / "kept", day, b"abcd", passphrase="", recipients=[str(IDENTITY.to_public())])


def read(path: Path) -> Incident:
    return incident_store.read(path, lambda file: incident_chain.secret_by_identity(file, str(IDENTITY).encode()))


def test_an_empty_form_needs_no_record(run: Run) -> None:
    told = run("--form")
    assert (told.exit_code, told.stdout) == (0, review_form.blank())


def test_a_filled_in_form_becomes_entries(home: Path, run: Run) -> None:
    path = record(home)
    form = review_form.blank({"review-better": "two rooms\nand a lamp", "review-worked": "two of us"})
    (home / "review.txt").write_text(form, encoding="utf-8")
    told = run("--from-file", str(home / "review.txt"))
    assert told.exit_code == 0, told.stderr
    assert [(one.field, one.text) for one in read(path).entries] == [
        ("review-better", "two rooms\nand a lamp"),
        ("review-worked", "two of us"),
    ]


def test_a_later_answer_takes_the_place_of_an_earlier_one(home: Path, run: Run) -> None:
    path = record(home)
    for answer in ("a lamp", "two lamps"):
        run("--from-file", "-", typed=f"review-better: {answer}\n")
    found = read(path)
    assert found.texts("review-better") == ("two lamps",)
    assert len(found.entries) == 2


def test_the_questions_are_asked_and_saved_at_once(home: Path, run: Run) -> None:
    path = record(home)
    told = run(typed="Greta\nyes\nall was quick\n.\n\ntwo of us\n.\n")
    assert told.exit_code == 0, told.stderr
    entries = read(path).entries
    assert (entries[0].field, entries[0].by) == ("review-effective", "Greta")
    assert {one.field for one in entries} == {"review-effective", "review-worked"}
    assert all(question.ask in told.stderr for question in review_form.questions()[:3])


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        pytest.param(("--form", "k7m2"), "", "leave out RECORD", id="a form of a record"),
        pytest.param(("--from-file", "-"), "hello\n", "holds no answer", id="no answers"),
        pytest.param((), "", "", id="no record"),
    ],
)
def test_misuse(run: Run, words: tuple[str, ...], typed: str, sentence: str) -> None:
    told = run(*words, typed=typed)
    assert (told.exit_code, told.stdout) == (2, "")
    assert sentence in told.stderr
