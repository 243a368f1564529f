"""Whether each contact's account is there and can be written to; knows what the wiki said, and prints no address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from bot.duty.health_facts import HealthFacts, people
from bot.model import Channel, ChannelKind, Grade, Health, Member

OTHER = "or name somebody else"


def points(facts: HealthFacts) -> Iterable[Health]:
    """Yield what is wrong with the accounts, person by person, and what the wiki did not say of them."""
    for name in people(facts.team):
        yield from _account(name, facts.members.get(name) or Member(name), facts)


def _account(name: str, member: Member, facts: HealthFacts) -> Iterable[Health]:
    if member.renamed_to:
        text = f'The account "{name}" has been renamed to "{member.renamed_to}", so mail to the old name goes astray.'
        advice = f'Ask whether it is still the same person, and write "{member.renamed_to}" in the list of contacts.'
        yield Health("renamed", Grade.SERIOUS, text, advice, name)
    elif member.exists is False:
        text = f'There is no account "{name}", so nobody can write to that contact.'
        yield Health("missing", Grade.SERIOUS, text, f"Correct the spelling, {OTHER}.", name)
    for sentence in member.trouble:
        advice = "Look into it before the event, in private; until then, name somebody else."
        yield Health("blocked", Grade.SERIOUS, f'"{name}": {sentence}', advice, name)
    if member.exists:
        yield from _mail(name, member, facts)
        yield from _activity(name, member, facts)
    yield from _unknown(name, member)


def _mail(name: str, member: Member, facts: HealthFacts) -> Iterable[Health]:
    if member.emailable is not False:
        return
    channels = [
        c for one in facts.team if one.name == name for c in one.channels if c.kind is not ChannelKind.WIKI_MAIL
    ]
    text = f'"{name}" cannot be sent e-mail on the wiki'
    if public := _kinds(channel for channel in channels if channel.public):
        text += f"; what the list shows instead: {public}."
        yield Health("no-mail", Grade.HINT, text, "Ask them to confirm an e-mail address in their preferences.", name)
        return
    private = _kinds(channel for channel in channels if not channel.public)
    text += f", and their other addresses ({private}) are not public" if private else ", and no other address is known"
    advice = f"Ask them to confirm an e-mail address in their preferences, or to agree to a public one, {OTHER}."
    yield Health("no-mail", Grade.SERIOUS, f"{text}: participants cannot write to them.", advice, name)


def _kinds(channels: Iterable[Channel]) -> str:
    return ", ".join(dict.fromkeys(channel.kind.value for channel in channels))


def _activity(name: str, member: Member, facts: HealthFacts) -> Iterable[Health]:
    advice = f"Ask them, by another way, whether they read what is sent to them there, {OTHER}."
    if member.never_active:
        text = f'"{name}" has never been active on the wiki: there is no edit and no public log entry of theirs.'
        yield Health("inactive", Grade.WARNING, text, advice, name)
    if member.last_active is None:
        return
    away = facts.now - member.last_active
    if away > timedelta(days=facts.settings.inactive_days):
        day = member.last_active.astimezone(UTC).date()
        text = f'"{name}" was last active on the wiki on {day}, {away.days:,} days ago.'
        yield Health("inactive", Grade.WARNING, text, advice, name)


def _unknown(name: str, member: Member) -> Iterable[Health]:
    missing = []
    if member.exists is None and not member.renamed_to:
        missing = ["whether it exists"]
    elif member.exists:
        missing += ["whether it can be sent e-mail"] if member.emailable is None else []
        missing += ["when it was last active"] if member.last_active is None and not member.never_active else []
    if missing or member.unknown:
        what = f" ({', '.join(missing)})" if missing else ""
        text = " ".join((f'Not everything about the account "{name}" is known{what}.', *member.unknown))
        yield Health("unknown", Grade.UNKNOWN, text, "Try again later, or look the account up by hand.", name)
