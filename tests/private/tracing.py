"""Runs a command under strace and tells what left it: bytes written, files made, words of processes; reads no file.

    done = traced([sys.executable, "-c", "…"], folder=tmp_path / "trace")
    assert done.made() == {tmp_path / "out.txt"}
    assert done.leaks("Ada Abacus", but={1, tmp_path / "out.txt"}) == []

A name that is looked for is found in other guises too: in the encodings, spellings and digests of ``guises``.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
import urllib.parse
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WRITES = ("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg", "vmsplice")
COPIES = ("sendfile", "splice", "tee", "copy_file_range")
OPENS = ("open", "openat", "openat2", "creat", "memfd_create")
NAMES = (
    *("link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat", "mknod", "mknodat", "mq_open", "shmget"),
    *("rename", "renameat", "renameat2", "setxattr", "fsetxattr", "lsetxattr", "bind", "connect"),
)
OTHERS = ("execve", "execveat", "mmap", "prctl", "setrlimit", "prlimit64")

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\w+)", re.DOTALL)
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
# What a program of a test begins with: only root can watch a process that closed its memory to others, and for anybody
# else it stays open.
WATCHABLE = """
import os
from bot.cli import confidential
if os.geteuid():
    confidential._PR_SET_DUMPABLE = confidential._PR_GET_DUMPABLE
"""

_UNREAD = re.compile(r"[^,]+, 0x[0-9a-f]+")  # an address instead of what is there
_FILE = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)>")


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: the file that its first argument is, and the strings among its arguments, whole."""

    process: int
    name: str
    number: int | None
    path: str
    strings: tuple[bytes, ...]
    words: str
    has_failed: bool
    result: str

    @property
    def makes(self) -> bool:
        """Whether it opens a file in order to write it, or gives one a name."""
        if self.name in OPENS:
            return (
                bool(re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|O_TRUNC|MFD_", self.words)) or self.name == "creat"
            )
        return self.name in NAMES and self.name not in ("bind", "connect", "fsetxattr", "setxattr", "lsetxattr")


@dataclass(frozen=True, slots=True)
class Trace:
    """What a command did; ``calls`` are in the order of each process, ``folder`` is where it began."""

    returncode: int
    stdout: str
    stderr: str
    calls: tuple[Call, ...]
    folder: Path

    def made(self) -> set[Path]:
        """Return every file that was opened for writing or got a name, also one that was gone again in the end."""
        return {
            self.folder / path
            for call in self.calls
            if call.makes and not call.has_failed and not (path := _made_path(call)).startswith("/dev/")
        }

    def written(self) -> dict[str, bytes]:
        """Return what was written, one write behind the other, for each file, pipe and socket."""
        found: dict[str, bytes] = defaultdict(bytes)
        for call in self.calls:
            if call.name in WRITES:
                found[call.path] += b"".join(call.strings)
        return dict(found)

    def copied(self) -> list[str]:
        """Return the calls that move bytes from file to file, or share a file's memory: their content is not seen."""
        return [
            f"{call.name} {call.words[:200]}"
            for call in self.calls
            if call.name in COPIES
            or (call.name == "mmap" and "PROT_WRITE" in call.words and "MAP_SHARED" in call.words and call.number)
        ]

    def leaks(self, needle: str, *, but: Collection[int | Path] = ()) -> list[str]:
        """Return what shows ``needle`` in any guise: written elsewhere than to ``but``, in a name, an argument, …

        ``but`` are numbers (1 is standard output) and paths of files.
        """
        looked_for = guises(needle)
        streams: dict[tuple[str, int | None, str], bytes] = defaultdict(bytes)
        for call in self.calls:
            if call.name in WRITES and (call.number in but or Path(call.path) in but):
                continue
            if call.name in (*WRITES, *NAMES, "execve", "execveat") or call.makes:
                behind = call.number if call.name in WRITES else None
                streams[call.name, behind, call.path] += b"".join(call.strings) + (b"" if behind else b"\0")
        return [
            f"{name} to {path or number}: as {guise}"
            for (name, number, path), content in streams.items()
            for guise, needed in looked_for.items()
            if needed in content
        ]


def traced(
    command: Sequence[str],
    *,
    folder: Path,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    input_: str | None = None,
    pass_fds: Collection[int] = (),
    timeout: float = 60,
) -> Trace:
    """Run a command under strace with all processes that it starts; ``folder`` is a new one, for the trace."""
    strace = shutil.which("strace")
    assert strace, "strace is not installed: scripts/sandbox install does it, as root on Debian."
    folder.mkdir()
    watched = ",".join(f"?{name}" for name in (*WRITES, *COPIES, *OPENS, *NAMES, *OTHERS))
    options = ["-f", "-ff", "--seccomp-bpf", "-v", "-y", "-xx", "-s", "100000000", "-qq", "-e", f"trace={watched}"]
    done = subprocess.run(
        [strace, *options, "-o", str(folder / "of"), *command],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        errors="backslashreplace",
        env=environ,
        input=input_,
        pass_fds=pass_fds,
        stdin=subprocess.DEVNULL if input_ is None else None,
        timeout=timeout,
    )
    files = sorted(folder.glob("of.*"), key=lambda path: int(path.suffix[1:]))
    assert files, f"strace saw nothing: {done.stderr}"
    calls = [call for file in files for call in _calls(file)]
    return Trace(done.returncode, done.stdout, done.stderr, tuple(calls), cwd or Path.cwd())


def guises(needle: str) -> dict[str, bytes]:
    """Return the bytes by which a name of six characters or more could be written down, each with what it is."""
    assert len(needle) >= 6, "a short name is found where it does not stand"
    plain = needle.encode()
    found: dict[str, bytes] = {}
    for word in {needle, needle.casefold(), needle.upper(), needle.replace(" ", "_")}:
        found |= {f"{code} {word!r}": word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
    found["backwards"] = plain[::-1]
    found["JSON"] = json.dumps(needle)[1:-1].encode()
    found["HTML"] = html.escape(needle).encode()
    found["a web address"] = urllib.parse.quote(needle).encode()
    found["a form"] = urllib.parse.quote_plus(needle).encode()
    found["hex"], found["HEX"] = plain.hex().encode(), plain.hex().upper().encode()
    for shift in range(3):
        found[f"base64 {shift}"] = base64.b64encode(bytes(shift) + plain)[4 * (shift > 0) : -4]
    for shift in range(5):
        found[f"base32 {shift}"] = base64.b32encode(bytes(shift) + plain)[8 * (shift > 0) : -8]
    for digest in ("md5", "sha1", "sha256", "sha512", "blake2b"):
        found[digest] = hashlib.new(digest, plain).hexdigest().encode()
        found[f"{digest}, binary"] = hashlib.new(digest, plain).digest()
    return {guise: data for guise, data in found.items() if len(data) >= 6}


def _calls(file: Path) -> list[Call]:
    """Return the calls of one thread."""
    lines = file.read_text(encoding="ascii").splitlines()
    return [_call(int(file.suffix[1:]), parts, line) for line in lines if (parts := _CALL.match(line))]


def _call(process: int, parts: re.Match[str], line: str) -> Call:
    name, words, result = parts.groups()
    strings = _STRING.findall(words)
    assert not [string for string in strings if string[1]], f"strace did not show all of a {name}"
    assert not _UNREAD.match(words) or name not in (*WRITES, *OPENS), (
        "Only root can watch a process that closed its memory to others: begin it with WATCHABLE, or run as root."
    )
    named = _FILE.search(words) if name == "mmap" else _FILE.match(words)
    number = int(named[1]) if named else None
    if name in OPENS:
        named = _FILE.search(line[parts.end(2) :])
    path = _bytes(named[2]).decode(errors="backslashreplace") if named else ""
    data = tuple(_bytes(string) for string, _ in strings)
    return Call(process, name, number, path, data, words, result.startswith("-"), result)


def _made_path(call: Call) -> str:
    """Return the file that a call made: the last of its names, from the folder where it stands."""
    if call.name in OPENS:
        return call.path
    name = call.strings[-1].decode(errors="backslashreplace") if call.strings else call.words
    folders = [
        _bytes(text).decode(errors="backslashreplace") for text in re.findall(r"<((?:\\x[0-9a-f]{2})*)>", call.words)
    ]
    return str(Path(folders[-1], name)) if folders else name


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))
