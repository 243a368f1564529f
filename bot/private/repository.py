"""Whether a folder lies in a repository, from which a file is soon shared; must not know what is written there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

# What a working copy has at its top. A file named .git is that of a linked work tree or a submodule.
MARKERS = {
    ".git": "git",
    ".hg": "Mercurial",
    ".svn": "Subversion",
    ".bzr": "Bazaar",
    ".jj": "Jujutsu",
    ".pijul": "Pijul",
    ".fslckout": "Fossil",
    "_FOSSIL_": "Fossil",
    "_darcs": "Darcs",
    "CVS": "CVS",
}
# A repository without working copy is known by what stands in it.
BARE = ("HEAD", "objects", "refs")
UNSEEN = "unseen"
# Enough to pass through a folder, also one whose content we may not list.
FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC


def around(folder: int) -> str | None:
    """Return of what kind the repository is that the open ``folder`` lies in, None if it lies in none.

    UNSEEN is one that it may lie in: a folder could not be looked into.

    It climbs the folders themselves, not the words of a path, so that no link hides one.
    """
    with _climb(folder) as folders:
        kinds: list[str] = []
        try:
            kinds += (kind for one in folders if (kind := _kind(one)))
        except OSError:  # what is above a folder that may not be passed is not reached
            kinds.append(UNSEEN)
    return next((kind for kind in kinds if kind != UNSEEN), UNSEEN) if kinds else None


def _kind(folder: int) -> str | None:
    try:
        found = next((kind for name, kind in MARKERS.items() if _has(folder, name)), None)
        return found or ("git" if all(_has(folder, name) for name in BARE) else None)
    except OSError:
        return UNSEEN


def _has(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


@contextmanager
def _climb(folder: int) -> Iterator[Iterator[int]]:
    """Give ``folder`` and each one above it, open for as long as it is looked at."""
    opened = [os.dup(folder)]

    def folders() -> Iterator[int]:
        while True:
            yield opened[0]
            above = os.open("..", FOLDER, dir_fd=opened[0])
            is_top = os.path.sameopenfile(above, opened[0])
            os.close(opened[0])
            opened[0] = above
            if is_top:
                return

    try:
        yield folders()
    finally:
        os.close(opened[0])
