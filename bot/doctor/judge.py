"""Says of each fact whether the work can be done with it, and what to do if not; knows no wiki, file or clock."""

from __future__ import annotations

from collections.abc import Iterable

from bot.config import Settings
from bot.doctor.facts import Clocks, Facts, Wiki
from bot.model import Finding, FindingState, SiteInfo, Source, SourceState
from bot.plan.gate import GO, lets_run

OK, WARN, FAIL = FindingState.OK, FindingState.WARN, FindingState.FAIL

OLDEST_PYTHON = (3, 11)
SECONDS_OFF = 60
NEEDED_FOR = {
    "CampaignEvents": "events with a registration of their own; sign-up pages and CSV files work without it",
    "CentralAuth": "global accounts and their locks",
    "GlobalBlocking": "global blocks",
}


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Return one finding for each point that was looked at, in the order in which they build on each other."""
    return (
        _python(facts.python),
        *_settings(facts.settings),
        *_password_files(facts),
        *_wiki(facts.wiki, facts.settings),
    )


def _python(version: tuple[int, int, int]) -> Finding:
    text = f"Python {'.'.join(map(str, version))}."
    if version >= OLDEST_PYTHON:
        return Finding("Python", OK, text)
    return Finding("Python", FAIL, text, "Install Python 3.11 or newer and run scripts/setup again.")


def _settings(settings: Settings | str) -> Iterable[Finding]:
    if isinstance(settings, str):
        yield Finding("Configuration", FAIL, settings, "Correct the file, or leave --config away to use the defaults.")
        return
    asked = sum(wanted.enabled and wanted.id not in settings.off for wanted in settings.lists)
    lists = "list page" if asked == 1 else "list pages"
    yield Finding("Configuration", OK, f"Wiki {settings.site}, {asked} {lists}.")
    if settings.off:
        text = f"Not asked, as the settings say: {', '.join(settings.off)}."
        yield Finding("Sources switched off", WARN, text, "Take them out of `off` unless you mean it.")
    if settings.contact:
        yield Finding("Contact", OK, f"The user agent names {settings.contact}.")
    else:
        text = "The user agent names nobody whom Wikimedia could write to, which its policy asks for."
        yield Finding("Contact", WARN, text, "Set `contact` in the settings, or EVENTSAFETY_CONTACT, to an address.")


def _password_files(facts: Facts) -> Iterable[Finding]:
    for file, mode in facts.password_files.items():
        if mode & 0o077:
            text = f"{file} can be read by other users of this machine (mode {mode:04o})."
            yield Finding("Password file", FAIL, text, f"chmod 600 {file}")
        else:
            yield Finding("Password file", OK, f"{file} is yours alone (mode {mode:04o}).")


def _wiki(wiki: Wiki | str | None, settings: Settings | str) -> Iterable[Finding]:
    if wiki is None or isinstance(settings, str):
        return
    if isinstance(wiki, str):
        yield Finding("Wiki", FAIL, wiki, "Check the connection, the site and Pywikibot's user-config.py.")
        return
    yield Finding("Wiki", OK, f"{wiki.name} answers; it sees us as {wiki.user_agent}.")
    yield _login(wiki)
    yield _limits(wiki)
    yield _clock(wiki.clocks)
    yield from _extensions(wiki.site, settings)
    yield from _sources("Account states", wiki.accounts)
    yield from _sources("List pages", wiki.lists)
    yield from _writing(wiki)


def _login(wiki: Wiki) -> Finding:
    if wiki.username:
        return Finding("Login", OK, f'Logged in as "{wiki.username}".')
    return Finding(
        "Login", WARN, "Reading anonymously, which works.", "Configure an account in user-config.py to read faster."
    )


def _limits(wiki: Wiki) -> Finding:
    if "apihighlimits" in wiki.rights:
        return Finding("Rights", OK, "500 names a request (apihighlimits).")
    return Finding("Rights", WARN, "50 names a request.", "An account with apihighlimits (bots) needs fewer requests.")


def _writing(wiki: Wiki) -> Iterable[Finding]:
    """Judge what only `apply` needs: nothing of it keeps the bot from reading."""
    if wiki.door is None:
        return
    if isinstance(wiki.door, str):
        yield Finding("Writing", WARN, wiki.door)
        return
    if lacking := [right for right in ("edit", "createpage", "bot") if right not in wiki.rights]:
        text = f"The account lacks what it needs to save pages: {', '.join(lacking)}."
        yield Finding("Writing", WARN, text, "Ask for the bot flag, and give the bot password the grants for editing.")
    else:
        yield Finding("Writing", OK, "The account may save pages as a bot.")
    door = wiki.door
    if door.stop_text is not None and lets_run(door.stop_text):
        yield Finding("Stop page", OK, f'"{door.stop_page}" says "{GO}".')
    else:
        state = "is not there" if door.stop_text is None else f'does not say "{GO}"'
        advice = f'To let the bot save pages, make that page say "{GO}" and nothing else.'
        yield Finding("Stop page", WARN, f'"{door.stop_page}" {state}, so nothing is saved.', advice)
    if door.templates:
        text = f"Missing, or not as in this version: {', '.join(door.templates)}."
        yield Finding("Templates", WARN, text, "Run `eventsafety templates install` and apply its plan.")
    else:
        yield Finding("Templates", OK, "As in this version.")


def _clock(clocks: Clocks | str) -> Finding:
    if isinstance(clocks, str):
        return Finding("Clock", WARN, clocks)
    off = round(abs((clocks.ours - clocks.server).total_seconds()))
    if off <= SECONDS_OFF:
        return Finding("Clock", OK, f"This machine and the wiki agree within {off} s.")
    text = f"This machine's clock is {off:,} s away from the wiki's."
    return Finding("Clock", WARN, text, "Let the machine set its clock by the network (NTP).")


def _extensions(site: SiteInfo | str, settings: Settings) -> Iterable[Finding]:
    if isinstance(site, str):
        yield Finding("Site information", FAIL, site)
        return
    for extension, use in NEEDED_FOR.items():
        if extension in site.extensions:
            yield Finding(extension, OK, "Installed.")
        else:
            advice = "Set `site` to the wiki that holds the event, such as meta:meta."
            yield Finding(extension, WARN, f"{settings.site} does not have this extension, which is for {use}.", advice)


def _sources(name: str, sources: tuple[Source, ...] | str) -> Iterable[Finding]:
    if isinstance(sources, str):
        yield Finding(name, FAIL, sources)
        return
    for source in sources:
        yield _source(source)


def _source(source: Source) -> Finding:
    name = f"Source {source.id}"
    if source.state is SourceState.OFF:
        return Finding(name, OK, "Switched off in the settings.")
    if source.state is not SourceState.OK:
        text = f"Cannot be relied on ({source.state.value}): {source.detail or 'no reason given'}"
        return Finding(name, FAIL, text, "Until this is well, nobody can be called clear.")
    if source.entries is not None:
        return Finding(name, OK, f'"{source.title}", revision {source.revid}: {source.entries:,} entries.')
    if "one request for each name" in source.detail:
        return Finding(name, WARN, f"Works by {source.detail}.", "Large events take long on this wiki.")
    return Finding(name, OK, f"Works by {source.detail}.")
