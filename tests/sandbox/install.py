"""Puts a plain MediaWiki with its accounts into a folder; must not know of servers, events or seed data."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from tests.sandbox.errors import SandboxError

# strace is for the tests that watch what a process writes.
PACKAGES = ("mediawiki", "php-cli", "php-sqlite3", "php-intl", "php-mbstring", "php-xml", "strace")
APT = f"apt-get install --yes --no-install-recommends {' '.join(PACKAGES)}"
MEDIAWIKI = Path(os.environ.get("EVENTSAFETY_MEDIAWIKI", "/usr/share/mediawiki"))
VERSION = "1.39"
EXTENSION = Path(__file__).parent / "extension"
DBNAME = "metawiki"
EXTENSIONS = (
    *("AbuseFilter", "SpamBlacklist", "TitleBlacklist", "ParserFunctions", "Scribunto"),
    *("TemplateData", "Gadgets", "Renameuser", "Nuke"),
)
PASSWORDS = {
    "Admin": "AdminPass-4711",
    "Steward": "StewardPass-4711",
    "TestBot": "BotPass-4711",
    "Other": "OtherPass-4711",
}
GROUPS = {"Steward": ("--sysop", "--custom-groups=steward"), "TestBot": ("--custom-groups=bot",), "Other": ()}
# A bot password has 32 or more characters out of 0-9a-w.
BOT_PASSWORD = "0123456789abcdefghijklmnopqrstuv"
GRANTS = "basic,highvolume,editpage,createeditmovepage"


def require() -> None:
    """Raise SandboxError with what is missing and how to get it, unless a test wiki can be made here."""
    missing = [what for what, there in (("PHP", shutil.which("php")), ("MediaWiki", _has_mediawiki())) if not there]
    if missing:
        raise SandboxError(
            f"The test wiki needs {' and '.join(missing)}, not found on this machine: as root on Debian run"
            f" `{APT}` (or `scripts/sandbox install`)."
        )
    found = re.search(r"'MW_VERSION', '([^']+)'", (MEDIAWIKI / "includes" / "Defines.php").read_text(encoding="utf-8"))
    if not found or not found[1].startswith(f"{VERSION}."):
        raise SandboxError(
            f"The test wiki needs MediaWiki {VERSION}, as Debian 12 has it; here is {found[1] if found else 'another'}."
        )
    modules = subprocess.run(["php", "-m"], capture_output=True, text=True, check=False).stdout.split()
    lacking = [name for name in ("pdo_sqlite", "intl", "mbstring", "xml") if name not in modules]
    if lacking:
        raise SandboxError(f"The test wiki needs PHP's {', '.join(lacking)}: as root on Debian run `{APT}`.")


def require_strace() -> None:
    """Raise SandboxError unless the tests that watch what a process writes can run here."""
    if not shutil.which("strace"):
        raise SandboxError(f"The tests of what is written need strace: as root on Debian run `{APT}`.")


def apt_install() -> None:
    """Install the Debian packages; raises SandboxError when not root or not on Debian."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise SandboxError(f"Installing packages needs root on Debian; what to run there: `{APT}`.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", APT):
        if subprocess.run(command.split(), env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            raise SandboxError(f"`{command}` failed; its own words stand above.")


def install(folder: Path) -> None:
    """Make the database, the settings and the accounts of a wiki in ``folder``, which exists and is ours."""
    for name in ("conf", "data", "cache", "www"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "www" / "w").symlink_to(MEDIAWIKI)
    settings = folder / "conf" / "LocalSettings.php"
    _php(
        folder,
        "install",
        *("--dbtype", "sqlite", "--dbpath", str(folder / "data"), "--dbname", DBNAME),
        *("--confpath", str(settings.parent), "--server", "http://127.0.0.1", "--scriptpath", "/w"),
        *("--extensions", ",".join(EXTENSIONS), "--pass", PASSWORDS["Admin"], "Meta", "Admin"),
    )
    with settings.open("a", encoding="utf-8") as file:
        file.write(
            f"\n$testCentralFolder = {_php_string(folder)};\nrequire {_php_string(EXTENSION / 'settings.php')};\n"
        )
    for name, groups in GROUPS.items():
        _php(folder, "createAndPromote", *groups, name, PASSWORDS[name])
    _php(folder, "createBotPassword", "--appid", "test", "--grants", GRANTS, "TestBot", BOT_PASSWORD)


def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which MediaWiki's scripts and the web server find the wiki of ``folder``."""
    return {
        **os.environ,
        "MW_CONFIG_FILE": str(folder / "conf" / "LocalSettings.php"),
        "TESTCENTRAL_FOLDER": str(folder),
        "TESTCENTRAL_MEDIAWIKI": str(MEDIAWIKI),
    }


def _has_mediawiki() -> bool:
    return (MEDIAWIKI / "maintenance" / "install.php").is_file()


def _php(folder: Path, script: str, *arguments: str) -> None:
    command = ["php", str(MEDIAWIKI / "maintenance" / f"{script}.php"), *arguments]
    variables = environment(folder)
    if script == "install":
        del variables["MW_CONFIG_FILE"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SandboxError(f"MediaWiki's {script}.php failed in {folder}: {(done.stdout + done.stderr).strip()[:500]}")


def _php_string(path: Path) -> str:
    text = str(path).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"
