"""Can this set-up do its work? ``gather`` reads, ``judge`` says; prints and saves nothing."""
