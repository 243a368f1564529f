"""Event Safety Bot: checks who registered for a Wikimedia event against public ban lists and account states."""

__version__ = "0.1.0"
