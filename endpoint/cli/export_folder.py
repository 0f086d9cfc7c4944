"""``araxes export folder``: the graph with its engine in a folder that a browser opens from disk."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.pages.words import FOLDER as WORDS
from araxes.endpoint.pages.words import columns, words
from araxes.ontology.errors import AraxesError, InputError
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, RDFS, declared
from araxes.ontology.whole_files import whole_file, write_whole
from araxes.triples.exports.packed_dataset import packed
from araxes.triples.stores.versioned_store import StoreVersion, current
from araxes.validation.kept_questions import kept_questions

ENGINE = "oxigraph@0.5.11"
"""The engine in WebAssembly, a package of npm."""

ENGINE_SHA512 = (
    "cca7609a9d6db2bbad1b30b59420b2c306513e92c929a2672920d6a18da12213"
    "22c2209145734dd4353b594c9322706f80f293f18e4df918304cbf2a297a4b9e"
)
"""Digest of that package as npm gives it."""

_PAGES = WORDS.parent
_ASSETS = (_PAGES / "static" / "araxes.css", *sorted((_PAGES / "folder").iterdir()))
_CLAIMS = (
    declared(ax=AX, rdfs=RDFS)
    + """SELECT ?claim ?source ?holder ?author_stance ?modality ?paraphrase_en ?paraphrase_fa WHERE {
  ?claim a ax:Claim ; ax:source ?source ; ax:holder ?holder .
  OPTIONAL { ?claim ax:authorStance ?author_stance } OPTIONAL { ?claim ax:modality ?modality }
  OPTIONAL { ?claim ax:paraphrase ?paraphrase_en FILTER(LANG(?paraphrase_en) = "en") }
  OPTIONAL { ?claim ax:paraphrase ?paraphrase_fa FILTER(LANG(?paraphrase_fa) = "fa") }
} ORDER BY ?claim ?holder"""
)


@click.command(
    epilog="\b\nExamples:\n  araxes export folder araxes-folder\n"
    "  araxes export folder araxes-folder --zip --engine oxigraph-0.5.11.tgz"
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--zip", "zipped", is_flag=True, help="Write FOLDER.zip beside it as well.")
@click.option(
    "--engine",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="ARAXES_WASM_ENGINE",
    show_envvar=True,
    help=f"The package {ENGINE} of npm as a file; without it npm is asked for it.",
)
@store_option
def folder(folder: Path, zipped: bool, engine: Path | None, store: Path) -> None:
    """Write FOLDER: open its index.html in any browser, without a server and without a network.

    It holds the engine, the dataset and pages in both languages: search, things, claims, disagreements,
    questions with their answers, queries, downloads. It can be put on any static host.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "engine.js").exists():
        raise InputError(f"{folder}: is not empty, and no folder of this kind", "name another folder")
    version = current(store)
    files = folder_files(version, engine_package(engine))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_whole(folder / name, content.decode("utf-8"))
        if zipped:
            archive = folder.with_name(folder.name + ".zip")
            _write_zip(archive, folder.name, files)
            click.echo(f"{archive}: {archive.stat().st_size / 1e6:.2f} MB")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}", "name another folder") from error
    click.echo(f"{folder / 'index.html'} written: open it in a browser")


def engine_package(path: Path | None) -> bytes:
    """The engine's package, checked against its digest.

    Args:
        path: of the file; ``None`` to have npm fetch it.

    Raises:
        InputError: it cannot be had, or it is another.
    """
    if path is not None:
        data = path.read_bytes()
    else:
        with tempfile.TemporaryDirectory() as place:
            data = _packed_by_npm(Path(place))
    if hashlib.sha512(data).hexdigest() != ENGINE_SHA512:
        raise InputError(
            f"{path or ENGINE}: is not {ENGINE} as published", f"fetch it with `npm pack {ENGINE}`"
        )
    return data


def _packed_by_npm(place: Path) -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        raise InputError(
            f"the engine ({ENGINE}) is fetched by npm, which is not installed",
            f"install npm, or give the file that `npm pack {ENGINE}` makes elsewhere as --engine",
        )
    done = subprocess.run(
        [npm, "pack", ENGINE, "--silent", "--ignore-scripts"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    found = list(place.glob("*.tgz"))
    if done.returncode or not found:
        raise InputError(f"npm could not fetch {ENGINE}: {done.stderr.strip()[-300:]}", "check the network")
    return found[0].read_bytes()


def folder_files(version: StoreVersion, package: bytes) -> dict[str, bytes]:
    """The files of the folder by name.

    Args:
        version: the dataset.
        package: the engine's.
    """
    files = {path.name: path.read_bytes() for path in _ASSETS}
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        glue, module = (_member(archive, name) for name in ("package/web.js", "package/web_bg.wasm"))
    engine = classic_script(glue.decode("utf-8")) + f"\nwindow.ARAXES_ENGINE = {_embedded(module)};\n"
    return {**files, "engine.js": engine.encode(), "data.js": _data(version).encode()}


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise AraxesError(f"{ENGINE} has no {name}")
    return file.read()


def classic_script(module: str) -> str:
    """A module as a script that a page may load from disk, with what it exports as ``oxigraph``.

    Browsers refuse module scripts of ``file:`` addresses.

    >>> classic_script("export class A {}\\nexport { b, c as default };")
    'const oxigraph = (() => {\\nclass A {}\\n\\nreturn { A, initSync };\\n})();\\n'
    """
    names = re.findall(r"^export (?:class|function) (\w+)", module, re.MULTILINE)
    body = re.sub(r"^export (class|function) ", r"\1 ", module, flags=re.MULTILINE)
    body = re.sub(r"^export \{[^}]*\};?$", "", body, flags=re.MULTILINE)
    body = body.replace("import.meta.url", "location.href")
    return f"const oxigraph = (() => {{\n{body}\nreturn {{ {', '.join([*names, 'initSync'])} }};\n}})();\n"


def _data(version: StoreVersion) -> str:
    """The dataset, the questions and the words as a script."""
    dataset = packed(ox.Store.read_only(str(version.path)))
    asked = (each.question for each in kept_questions(version.path.parent))
    questions = [{"name": each.name, "text": each.text, "query": each.query} for each in asked]
    told = {
        "digest": version.digest,
        "built": version.built,
        "size": dataset.size,
        "claims": _CLAIMS,
        "columns": columns(),
        "words": {language: words(language)["folder"] for language in LANGUAGES},
        "questions": questions,
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    parts = f"terms: {_embedded(dataset.terms)},\nquads: {_embedded(dataset.quads)}"
    return f"window.ARAXES_DATA = Object.assign({text}, {{\n{parts}\n}});\n"


def _embedded(data: bytes) -> str:
    """Bytes as a string of a script: compressed, in base 64."""
    return '"' + base64.b64encode(gzip.compress(data, 9, mtime=0)).decode("ascii") + '"'


def _write_zip(path: Path, name: str, files: dict[str, bytes]) -> None:
    """The folder as an archive; the same files give the same bytes."""
    with whole_file(path) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{name}/{file}"), content, zipfile.ZIP_DEFLATED, 9)
