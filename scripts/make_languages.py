#!/usr/bin/env python3
"""Write bot/onwiki/data/languages.json: MediaWiki's fallbacks of each language, and which are written right to left.

Source: `action=query&meta=languageinfo` of a MediaWiki 1.39, facts only; `scripts/sandbox up` starts one and
`scripts/sandbox url` names it. Needs that wiki alone: scripts/make_languages.py URL
"""

import json
import sys
import urllib.parse
import urllib.request
from pathlib import Path

TARGET = Path(__file__).parent.parent / "bot/onwiki/data/languages.json"
LIMIT = 20 * 1024 * 1024


def asked(url, **params):
    """Return the wiki's answer to one query."""
    query = urllib.parse.urlencode({"action": "query", "format": "json", "formatversion": "2", **params})
    with urllib.request.urlopen(f"{url}/w/api.php?{query}", timeout=60) as answer:
        return json.loads(answer.read(LIMIT))


def languages(url):
    """Return what the wiki says of every language it knows, by code; it answers in parts."""
    found, more = {}, {}
    while True:
        answer = asked(url, meta="languageinfo", liprop="fallbacks|dir", licode="*", **more)
        found.update(answer["query"]["languageinfo"])
        if "continue" not in answer:
            return found
        more = answer["continue"]


def document(url):
    """Return the file as it should be: one language a line, its fallbacks in order."""
    found = dict(sorted(languages(url).items()))
    return {
        "source": f"{asked(url, meta='siteinfo')['query']['general']['generator']}, action=query&meta=languageinfo",
        "rtl": " ".join(code for code, language in found.items() if language["dir"] == "rtl"),
        "fallbacks": {code: " ".join(one["fallbacks"]) for code, one in found.items() if one["fallbacks"]},
    }


def main():
    """Write the file from the wiki whose address is the first argument."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(document(sys.argv[1].rstrip("/")), indent="\t", ensure_ascii=False) + "\n", "utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
