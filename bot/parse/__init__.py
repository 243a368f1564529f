"""PURE: wikitext, HTML and CSV in, values out; knows no wiki, no network, no clock and no verdict."""
