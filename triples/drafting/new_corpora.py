"""A folder that is a corpus from the start: ``corpus.toml``, its folders, and who reads."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from araxes.ontology.errors import InputError
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.corpus_layers import FILE, CorpusFolder, problems_in, read_corpus_folder
from araxes.triples.drafting.names import slug
from araxes.triples.drafting.written_yaml import records

FOLDERS = ("sources", "entities", "mappings", "questions", "originals")
"""Folders of a new corpus."""

_IGNORED = "# Texts that others have rights in, and what is built.\noriginals/\n.araxes/\n"


@dataclass(frozen=True)
class NewCorpus:
    """What is to be said of a new corpus.

    Attributes:
        name: what it is called, in small letters.
        namespace: how its IRIs begin.
        languages: tags of the languages that its texts must have.
        curator: who reads, as a name; empty for nobody yet.
        title: what it is called in full, in the first language; may be empty.
        licence: IRI of its licence; may be empty.
    """

    name: str
    namespace: str
    languages: Sequence[str]
    curator: str = ""
    title: str = ""
    licence: str = ""

    @property
    def curator_id(self) -> str:
        """Id of who reads; empty for nobody."""
        return f"curator/{slug(self.curator) or 'reader'}" if self.curator else ""


def make_corpus(root: Path, new: NewCorpus) -> CorpusFolder:
    """Make the folder of a corpus.

    Args:
        root: the folder; may be there if it is empty of these files.
        new: what is said of it.

    Raises:
        InputError: there is one already, or what is said of it cannot be used.
        OutputError: it cannot be written.
    """
    if (root / FILE).exists():
        raise InputError(f"{root} is a corpus already", f"change its {FILE}, or name another folder")
    if root.exists() and not root.is_dir():
        raise InputError(f"{root} is no folder", "name another")
    written = _toml(new)
    problems = tuple(what for _, what in problems_in(tomllib.loads(written)))
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''} with what is said of the corpus"
        raise InputError("\n".join([count, *problems]), "nothing was made", problems)
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    write_whole(root / FILE, written)
    made = read_corpus_folder(root)
    if new.curator and not (root / "entities" / "curators.yaml").exists():
        label = dict.fromkeys(new.languages, new.curator)
        entity = {"id": new.curator_id, "type": "Curator", "label": label}
        write_whole(root / "entities" / "curators.yaml", records([entity]))
    if not (root / ".gitignore").exists():
        write_whole(root / ".gitignore", _IGNORED)
    return made


def _toml(new: NewCorpus) -> str:
    """``corpus.toml``; its strings are JSON's, which TOML reads alike."""
    lines = [
        '# A corpus of Araxes; what the keys mean: "Your own corpus" in triples/AUTHORING.md.',
        f"name = {_string(new.name)}",
        f"namespace = {_string(new.namespace)}",
        f"languages = [{', '.join(map(_string, new.languages))}]",
    ]
    if new.title:
        lines.append(f"title = {{{new.languages[0]} = {_string(new.title)}}}")
    if new.curator:
        lines.append(f"curators = [{_string(new.curator_id)}]")
    if new.licence:
        lines.append(f"licence = {_string(new.licence)}")
    lines.append('originals = "originals"')
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
