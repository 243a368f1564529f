from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private import media
from bot.private.media import COPIES, Medium, Mount

MOUNTINFO = """\
24 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
25 24 0:5 / /dev rw - devtmpfs devtmpfs rw
30 24 0:40 / /home rw,relatime shared:2 - btrfs /dev/mapper/home rw,subvol=/@home
31 30 8:17 / /home/ada/USB\\040\\134stick rw - vfat /dev/sdb1 rw
32 24 0:50 / /home2 rw - nfs4 server:/export rw
33 24 0:41 / /mnt rw - tmpfs first rw
34 24 254:3 / /mnt rw master:1 shared:2 - ext4 /dev/dm-3 rw
no mount - at all
"""


@pytest.mark.parametrize(
    ("folder", "point"),
    [
        pytest.param("/", "/", id="the root folder"),
        pytest.param("/etc", "/", id="below it"),
        pytest.param("/home", "/home", id="where it is mounted"),
        pytest.param("/home/ada/list", "/home", id="deep below"),
        pytest.param("/home2/ada", "/home2", id="the beginning of a word is not enough"),
        pytest.param("/home/ada/USB \\stick/x", "/home/ada/USB \\stick", id="blanks and backslashes"),
        pytest.param("/devices", "/", id="another name"),
    ],
)
def test_a_folder_lies_in_the_mount_that_is_nearest(folder: str, point: str) -> None:
    mount = media.mount_of(folder, MOUNTINFO)
    assert mount
    assert mount.point == point


def test_what_is_mounted_over_another_counts() -> None:
    assert media.mount_of("/mnt/x", MOUNTINFO) == Mount("/mnt", "ext4", "254:3", "/dev/dm-3")


@given(st.text(), st.text())
def test_no_text_is_too_strange(folder: str, mountinfo: str) -> None:
    media.mount_of(folder, mountinfo)
    assert media.mount_of("/x", "\n".join((MOUNTINFO, mountinfo.replace(" - ", "")))) is not None


@pytest.mark.parametrize(
    ("on", "words"),
    [
        pytest.param(Medium("ext4", is_rotating=False), "solid state (ext4): the drive may keep old blocks", id="SSD"),
        pytest.param(Medium("ext4", is_rotating=True), "overwritten in place (ext4, a rotating disk)", id="hard disk"),
        pytest.param(Medium("xfs"), "a disk of unknown kind (xfs)", id="unknown disk"),
        pytest.param(Medium("btrfs", is_rotating=True), "writes to new blocks", id="btrfs, even on a hard disk"),
        pytest.param(Medium("zfs"), "(zfs) writes to new blocks", id="ZFS"),
        pytest.param(Medium("overlay"), "layered file system", id="a container"),
        pytest.param(Medium("nfs4"), "on another machine (nfs4)", id="NFS"),
        pytest.param(Medium("fuse.sshfs"), "on another machine", id="over SSH"),
        pytest.param(Medium("tmpfs"), "in memory (tmpfs)", id="memory"),
        pytest.param(Medium("newfs", is_rotating=True), "not known how the file system (newfs) writes", id="unknown"),
        pytest.param(Medium(), "cannot be told what the file was stored on", id="no Linux"),
        pytest.param(
            Medium("ext4", is_rotating=False, is_encrypted=True), "solid state (ext4): the drive", id="encrypted"
        ),
    ],
)
def test_each_medium_has_what_it_cannot_promise(on: Medium, words: str) -> None:
    told = media.sentence(on)
    assert words in told
    assert told.endswith(COPIES)
    assert ("only with its key" in told) == bool(on.is_encrypted)


@given(st.none() | st.text(), st.none() | st.booleans(), st.none() | st.booleans())
def test_nothing_but_a_rotating_disk_is_said_to_be_overwritten(
    filesystem: str | None, rotating: bool | None, encrypted: bool | None
) -> None:
    told = media.sentence(Medium(filesystem, rotating, encrypted))
    if "overwritten in place" in told:
        assert rotating
        assert filesystem in media.IN_PLACE


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """Files of Linux as they are for a disk with a partition, another one, a mapped one and a loop."""
    root = tmp_path / "root"
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/mountinfo").write_text(MOUNTINFO)
    for name, rotational in (("sda", "1"), ("sdb", "0"), ("dm-3", "0"), ("home", "1"), ("loop0", "1")):
        (root / "sys/devices" / name / "queue").mkdir(parents=True)
        (root / "sys/devices" / name / "queue/rotational").write_text(rotational + "\n")
    for part in ("sda/sda2", "sdb/sdb1"):
        (root / "sys/devices" / part).mkdir()
    (root / "sys/devices/dm-3/dm").mkdir()
    (root / "sys/devices/dm-3/dm/uuid").write_text("CRYPT-LUKS2-00-home\n")
    (root / "sys/dev/block").mkdir(parents=True)
    (root / "sys/class/block").mkdir(parents=True)
    for number, device in (("8:2", "sda/sda2"), ("8:17", "sdb/sdb1"), ("254:3", "dm-3")):
        (root / "sys/dev/block" / number).symlink_to(root / "sys/devices" / device)
    (root / "sys/class/block/home").symlink_to(root / "sys/devices/home")
    return root


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/etc/x", Medium("ext4", is_rotating=True, is_encrypted=False), id="a partition"),
        pytest.param("/mnt/x", Medium("ext4", is_rotating=False, is_encrypted=True), id="an encrypted disk"),
        pytest.param("/home/x", Medium("btrfs", is_rotating=True, is_encrypted=False), id="a disk by its name"),
        pytest.param("/home/ada/USB \\stick/x", Medium("vfat", is_rotating=False, is_encrypted=False), id="a stick"),
        pytest.param("/home2/x", Medium("nfs4"), id="no disk"),
    ],
)
def test_the_system_says_what_a_file_lies_on(path: str, expected: Medium, system: Path) -> None:
    assert media.medium(Path(path), system) == expected


@pytest.mark.parametrize(
    ("device", "files", "rotating", "encrypted"),
    [
        pytest.param("sda", {"removable": "0"}, True, False, id="a hard disk"),
        pytest.param("sda", {"removable": "1"}, None, False, id="a stick that says so too"),
        pytest.param("vda", {}, None, False, id="a disk of a virtual machine"),
        pytest.param("loop0", {}, None, False, id="a file"),
        pytest.param("nvme0n1", {"queue/rotational": "0"}, False, False, id="solid state"),
        pytest.param("vda", {"queue/rotational": "0"}, False, False, id="solid state, it says"),
        pytest.param("sda", {"queue/rotational": "?"}, None, False, id="neither"),
    ],
)
def test_only_what_surely_rotates_is_said_to(
    device: str, files: dict[str, str], rotating: bool | None, encrypted: bool, tmp_path: Path
) -> None:
    for name, text in ({"queue/rotational": "1", "removable": "0"} | files).items():
        path = tmp_path / "sys/class/block" / device / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/mountinfo").write_text(f"1 0 0:7 / / rw - ext4 /dev/{device} rw\n")
    assert media.medium(Path("/x"), tmp_path) == Medium("ext4", rotating, encrypted)


@pytest.mark.parametrize(
    ("below", "rotating", "encrypted"),
    [
        pytest.param(["sda/sda2"], True, False, id="a partition of a hard disk"),
        pytest.param(["sda/sda2", "sdb/sdb1"], False, False, id="one of two is solid state"),
        pytest.param(["dm-3"], False, True, id="an encrypted disk"),
        pytest.param(["dm-3", "sda"], False, False, id="one of two is encrypted"),
        pytest.param(["sda", "vda"], None, False, id="one of two is not known"),
    ],
)
def test_a_volume_is_what_it_lies_on(below: list[str], rotating: bool | None, encrypted: bool, system: Path) -> None:
    (system / "sys/devices/vda/queue").mkdir(parents=True)
    (system / "sys/devices/vda/queue/rotational").write_text("1")
    (system / "sys/devices/home/slaves").mkdir()
    for one in below:
        (system / "sys/devices/home/slaves" / Path(one).name).symlink_to(system / "sys/devices" / one)
    assert media.medium(Path("/home/x"), system) == Medium("btrfs", rotating, encrypted)


def test_a_system_without_these_files_is_no_error(tmp_path: Path, system: Path) -> None:
    assert media.medium(Path("/x"), tmp_path) == Medium()
    (system / "proc/self/mountinfo").write_text("")
    assert media.medium(Path("/x"), system) == Medium()
    (system / "proc/self/mountinfo").write_text("1 0 8:99 / / rw - ext4 /dev/none rw\n")
    assert media.medium(Path("/x"), system) == Medium("ext4")
    (system / "sys/devices/sda/queue/rotational").write_bytes(b"\xff")
    (system / "proc/self/mountinfo").write_text(MOUNTINFO)
    assert media.medium(Path("/x"), system) == Medium("ext4", is_rotating=None, is_encrypted=False)


def test_this_machine_has_an_answer_too(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/")
    told = media.promise(tmp_path / "file")
    assert told.endswith(COPIES)
    assert media.promise(tmp_path / "link" / "file") == media.promise(Path("/file"))
    assert media.promise(Path("relative")) == media.promise(Path.cwd() / "x")
