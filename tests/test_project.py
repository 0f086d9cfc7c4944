"""The project as a whole: what the wheel holds, what the texts must not hold, what the docs promise."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.requirements_helper import missing, require_folder

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ontology", "triples", "validation", "endpoint")
RUN = 11
"""So many words in a row may not be shared with a source."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def tracked() -> list[Path]:
    """Files under version control, or about to be."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        missing("git", "the project's files cannot be listed outside a checkout")
    return [ROOT / name for name in found if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tracked files."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for path in tracked():
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_wheel_puts_only_araxes_into_site_packages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"araxes", f"araxes-{version('araxes')}.dist-info"}


def test_wheel_holds_every_file_of_the_rooms(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"araxes/{path.relative_to(ROOT).as_posix()}"
        for path in tracked()
        if path.relative_to(ROOT).parts[0] in ROOMS
    }
    assert len(expected) > 50
    assert expected - packed == set()


def test_installed_wheel_builds_and_answers(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    target = next((tmp_path / "venv" / "lib").glob("python3*")) / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    here = Path(next(p for p in sys.path if p.endswith("site-packages")))
    # The dependencies of this environment, but not its editable install of the project.
    (target / "dependencies.pth").write_text(f"{here}\n")
    python = str(tmp_path / "venv" / "bin" / "python")
    code = "from araxes.endpoint.cli.main import main; import araxes.ontology as o; print(o.__file__); main()"
    command = [python, "-c", code, "validate"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(target) in done.stdout
    assert "may be published" in done.stdout


def words(text: str) -> list[str]:
    """Words, without case."""
    return re.findall(r"\w+", text.casefold())


def runs(path: Path) -> set[tuple[str, ...]]:
    """Every run of words in a text file; none in a binary one."""
    try:
        return runs_of(path.read_text("utf-8"))
    except UnicodeDecodeError:
        return set()


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Every run of words in a text."""
    told = words(text)
    return {tuple(told[index : index + RUN]) for index in range(len(told) - RUN + 1)}


def titles() -> set[tuple[str, ...]]:
    """Every run of words in the titles that the corpus records: they are names, not sentences."""
    corpus = sorted((ROOT / "triples" / "corpus").rglob("*.yaml"))
    return {
        run
        for path in corpus
        for title in titles_in(yaml.load(path.read_text("utf-8"), _LOADER))
        for run in runs_of(title)
    }


def titles_in(value: object) -> Iterator[str]:
    """The titles anywhere in a record, in every language."""
    if isinstance(value, list):
        for each in value:
            yield from titles_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from texts_in(each) if name == "title" else titles_in(each)


def texts_in(value: object) -> Iterator[str]:
    """The texts anywhere in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def test_no_sentence_of_a_source_is_in_the_project() -> None:
    folder = require_folder("ARAXES_SOURCES", "name the folder of the original texts")
    originals = sorted(folder.glob("*.txt"))
    assert originals, "the folder holds no text"
    seen = set().union(*(runs(path) for path in originals)) - titles()
    assert len(seen) > 20000
    shared = {path.relative_to(ROOT): found for path in tracked() if (found := runs(path) & seen)}
    assert shared == {}


def test_no_path_of_a_machine_is_in_the_project() -> None:
    pattern = re.compile(r"/(?:home|root|Users)/[A-Za-z.]")
    for path in tracked():
        if (
            path.suffix in {".py", ".md", ".toml", ".yaml", ".ttl", ".rq", ".cff"}
            and path.name != Path(__file__).name
        ):
            assert not pattern.search(path.read_text("utf-8")), path


def test_files_stay_habitable() -> None:
    crowded = {
        path.name: lines
        for path in tracked()
        if path.suffix == ".py" and (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert crowded == {}


def test_every_yaml_file_is_well_kept() -> None:
    command = [sys.executable, "-m", "yamllint", "--strict", "-c", str(ROOT / ".yamllint.yaml"), "triples"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
