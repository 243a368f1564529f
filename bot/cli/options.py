"""The options that every command takes, before or after its name, and the settings that come of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.config import Settings

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
_SITE = re.compile(r"[a-z0-9_-]+:[a-z0-9_-]+")


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value:  # a value after the command beats one before it, nothing beats nothing
        ctx.meta[f"bot.{param.name}"] = value


def common(command: Decorated) -> Decorated:
    """Add --config, --site and -v; their values are kept in the context, where ``settings`` and ``verbosity`` look."""
    for option in (
        click.option(
            "-v", "--verbose", count=True, expose_value=False, callback=_remember, help="List everything; -vv: debug."
        ),
        click.option(
            "--site",
            metavar="FAMILY:CODE",
            expose_value=False,
            callback=_remember,
            help="The wiki of the event, by default meta:meta.",
        ),
        click.option(
            "--config",
            metavar="FILE",
            type=click.Path(path_type=Path),
            expose_value=False,
            callback=_remember,
            help="A settings file (TOML).",
        ),
    ):
        command = option(command)
    return command


def examples(*commands: str) -> str:
    """Return what ends the help of a command: commands as one would type them, each on a line of its own."""
    return "\n".join(("\b", "Examples:", *(f"  {command}" for command in commands)))


def verbosity() -> int:
    """Return how often -v was given."""
    context = click.get_current_context(silent=True)
    return int(context.meta.get("bot.verbose", 0)) if context else 0


def debugging() -> bool:
    """Return whether tracebacks are wanted: -vv or EVENTSAFETY_DEBUG=1."""
    return verbosity() > 1 or os.environ.get("EVENTSAFETY_DEBUG", "") not in ("", "0")


def config_given() -> bool:
    """Return whether --config was given."""
    return "bot.config" in click.get_current_context().meta


def settings() -> Settings:
    """Return the settings of --config and the environment with --site on top.

    Raises ConfigError for the file, UsageError for the word after --site.
    """
    import msgspec

    from bot import config

    meta = click.get_current_context().meta
    found = config.load(meta.get("bot.config"))
    site = meta.get("bot.site")
    if site is None:
        return found
    if not _SITE.fullmatch(site):
        raise UsageError(f'--site "{site}" is not of the form FAMILY:CODE, such as meta:meta or wikipedia:de.')
    return msgspec.structs.replace(found, site=site)
