"""The graph in a folder: opened from disk, with the network off, it answers as the server does."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from araxes.endpoint.cli.export_folder import classic_script, engine_package
from araxes.endpoint.cli.main import main
from araxes.triples.exports.packed_dataset import packed, unpacked
from araxes.validation.questions import read_questions
from tests.endpoint.browser_fixtures import OFFLINE, Browser
from tests.requirements_helper import missing

ENGINE = "ARAXES_WASM_ENGINE"
_MOST_BYTES = 4_000_000
_PATIENCE = 240  # seconds: the first script waits for engine and data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, project_store: Path) -> Path:
    if not Path(os.environ.get(ENGINE, "")).is_file():
        missing(f"the file ${ENGINE}", "npm pack oxigraph@0.5.11")
    place = tmp_path_factory.mktemp("folder") / "araxes"
    done = CliRunner().invoke(main, ["export", "folder", str(place), "--zip", "--store", str(project_store)])
    assert done.exit_code == 0, done.output
    return place


def test_a_browser_without_network_answers_as_the_server(folder: Path) -> None:
    browser = Browser(folder.as_uri(), *OFFLINE)
    try:
        browser.driver.set_script_timeout(_PATIENCE)
        browser.strangers()  # what the browser's own first page asked for
        browser.open("/index.html")
        assert browser.run("return window.araxes.ready") > 0
        wrong = []
        for question in read_questions():
            found = browser.run("return window.araxes.csv(arguments[0])", question.query).splitlines()
            # Where the order of a query leaves ties, engines may break them differently.
            if sorted(found) != sorted(question.expected):
                wrong.append(question.name)
        assert not wrong
        for language in ("en", "fa"):
            for page, expected in _pages(language).items():
                shown = "location.hash = arguments[0]; await new Promise((done) => setTimeout(done, 50)); "
                text = browser.run(
                    f"return (async () => {{ {shown} return document.body.innerText }})()", page
                )
                assert expected in text, page
            browser.run("document.getElementById('language').click()")
        assert browser.strangers() == []
    finally:
        browser.stop()


def _pages(language: str) -> dict[str, str]:
    """Addresses, and what stands there."""
    iran = {"en": "Iran", "fa": "ایران"}[language]
    question = next(iter(read_questions()))
    return {
        "#/": question.text[language],
        f"#/question/{question.name}": question.text[language],
        "#/entity/https%3A%2F%2Fw3id.org%2Faraxes%2Fstate%2Firan": iran,
        "#/entity/%22%3E%3Cscript%3E": {"en": "Nothing.", "fa": "چیزی نیست."}[language],
        f"#/search/{iran}": iran,
        "#/query": "SPARQL",
        "#/downloads": "araxes.nq",
        "#/constructor/%zz": "Araxes",
    }


def test_it_is_small_and_the_same_each_time(folder: Path, tmp_path: Path, project_store: Path) -> None:
    archive = folder.with_name("araxes.zip")
    assert archive.stat().st_size <= _MOST_BYTES
    with zipfile.ZipFile(archive) as opened:
        names = {f"araxes/{path.name}" for path in folder.iterdir()}
        assert set(opened.namelist()) == names
    again = tmp_path / "araxes"
    arguments = ["export", "folder", str(again), "--zip", "--store", str(project_store)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert again.with_name("araxes.zip").read_bytes() == archive.read_bytes()


def test_what_is_packed_is_the_dataset(project: ox.Store) -> None:
    lines = (ox.serialize(project, format=ox.RdfFormat.N_QUADS) or b"").decode().splitlines()
    assert sorted(unpacked(packed(project))) == sorted(lines)


def test_odd_terms_are_packed() -> None:
    data = '_:b <a:p> "x\\n\\ty\\u0000 \\u2028"@en <a:g> .\n<a:s> <a:p> "1"^^<a:t> _:g .\n'
    quads = list(ox.parse(input=data, format=ox.RdfFormat.N_QUADS))
    back = "\n".join(unpacked(packed(quads)))
    assert set(ox.parse(input=back, format=ox.RdfFormat.N_QUADS, rename_blank_nodes=False)) == set(quads)


def test_another_engine_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "engine.tgz"
    other.write_bytes(b"something else")
    done = CliRunner().invoke(main, ["export", "folder", str(tmp_path / "x"), "--engine", str(other)])
    assert done.exit_code in (1, 3)
    assert not (tmp_path / "x").exists()
    with pytest.raises(Exception, match="as published"):
        engine_package(other)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    done = CliRunner().invoke(main, ["export", "folder", str(tmp_path)])
    assert done.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_module_becomes_a_script() -> None:
    script = classic_script(
        "export class A {}\nexport function b() {}\nconst c = import.meta.url;\nexport { d as default };"
    )
    assert "export" not in script
    assert "import" not in script
    assert "return { A, b, initSync };" in script
