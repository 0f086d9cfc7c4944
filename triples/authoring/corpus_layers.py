"""Corpora: folders with a ``corpus.toml``, one layered over the other, the shipped one lowest.

A corpus is a folder with ``sources/`` and ``entities/``, and if wanted ``mappings/``, ``ontology/`` and
``questions/``.
Its ``corpus.toml`` says what it is called, in which namespace its ids become IRIs, and in which languages its
texts must be. A corpus may name what those below it describe; they know nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any

from araxes.ontology.errors import InputError
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE, ONTOLOGY, PREFIXES
from araxes.ontology.toml_files import parse_toml
from araxes.triples.authoring.findings import did_you_mean, quoted, shown
from araxes.triples.authoring.language_tags import LANGUAGE_TAG, better_tag

SHIPPED = Path(__file__).parent.parent / "corpus"
"""Folder of the corpus that is shipped with the program."""

FILE = "corpus.toml"
"""Name of the file that makes a folder a corpus."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_ID = re.compile(r"[a-z-]+/[a-z0-9-]+")
_SPACE = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+/")


@dataclass(frozen=True)
class CorpusFolder:
    """One corpus.

    Attributes:
        root: its folder.
        name: what it is called, in small letters; the prefix of its ids in other corpora.
        namespace: how the IRIs of what it describes begin; ends with a slash.
        languages: BCP 47 tags of the languages in which every text must be given, the first first.
        also: tags of those in which it may be given besides.
        title: what it is called in full: pairs of language and text.
        curators: ids of the people who answer for it.
        licence: IRI of the licence under which it may be used; empty if none is named.
        originals: folder of the original texts, if it names one.
        entities: folder of entity files.
        sources: folder of annotated sources.
        described: whether a ``corpus.toml`` describes it; else two folders were named by themselves.
    """

    root: Path
    name: str
    namespace: str = BASE
    languages: tuple[str, ...] = LANGUAGES
    also: tuple[str, ...] = ()
    title: tuple[tuple[str, str], ...] = ()
    curators: tuple[str, ...] = ()
    licence: str = ""
    originals: Path | None = None
    entities: Path = Path()
    sources: Path = Path()
    described: bool = True

    @property
    def mappings(self) -> Path:
        """Folder of mapping tables; it need not be there."""
        return self.entities.parent / "mappings"

    @property
    def questions(self) -> Path:
        """Folder of its competency questions; it need not be there."""
        return self.root / "questions"

    @property
    def modules(self) -> Path:
        """Folder of its module of the ontology; it need not be there."""
        return self.root / "ontology"

    @property
    def file(self) -> Path:
        """The file that describes it."""
        return self.root / FILE

    @property
    def store(self) -> Path:
        """Where what is built of it is kept, unless another place is named."""
        return self.root / ".araxes" / "store"

    @property
    def iri(self) -> str:
        """IRI of the corpus itself."""
        return f"{self.namespace}corpus/{self.name}"


@dataclass(frozen=True)
class Layers:
    """Corpora one above the other.

    Attributes:
        folders: the corpora, the lowest first; never empty.
    """

    folders: tuple[CorpusFolder, ...]

    @property
    def top(self) -> CorpusFolder:
        """The uppermost corpus."""
        return self.folders[-1]

    def below(self, folder: CorpusFolder) -> tuple[CorpusFolder, ...]:
        """The corpora that one may name things of, itself included, the lowest first."""
        return self.folders[: self.folders.index(folder) + 1]

    def originals(self, named: Iterable[Path] = ()) -> list[Path]:
        """Folders of original texts: those named, then those of the corpora, the uppermost first."""
        own = (each.originals for each in reversed(self.folders))
        return [*named, *(folder for folder in own if folder is not None)]


@cache
def shipped_corpus() -> CorpusFolder:
    """The corpus that is shipped with the program."""
    return read_corpus_folder(SHIPPED)


def layers_of(folders: Iterable[Path] = (), *, shipped: bool = True) -> Layers:
    """Corpora in layers, the first lowest, by default above the shipped one.

    Raises:
        InputError: a folder is no corpus, or two of them cannot stand together.
    """
    read = [read_corpus_folder(folder) for folder in folders]
    if shipped and all(each.root.resolve() != SHIPPED.resolve() for each in read):
        read.insert(0, shipped_corpus())
    if not read:
        raise InputError("there is no corpus", "name one with --corpus, or leave --without-shipped out")
    seen: dict[object, CorpusFolder] = {}
    for each in read:
        for what, key, remedy in (
            ("folder", each.root.resolve(), "name each once"),
            ("name", each.name, "give each its own `name` in corpus.toml"),
            (
                "namespace",
                each.namespace,
                "give each its own `namespace` in corpus.toml: ids of both would be one",
            ),
        ):
            if other := seen.get((what, key)):
                both = f"{shown(other.root)} and {shown(each.root)} have one {what}, {quoted(str(key))}"
                raise InputError(both, remedy)
            seen[what, key] = each
    return Layers(tuple(read))


def layers_of_folders(entities: Path, sources: Path) -> Layers:
    """Two folders of files without a ``corpus.toml``, in place of the shipped corpus and by its rules."""
    own = shipped_corpus()
    if (entities, sources) == (own.entities, own.sources):
        return Layers((own,))
    plain = CorpusFolder(entities.parent, "araxes", entities=entities, sources=sources, described=False)
    return Layers((plain,))


def _no_corpus(root: Path) -> InputError:
    """Why a folder is no corpus, and what to do."""
    begin = "or begin one: araxes new corpus"
    if not root.is_dir():
        beside = sorted(each.parent.name for each in root.absolute().parent.glob(f"*/{FILE}"))
        remedy = did_you_mean(root.name, beside, "check the path")
        return InputError(f"{shown(root)} is no folder", f"{remedy}, {begin}")
    remedy = f'write {FILE} with name, namespace and languages: see "Your own corpus" in triples/AUTHORING.md'
    return InputError(f"{shown(root)} holds no {FILE}, so it is no corpus", f"{remedy}, {begin}")


def read_corpus_folder(root: Path) -> CorpusFolder:
    """The corpus of a folder.

    Raises:
        InputError: its ``corpus.toml`` is missing or wrong; ``problems`` names everything that is.
    """
    path = root / FILE
    if is_waited_for(path):
        raise InputError(f"{shown(path)}: is a pipe or device", "write a file of this name")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = parse_toml(text)
    except FileNotFoundError:
        raise _no_corpus(root) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        curly = isinstance(error, TOMLDecodeError) and _character(text, why) in _CURLY
        remedy = 'write straight quotation marks (") instead of it' if curly else "correct it there"
        raise InputError(f"{shown(path)}: cannot be read: {why}", remedy) from error
    problems = tuple(f"{shown(path)}{_line(text, key)}: {what}" for key, what in problems_in(data))
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in {FILE}"
        raise InputError("\n".join([count, *problems]), "correct the places named above", problems)
    named = data.get("originals")
    return CorpusFolder(
        root,
        data["name"],
        data["namespace"],
        tuple(data["languages"]),
        tuple(data.get("also", ())),
        tuple(data.get("title", {}).items()),
        tuple(data.get("curators", ())),
        data.get("licence", ""),
        root / named if named else None,
        root / "entities",
        root / "sources",
    )


_CURLY = tuple("“”„‟«»‘’")
"""Quotation marks that word processors put in place of straight ones."""


def _character(text: str, why: str) -> str:
    """The character at which a text is no TOML, by what the parser says of it; empty if it does not say."""
    found = re.search(r"at line (\d+), column (\d+)", why)
    line = text.splitlines()[int(found[1]) - 1] if found else ""
    return line[int(found[2]) - 1 : int(found[2])] if found else ""


def files_in(folder: Path, pattern: str) -> list[Path]:
    """What a pattern finds in a folder, in order of name; but no pipes and devices, which are waited for."""
    return sorted(path for path in folder.glob(pattern) if not is_waited_for(path))


def is_waited_for(path: Path) -> bool:
    """Whether a path leads to a pipe, socket or device: reading it may never end."""
    return path.is_fifo() or path.is_socket() or path.is_char_device() or path.is_block_device()


def line_of_key(path: Path, key: str) -> int:
    """The line of a ``corpus.toml`` on which a key stands; 0 if it does not."""
    found = _line(path.read_bytes().decode("utf-8-sig", "replace"), key)
    return int(found[1:]) if found else 0


def _line(text: str, key: str) -> str:
    """Where a key stands, as ``:LINE``; empty if it does not."""
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*(\"?){re.escape(key)}\1\s*[.=]|\s*\[+\s*{re.escape(key)}\b", line):
            return f":{number}"
    return ""


def problems_in(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the keys of a ``corpus.toml``: the key, and message and remedy."""
    for key in data:
        if key not in _KEYS:
            remedy = did_you_mean(key, _KEYS, f"the keys are {', '.join(_KEYS)}")
            yield key, f"unknown key {quoted(key)} → {remedy}"
    for key, (needed, wanted, fits) in _KEYS.items():
        if key not in data:
            if needed:
                yield key, f"{key} is missing → write {wanted}"
        elif not fits(data[key]) and not any(map(better_tag, _texts(data[key]))):
            yield key, f"{key}: {quoted(data[key])} cannot be used → write {wanted}"
    yield from _longer_tags(data)
    tags = [tag for key in ("languages", "also") if _are_tags(data.get(key)) for tag in data[key]]
    for tag in sorted({tag for tag in tags if tags.count(tag) > 1}):
        yield (
            "languages",
            f"the language {quoted(tag)} is named twice → name it once, in languages or in also",
        )
    if isinstance(data.get("name"), str) and data["name"] in _TAKEN and data.get("namespace") != BASE:
        yield "name", f"the name {quoted(data['name'])} is taken as a prefix → choose another"
    space = data.get("namespace")
    if space == BASE and isinstance(data.get("name"), str) and data["name"] != "araxes":
        what = f"namespace: {quoted(space)} is that of the shipped corpus, whose ids yours would become"
        yield "namespace", f"{what} → choose one on a domain of yours, with a slash at the end"
    if isinstance(space, str) and space != BASE and space.startswith((BASE, ONTOLOGY)):
        yield "namespace", f"namespace: {quoted(space)} belongs to Araxes → choose one on a domain of yours"


def _longer_tags(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("languages", "also", "title"):
        for tag in _texts(data.get(key)):
            if better := better_tag(tag):
                yield key, f"{key}: the tag of {quoted(tag)} is {better} → write {quoted(better)}"


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, (list, dict)) else []


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(_NAME.fullmatch(value))


def _is_space(value: object) -> bool:
    return isinstance(value, str) and bool(_SPACE.fullmatch(value))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_tags(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(e, str) and LANGUAGE_TAG.fullmatch(e) for e in value)


def _are_some_tags(value: object) -> bool:
    return bool(value) and _are_tags(value)


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and _ID.fullmatch(each) for each in value)


def _is_title(value: object) -> bool:
    return isinstance(value, dict) and all(_is_text(text) for text in value.values()) and _are_tags([*value])


def _is_iri(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value))


_KEYS: dict[str, tuple[bool, str, Callable[[object], bool]]] = {
    "name": (True, 'a word of small letters, digits and hyphens, such as name = "caspian"', _is_name),
    "namespace": (
        True, 'an IRI that ends with a slash, such as namespace = "https://example.org/caspian/"', _is_space
    ),
    "languages": (True, 'tags of the languages texts must be in, such as languages = ["en"]', _are_some_tags),
    "also": (False, 'tags of languages that texts may be in besides, such as also = ["hy"]', _are_tags),
    "title": (False, 'a text by language, such as title = {en = "The Caspian in two papers"}', _is_title),
    "curators": (False, 'ids of entities of type Curator, such as curators = ["curator/jane-doe"]', _are_ids),
    "licence": (False, 'an IRI, such as licence = "https://creativecommons.org/licenses/by/4.0/"', _is_iri),
    "originals": (False, 'the folder of the original texts, such as originals = "originals"', _is_text),
}  # fmt: skip
"""Key → whether it must be there, what to write, and what fits."""

_TAKEN = frozenset(PREFIXES) | {"araxes", "wd", "http", "https", "urn", "plover", "cameo"}
