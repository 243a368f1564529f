"""PURE: results in, text for one kind of reader out; prints nothing."""
