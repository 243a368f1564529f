"""Settings: defaults for Meta, a TOML file, the environment; and one sentence for everything that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.errors import ConfigError
from bot.model import Severity


def test_the_defaults_are_meta_s() -> None:
    settings = config.load(None, {})
    assert settings.site == "meta:meta"
    assert [one.title for one in settings.lists] == ["WMF Global Ban Policy/List", "List of globally banned users"]
    assert {one.severity for one in settings.lists} == {Severity.BAN}


def test_the_environment_beats_the_file_and_names_it(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('\ufeffsite = "wikipedia:de"\ncontact = "a@example.org"\n', encoding="utf-8")
    environ = {"EVENTSAFETY_CONFIG": str(path), "EVENTSAFETY_SITE": "wikipedia:fr"}
    settings = config.load(None, environ)
    assert (settings.site, settings.contact) == ("wikipedia:fr", "a@example.org")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        pytest.param('site = "meta:meta\nsite = 1', "line 1", id="malformed, with the line"),
        pytest.param('a = 1\nsite = "x:y"\nsite = "x:y"\n', "line 3", id="a key twice, with the line"),
        pytest.param('site = "meta"', r"\$.site", id="a wiki without its family"),
        pytest.param("stie = 1", "stie", id="unknown key"),
        pytest.param("site = 1", r"\$.site", id="wrong type"),
        pytest.param("network = {read_timeout = 'x'}", r"\$.network.read_timeout", id="wrong type further in"),
        pytest.param("network = {read_timeout = 0}", r"\$.network.read_timeout", id="no time at all"),
        pytest.param("network = {retries = -1}", r"\$.network.retries", id="less than none"),
        pytest.param("network = {longest_wait = nan}", r"\$.network.longest_wait", id="not a number"),
        pytest.param('[[lists]]\nid = "x"', r"\$.lists\[0\]", id="a list without a title"),
        pytest.param(
            '[[lists]]\nid="x"\ntitle="X"\nauthority="a"\nseverity="death"', "severity", id="unknown severity"
        ),
        pytest.param('off = ["no-such-source"]', "no-such-source", id="a source that there is not"),
        pytest.param(
            '[[lists]]\nid="x"\ntitle="X"\nauthority="a"\n[[lists]]\nid="x"\ntitle="Y"\nauthority="a"',
            '"x" twice',
            id="an id twice",
        ),
        pytest.param('[[lists]]\nid="global-lock"\ntitle="X"\nauthority="a"', "global-lock", id="an id that is taken"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "s.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        config.load(tmp_path / "s.toml", {})
    assert "s.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: No such file"):
        config.load(tmp_path / "none.toml", {})
    (tmp_path / "binary.toml").write_bytes(b"\xff\x00")
    with pytest.raises(ConfigError, match="not valid TOML"):
        config.load(tmp_path / "binary.toml", {})
