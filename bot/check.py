"""The main job, for the command line and for Pywikibot alike: read, parse, match; prints and saves nothing."""
