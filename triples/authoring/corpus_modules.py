"""Modules of the ontology that corpora bring in their folders ``ontology/``: read, checked, put to use."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from araxes.ontology.errors import InputError
from araxes.ontology.modules_at_work import OwnModule, space_of, use_modules
from araxes.ontology.own_modules import mistakes_in, our_terms, own_module
from araxes.triples.authoring.corpus_layers import CorpusFolder, Layers, files_in
from araxes.triples.authoring.findings import shown


def use_ontology_of(layers: Layers) -> None:
    """From now on the ontology of this process is ours with the modules of corpora.

    Raises:
        InputError: a module cannot be read or is wrong; ``problems`` names everything that is.
    """
    use_modules(modules_of(layers))


def modules_of(layers: Layers) -> list[OwnModule]:
    """The modules of corpora in layers, the lowest first.

    Raises:
        InputError: a module cannot be read or is wrong; ``problems`` names everything that is.
    """
    found: list[OwnModule] = []
    problems: list[str] = []
    taken: dict[str, str] = {}
    for folder in layers.folders:
        files = module_files_of(folder)
        if not files:
            continue
        graph = Graph()
        unread = [problem for path in files if (problem := _read_into(graph, path))]
        taken = taken or dict.fromkeys(our_terms(), "ours")
        problems += unread or [
            f"{_place(files, what, folder)}: {what} → {remedy}"
            for what, remedy in mistakes_in(graph, space_of(folder.namespace), folder.languages, taken)
        ]
        module = own_module(space_of(folder.namespace), graph, tuple(files))
        taken |= dict.fromkeys(module.terms, folder.name)
        found.append(module)
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in modules of the ontology"
        raise InputError("\n".join([count, *problems]), "correct the places named above", tuple(problems))
    return found


def module_files_of(folder: CorpusFolder) -> list[Path]:
    """The files of a corpus's module; our own modules lie elsewhere."""
    return files_in(folder.modules, "*.ttl") if folder.described else []


def _read_into(graph: Graph, path: Path) -> str:
    """Read a file; what is wrong with it, or nothing."""
    try:
        graph.parse(path, format="turtle")
    except OSError as error:
        return f"{shown(path)}: cannot be read: {error.strerror} → make it readable"
    except Exception as error:  # rdflib raises what its parser happens to raise
        return f"{shown(path)}{_why_no_turtle(path, error)} → correct it there"
    return ""


def _why_no_turtle(path: Path, error: Exception) -> str:
    """Line and reason in few words, as Oxigraph tells them; else what rdflib says."""
    try:
        for _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            pass
    except SyntaxError as found:
        why = " ".join(str(found.msg).split())[:200]
        return f":{found.lineno}: is no Turtle: {why}" if found.lineno else f": is no Turtle: {why}"
    return f": is no Turtle: {' '.join(str(error).split())[:200]}"


def _place(files: list[Path], what: str, folder: CorpusFolder) -> str:
    """File and line of the term that a mistake names, where it is declared or else first stands."""
    named = [each for each in re.findall(r"[\w-]+", what) if len(each) > 2]
    texts = [(path, path.read_text("utf-8", "replace").splitlines()) for path in files]
    for name in named:
        for pattern in (rf"^\s*(\w[\w-]*:|<[^>]*/){name}\b", rf"[:/]{name}\b"):
            for path, lines in texts:
                for number, line in enumerate(lines, start=1):
                    if re.search(pattern, line):
                        return f"{shown(path)}:{number}"
    return shown(files[0] if len(files) == 1 else folder.modules)
