"""Loads the packages that only readers of confidential files need; must not know what they are used for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from bot.errors import ConfigError


def load(name: str) -> Any:
    """Return the module ``name`` of an extra package; raises ConfigError, with what to do, where there is none."""
    try:
        return import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        message = f'The package {package} is missing, which this needs: run pip install "eventsafety[private]".'
        raise ConfigError(message) from None
