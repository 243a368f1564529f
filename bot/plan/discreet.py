"""What of a roster may be shown in a report: free text without what nobody made public; knows no report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Contact, Declared, Training
from bot.plan import contacts_values
from bot.plan.contacts_values import Secrets


def contacts(found: Sequence[Contact], secrets: Secrets) -> tuple[Contact, ...]:
    """Return contacts whose affiliation and training hold no address; one that did says whose it is instead.

    A channel that is a secret is not public, wherever it was found. Who renders channels shows the public ones.
    """
    return tuple(_contact(one, secrets) for one in found)


def declared(found: Sequence[Declared], secrets: Secrets) -> tuple[Declared, ...]:
    """Return declarations whose text gives away no channel of the team that is not public.

    Other numbers stay: where an event is kept safe, those of hospitals and guards are declared.
    """
    return tuple(replace(one, text=_hidden("")) if secrets.are_in(one.text) else one for one in found)


def _contact(contact: Contact, secrets: Secrets) -> Contact:
    kept = contacts_values.kept_back(contact, secrets)
    hidden = _hidden(contact.name)
    return replace(
        contact,
        channels=tuple(replace(one, public=one.public and not secrets.are_in(one.value)) for one in contact.channels),
        affiliation=hidden if "affiliation" in kept else contact.affiliation,
        training=tuple(_training(one, secrets, hidden) for one in contact.training),
    )


def _training(training: Training, secrets: Secrets, hidden: str) -> Training:
    return replace(training, course=hidden) if secrets.are_in_words(training.course) else training


def _hidden(name: str) -> str:
    return f"(of {name}, not shown here)" if name else "(not shown here)"
