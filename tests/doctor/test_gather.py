from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor import gather


def test_without_settings_no_wiki_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYWIKIBOT_DIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    facts = gather.gather("x.toml: line 3", lambda: datetime.now(UTC))
    assert (facts.settings, facts.wiki, facts.password_files) == ("x.toml: line 3", None, {})
    assert facts.python >= (3, 11, 0)


def test_password_files_are_found_where_pywikibot_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home, base = tmp_path / "home", tmp_path / "base"
    (home / ".pywikibot").mkdir(parents=True)
    base.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for file, mode in ((home / ".pywikibot" / "user-password.py", 0o600), (base / "user-password.cfg", 0o644)):
        file.touch()
        file.chmod(mode)
    assert gather.password_files({"PYWIKIBOT_DIR": str(base)}) == {
        str(base / "user-password.cfg"): 0o644,
        str(home / ".pywikibot" / "user-password.py"): 0o600,
    }
    monkeypatch.chdir(base)
    assert gather.password_files({}).keys() == {"user-password.cfg", str(home / ".pywikibot" / "user-password.py")}
