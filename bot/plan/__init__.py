"""PURE: from what is on the wiki and what should be there to the edits; no clock, no network, no saving."""
