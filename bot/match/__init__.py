"""PURE: registrants, lists and account states in, verdicts with evidence out; knows no wiki and no clock."""
