"""Under strace: a name of a confidential list goes to the terminal or into the output, and nowhere else, in no guise."""

import csv
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from bot.parse import sites
from bot.private import extras, sealed, secret
from bot.private.model import Entry, Occasion
from bot.private.sealed_hash import Work
from tests.private import locked, sealing, workbooks
from tests.private.tracing import WATCHABLE, Trace, traced

pytestmark = pytest.mark.traced

EVENT = "Event:Riverside Meetup"
PASSWORD = "correct horse battery"
# Met by the name itself, by likeness, by a real name and an address; the last two are met by nobody.
MET, ALIKE, REAL, ADDRESS = "Plum Sparrow", "VeIvet Anchor", "Augusta Thistlewood", "augusta.thistle@example.org"
UNMET, UNMET_ADDRESS = "Zebulon Quillfeather", "zebulon.quill@example.org"
ROWS = (
    ("Username", "Real name", "E-mail"),
    (MET, "", ""),
    (ALIKE, "", ""),
    ("", REAL, ADDRESS),
    (UNMET, "", UNMET_ADDRESS),
)
PEOPLE = ((MET, "", ""), ("Velvet Anchor", "", ""), ("", "Thistlewood, Augusta", ADDRESS), ("Amber Abacus", "", ""))
pyrage = extras.load("pyrage")
IDENTITY = pyrage.x25519.Identity.generate()
# Sealed lists of tests are cheap to try, which the program refuses: the least cost is lowered, nothing else.
PROGRAM = f"""{WATCHABLE}
import sys
from bot.private import sealed
from bot.private.sealed_hash import Cost
sealed.open_.__kwdefaults__.update(least=Cost(n=2, r=1, p=1))
from bot.cli import main
main()
"""


def table(rows: Collection[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


@cache
def workbook() -> bytes:
    cells = [
        "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' if cell else "<c/>" for cell in row) for row in ROWS
    ]
    padding = "<!--" + "".join(f"{number:x}" for number in range(9000)) + "-->"  # longer than what Excel leaves short
    return workbooks.workbook(f"<sheetData>{''.join(f'<row>{row}</row>' for row in cells)}</sheetData>{padding}")


@cache
def sealed_list() -> bytes:
    entries = [Entry(row, user, real, email) for row, (user, real, email) in enumerate(ROWS, 1) if row > 1]
    data, _ = sealed.seal(
        entries,
        Occasion(EVENT),
        sites.META.dbname,
        expires=datetime.now(UTC) + timedelta(days=3),
        made=datetime.now(UTC),
        secret=sealing.SECRET,
        random=os.urandom,
        work=Work(sealing.CHEAP, 1),
    )
    return data


FORMS: dict[str, Callable[[], bytes]] = {
    "CSV": lambda: table(ROWS),
    "XLSX with a password": lambda: locked.excel(workbook(), PASSWORD),
    "XLSX in age": lambda: locked.armored(locked.age(workbook(), PASSWORD)),
    "CSV in age for a key": lambda: pyrage.encrypt(table(ROWS), [IDENTITY.to_public()]),
    "sealed": sealed_list,
}
KEY = {"sealed": secret.text(sealing.SECRET)}


def environ(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST", "XDG"))}
    return {**kept, "PYTHONPATH": str(Path.cwd()), "PYTHONDONTWRITEBYTECODE": "1", **more}


def check(form: str, data: bytes, folder: Path, *words: str, key: str = "", **more: str) -> Trace:
    """Run a check that asks no wiki, at home in a folder of its own."""
    (folder / "home").mkdir()
    (folder / "list").write_bytes(data)
    (folder / "people.csv").write_bytes(table([ROWS[0], *PEOPLE]))
    (folder / "key.txt").write_text(str(IDENTITY))
    day = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"
    given = ["--list", "list", "--registrants", "people.csv", "--only-csv", "--in-person", "--event-ends", day]
    given += ["--identity", "key.txt"] if form == "CSV in age for a key" else ["--password-fd", "0"]
    return traced(
        [sys.executable, "-c", PROGRAM, "event-bans", "check", EVENT, *given, *words],
        folder=folder / "trace",
        environ=environ(HOME=str(folder / "home"), TMPDIR=str(folder), **more),
        cwd=folder,
        input_=f"{key or KEY.get(form, PASSWORD)}\n",
    )


def assert_quiet(done: Trace, folder: Path, but: Collection[int | Path], made: Collection[Path] = ()) -> None:
    """Assert that names went nowhere ``but`` to what may have them, and that no file was ``made`` but these."""
    for name in (MET, ALIKE, REAL, ADDRESS):
        assert done.leaks(name, but=but) == []
    for name in (UNMET, UNMET_ADDRESS, PASSWORD, KEY["sealed"], str(IDENTITY)):
        assert done.leaks(name) == []
    assert done.made() == set(made)
    assert done.copied() == []
    assert [call.name for call in done.calls if call.name in ("connect", "sendto", "sendmsg", "bind")] == []
    assert list((folder / "home").iterdir()) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_name_of_the_list_goes_to_the_terminal_alone(form: str, tmp_path: Path) -> None:
    done = check(form, FORMS[form](), tmp_path, "-v")
    assert done.returncode == 10, done.stderr
    assert MET in done.stdout
    assert "Thistlewood" in done.stdout
    assert (ALIKE in done.stdout) == (form != "sealed")
    assert_quiet(done, tmp_path, but={1})
    assert done.leaks(MET)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        pytest.param("XLSX with a password", (), id="as text"),
        pytest.param("sealed", ("--json",), id="as JSON"),
    ],
)
def test_or_into_the_output_alone(form: str, words: tuple[str, ...], tmp_path: Path) -> None:
    done = check(form, FORMS[form](), tmp_path, "--output", "out", *words, EVENTSAFETY_DEBUG="1")
    assert done.returncode == 10, done.stderr
    assert done.stdout == ""
    assert MET in (tmp_path / "out").read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o600
    assert_quiet(done, tmp_path, but={tmp_path / "out"}, made={tmp_path / "out"})


@pytest.mark.parametrize(
    ("form", "spoil", "key", "sentence"),
    [
        pytest.param("XLSX with a password", lambda data: data, "wrong", "password", id="a wrong password"),
        pytest.param("XLSX in age", lambda data: data[:-100], "", "cut off|damaged", id="an age file that is cut off"),
        pytest.param("CSV", lambda data: data.replace(b"Sparrow", b"Sparrow\xff"), "", "UTF-8", id="no UTF-8"),
        pytest.param(
            "CSV",
            lambda data: data.replace(b"\r\nPlum", b'\r\n"Plum'),
            "",
            "unexpected end",
            id="no end of a quotation",
        ),
        pytest.param(
            "CSV",
            lambda data: data.replace(b"Username,Real name,E-mail", b"a,b,c"),
            "",
            "which column",
            id="no heading",
        ),
    ],
)
def test_what_goes_wrong_shows_no_name_either(
    form: str, spoil: Callable[[bytes], bytes], key: str, sentence: str, tmp_path: Path
) -> None:
    done = check(form, spoil(FORMS[form]()), tmp_path, "-vv", "--output", "out", key=key)
    made = [tmp_path / "out"] if done.returncode > 2 else []
    assert re.search(sentence, done.stderr)
    assert "this is a bug" not in done.stderr
    assert_quiet(done, tmp_path, but=made, made=made)
    for part in ("Sparrow", "Thistlewood", "VeIvet"):
        assert done.leaks(part, but=made) == []


SABOTAGE = """
import tempfile
from bot.private import banlist
read = banlist.read
def leaky(*args, **more):
    found = read(*args, **more)
    LEAK
    return found
banlist.read = leaky
"""


def test_a_program_that_leaks_would_be_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leak = "tempfile.NamedTemporaryFile('w').write(found.entries[-1].user)"
    monkeypatch.setitem(globals(), "PROGRAM", SABOTAGE.replace("LEAK", leak) + PROGRAM)
    done = check("CSV", table(ROWS), tmp_path)
    assert done.returncode == 10, done.stderr
    with pytest.raises(AssertionError):
        assert_quiet(done, tmp_path, but={1})


def test_a_purge_makes_nothing_and_shows_no_name(tmp_path: Path) -> None:
    (tmp_path / "out").write_text(f"eventsafety confidential event-bans | delete after 2026-01-01T00:00:00Z | E\n{MET}")
    done = traced(
        [sys.executable, "-c", PROGRAM, "event-bans", "purge", str(tmp_path / "out")],
        folder=tmp_path / "trace",
        environ=environ(HOME=str(tmp_path)),
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "out").exists()
    assert done.leaks(MET) == []
    assert done.made() == {tmp_path / "out"}  # opened to be overwritten
    assert done.written()[str(tmp_path / "out")].strip(b"\0") == b""
