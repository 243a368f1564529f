"""A real MediaWiki for tests, in one folder; knows nothing of the bot and needs Python's standard library alone."""
