"""Files are written whole or not at all."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from araxes.ontology.errors import OutputError
from araxes.ontology.whole_files import whole_file, write_whole

_HALF = """
import sys
import tempfile
from pathlib import Path
from araxes.ontology.whole_files import whole_file
with whole_file(Path(sys.argv[1])) as out:
    out.write(b"half")
    out.flush()
    print("half", flush=True)
    sys.stdin.read()
"""


def test_new_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / ("name" * 63)  # as long as a name may be
    write_whole(path, "ایران")
    assert path.read_text("utf-8") == "ایران"
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_killed_in_the_middle_the_old_file_is_there(tmp_path: Path, sent: signal.Signals) -> None:
    path = tmp_path / "file"
    path.write_text("old", "utf-8")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", _HALF, str(path)], **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == b"half\n"
        process.send_signal(sent)
        assert process.wait() != 0
    assert path.read_text("utf-8") == "old"


def test_an_error_of_the_writer_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "file") as out:
        out.write(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [10, 1_000_000])
def test_a_disk_that_is_full(tmp_path: Path, size: int) -> None:
    """At most a hundred bytes a file stand for a full disk; small data meet it when they are flushed."""
    path = tmp_path / "file"
    path.write_text("old", "utf-8")
    code = (
        "import sys; from pathlib import Path; from araxes.ontology.whole_files import write_whole;"
        "write_whole(Path(sys.argv[1]), b'x' * int(sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(path), str(size)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (5, 5)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{path} cannot be written: File too large" in done.stderr
    assert "free disk space" in done.stderr
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("", "utf-8")
    for path, remedy in (
        (tmp_path, "choose another place"),
        (tmp_path / "missing" / "file", "make its folder"),
        (tmp_path / "plain" / "file", "choose another place"),
        (tmp_path / ("x" * 300), "choose another place"),
        (Path("/dev/full"), "free disk space"),
    ):
        with pytest.raises(OutputError) as caught:
            write_whole(path, "data")
        assert str(path) in caught.value.message
        assert remedy in caught.value.remedy


def test_a_file_that_its_owner_protects_is_not_replaced() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_text("old", "utf-8")
        path.chmod(0o444)
        Path(folder).chmod(0o777)
        user = os.geteuid()
        os.seteuid(user or 65534)  # root may write everywhere
        try:
            with pytest.raises(OutputError, match="Permission denied"):
                write_whole(path, "new")
        finally:
            os.seteuid(user)
        assert path.read_text("utf-8") == "old"


def test_mode_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "file", tmp_path / "link"
    write_whole(path, "old")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
    path.chmod(0o640)
    link.symlink_to("file")
    write_whole(link, "new")
    assert link.is_symlink()
    assert path.read_text("utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_is_no_regular_file_is_written_directly(tmp_path: Path) -> None:
    write_whole(Path("/dev/null"), "x")
    assert Path("/dev/null").is_char_device()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write_whole(pipe, "through")
        assert reader.communicate()[0] == b"through"
