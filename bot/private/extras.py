"""Loads the packages that only readers of confidential files need; must not know what they are used for."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from bot.errors import ConfigError


def load(name: str) -> Any:
    """Return the module ``name`` of an extra package, which logs nothing from then on: msoffcrypto logs passwords.

    Raises ConfigError, with what to do, where the package is not installed.
    """
    package = name.partition(".")[0]
    logging.getLogger(package).setLevel(logging.CRITICAL + 1)
    try:
        return import_module(name)
    except ImportError:
        message = f'The package {package} is missing, which this needs: run pip install "eventsafety[private]".'
        raise ConfigError(message) from None
