"""What overwriting and deleting a file cannot promise on the medium that it lies on; knows nothing of the file.

Sources: Linux, proc_pid_mountinfo(5) and Documentation/ABI/stable/sysfs-block (queue/rotational, dm/uuid).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COPY_ON_WRITE = {"btrfs", "zfs", "bcachefs", "nilfs2", "f2fs", "apfs"}
LAYERS = {"overlay", "aufs", "unionfs", "fuse.unionfs-fuse", "fuse.fuse-overlayfs", "fuse.mergerfs"}
MEMORY = {"tmpfs", "ramfs"}
IN_PLACE = {"ext2", "ext3", "ext4", "xfs", "jfs", "reiserfs", "vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk"}
NETWORK = {
    *(
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "virtiofs",
        "vboxsf",
        "ncpfs",
    ),
    *(f"fuse.{name}" for name in ("sshfs", "rclone", "gvfsd-fuse", "s3fs", "davfs", "glusterfs", "ceph")),
}

_BY_FILESYSTEM = (
    (NETWORK, "The file was on another machine ({}): what that keeps of it cannot be told from here."),
    (MEMORY, "The file was in memory ({}): nothing of it stays but what the system may have swapped to a disk."),
    (LAYERS, "The file was in a layered file system ({}): an older layer, or the disk below, may still hold it."),
    (
        COPY_ON_WRITE,
        "The file system ({}) writes to new blocks: the old ones were not overwritten and may be readable.",
    ),
)  # Disks of virtual machines and of the network, and files that pass for a disk.
_VIRTUAL = ("vd", "xvd", "loop", "nbd", "rbd", "drbd", "zram", "ram")
COPIES = "Backups, snapshots and copies made elsewhere are not touched; delete them too."


@dataclass(frozen=True, slots=True)
class Mount:
    """A line of mountinfo: where it is mounted, its file system, and its device, by number and by name."""

    point: str
    filesystem: str
    device: str
    source: str


@dataclass(frozen=True, slots=True)
class Medium:
    """What a folder lies on; None where it cannot be told."""

    filesystem: str | None = None
    is_rotating: bool | None = None
    is_encrypted: bool | None = None


def promise(path: Path, root: Path = Path("/")) -> str:
    """Return in one or two sentences what the deletion of a file at ``path`` cannot promise; it reads, never raises."""
    return sentence(medium(path, root))


def sentence(on: Medium) -> str:
    """Return what deletion cannot promise on such a medium."""
    return f"{_what_stays(on)}{_but_encrypted(on)} {COPIES}"


def _what_stays(on: Medium) -> str:
    name = on.filesystem
    if name is None:
        return "It cannot be told what the file was stored on: old blocks of it may stay readable there."
    if told := next((told for names, told in _BY_FILESYSTEM if name in names), None):
        return told.format(name)
    if name not in IN_PLACE:
        return f"It is not known how the file system ({name}) writes: old blocks of the file may stay readable."
    if on.is_rotating:
        return f"The blocks were overwritten in place ({name}, a rotating disk): only a journal may still hold parts."
    kind = "solid state" if on.is_rotating is False else "a disk of unknown kind"
    return f"The file was on {kind} ({name}): the drive may keep old blocks, and overwriting does not reach them."


def _but_encrypted(on: Medium) -> str:
    return " The disk is encrypted: what stays can be read only with its key." if on.is_encrypted else ""


def medium(path: Path, root: Path = Path("/")) -> Medium:
    """Return what the folder of ``path`` lies on, by the files of Linux under ``root``; unknown elsewhere."""
    try:
        lines = (root / "proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return Medium()
    mount = mount_of(os.path.realpath(path.parent), lines)
    if mount is None:
        return Medium()
    device = _block_device(mount, root)
    if device is None:
        return Medium(mount.filesystem)
    return Medium(mount.filesystem, _is_rotating(device), _is_encrypted(device))


def mount_of(folder: str, mountinfo: str) -> Mount | None:
    """Return the mount that a folder, an absolute path without links, lies in: the last with the longest path."""
    best = None
    for mount in _mounts(mountinfo):
        holds = folder == mount.point or folder.startswith(mount.point.rstrip("/") + "/")
        if holds and (best is None or len(mount.point) >= len(best.point)):
            best = mount
    return best


def _mounts(mountinfo: str) -> Iterator[Mount]:
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, more = before.split(" "), after.split(" ")
        if len(fields) > 4 and len(more) > 1:
            yield Mount(_unescaped(fields[4]), more[0], fields[2], _unescaped(more[1]))


def _unescaped(text: str) -> str:
    """Undo the octal escapes of blanks and backslashes."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def _block_device(mount: Mount, root: Path) -> Path | None:
    """Return the folder of sysfs for the disk: by number, or by name where the number is the file system's own."""
    candidates = (root / "sys/dev/block" / mount.device, root / "sys/class/block" / Path(mount.source).name)
    return next((disk for candidate in candidates if (disk := _disk(candidate))), None)


def _disk(device: Path) -> Path | None:
    """Return the folder of sysfs that a link leads to; a partition stands in the folder of its disk."""
    try:
        found = device.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return found if (found / "queue").is_dir() else found.parent


def _below(device: Path) -> list[Path]:
    """Return the disks that a mapped device, such as a volume, lies on; none for a disk itself."""
    return [disk for slave in sorted((device / "slaves").glob("*")) if (disk := _disk(slave))]


def _is_rotating(device: Path) -> bool | None:
    """Whether all disks below rotate; that of a virtual machine and a stick say so without being it."""
    if below := _below(device):
        kinds = {_is_rotating(disk) for disk in below}
        return False if False in kinds else None if None in kinds else True
    text = _text(device / "queue/rotational")
    if text == "1" and (device.name.startswith(_VIRTUAL) or _text(device / "removable") == "1"):
        return None
    return text == "1" if text in ("0", "1") else None


def _is_encrypted(device: Path) -> bool:
    below = _below(device)
    return _text(device / "dm/uuid").startswith("CRYPT-") or (bool(below) and all(map(_is_encrypted, below)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
