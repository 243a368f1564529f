"""A proxy before the test wiki that loses, delays, damages and doubles what passes, as networks do; standard library alone."""
