"""What changed from one published dataset to the next: claims and disputes that came, went or were altered.

Beside each store stands what it holds, in short (``contents.json``), and how that differs from the dataset
that was served before it (``changes.json``). Both are made when the dataset is published.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from araxes.ontology.errors import AraxesError
from araxes.ontology.namespaces import AX
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, LABEL, PARAPHRASE, RDF_TYPE
from araxes.triples.stores.versioned_store import StoreVersion, current

CONTENTS_FILE = "contents.json"
"""Name of the file that says in short what a dataset holds."""

CHANGES_FILE = "changes.json"
"""Name of the file that says how it differs from the one before."""

KINDS = ("added", "withdrawn", "reworded", "revised", "opened", "closed")
"""What can have happened: to claims the first four, to disputes the last two. A claim whose paraphrase
differs is reworded; one that differs in anything else is revised."""

_DIGEST = ox.NamedNode(AX + "contentDigest")

Texts = dict[str, str]
"""Language → text."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one claim or dispute.

    Attributes:
        iri: its name.
        texts: what it says, by language; of something that is gone, what it said.
        before: what it said before, if it was reworded.
    """

    iri: str
    texts: Texts
    before: Texts


@dataclass(frozen=True, slots=True)
class Changes:
    """How a dataset differs from the one before.

    Attributes:
        before: digest of the one before; empty for the first.
        by_kind: kind of :data:`KINDS` → what it happened to, in order of IRI.
    """

    before: str
    by_kind: Mapping[str, tuple[Change, ...]]

    def counts(self) -> dict[str, int]:
        """Kind → number."""
        return {kind: len(self.by_kind[kind]) for kind in KINDS}

    def to_json(self) -> dict[str, Any]:
        """As an object of JSON, the form of ``changes.json``."""
        listed = {
            kind: [
                {
                    "iri": change.iri,
                    "text": change.texts,
                    **({"before": change.before} if change.before else {}),
                }
                for change in changes
            ]
            for kind, changes in self.by_kind.items()
        }
        return {"before": self.before, **listed}


def write_contents(store: ox.Store, path: Path) -> None:
    """Write what a dataset holds in short.

    Args:
        store: opened; is only read.
        path: of the new file.

    Raises:
        OSError: the disk refused.
    """
    _write(path, contents_of(store))


def changes_writer(root: Path) -> Callable[[ox.Store, Path], None]:
    """What writes how a dataset published in ``root`` differs from the one that is current there."""

    def write(store: ox.Store, path: Path) -> None:
        before, contents = _contents_before(root)
        _write(path, changes_between(before, contents, contents_of(store)).to_json())

    return write


def _contents_before(root: Path) -> tuple[str, dict[str, Any]]:
    """Digest and contents of the current dataset; nothing where none is, or where it was not written down."""
    try:
        version = current(root)
        contents = json.loads((version.path.parent / CONTENTS_FILE).read_text("utf-8"))
    except (AraxesError, OSError, ValueError):
        return "", {"claims": {}, "disputes": {}}
    return version.digest, contents


def contents_of(store: ox.Store) -> dict[str, Any]:
    """Claims with content digest and paraphrases, disputes with their questions, both by IRI."""
    claims = {
        iri: {"digest": _value(store, iri), "text": _texts(store, iri, PARAPHRASE)}
        for iri in _instances(store, "Claim")
    }
    disputes = {iri: {"text": _texts(store, iri, LABEL)} for iri in _instances(store, "PointAtIssue")}
    return {"claims": claims, "disputes": disputes}


def _instances(store: ox.Store, kind: str) -> Iterator[str]:
    of_kind = store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(AX + kind), DEFAULT_GRAPH)
    yield from sorted(quad.subject.value for quad in of_kind if isinstance(quad.subject, ox.NamedNode))


def _value(store: ox.Store, iri: str) -> str:
    found = store.quads_for_pattern(ox.NamedNode(iri), _DIGEST, None, DEFAULT_GRAPH)
    return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), "")


def _texts(store: ox.Store, iri: str, predicate: ox.NamedNode) -> Texts:
    found = (
        quad.object for quad in store.quads_for_pattern(ox.NamedNode(iri), predicate, None, DEFAULT_GRAPH)
    )
    literals = [literal for literal in found if isinstance(literal, ox.Literal)]
    return {literal.language or "": literal.value for literal in sorted(literals, key=str)}


def changes_between(digest: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """How the contents of one dataset differ from those of another.

    Args:
        digest: of the earlier dataset; empty if there was none.
        before: its contents.
        after: those of the later one.

    >>> old = {"claims": {"a": {"digest": "1", "text": {"en": "x"}}}, "disputes": {}}
    >>> new = {"claims": {"a": {"digest": "2", "text": {"en": "y"}}}, "disputes": {"d": {"text": {}}}}
    >>> {kind: number for kind, number in changes_between("0", old, new).counts().items() if number}
    {'reworded': 1, 'opened': 1}
    """
    old, new = before["claims"], after["claims"]
    common = sorted(old.keys() & new.keys())
    altered = {iri for iri in common if old[iri]["text"] != new[iri]["text"]}
    revised = [iri for iri in common if iri not in altered and old[iri]["digest"] != new[iri]["digest"]]
    return Changes(
        digest,
        {
            "added": _only(new, old),
            "withdrawn": _only(old, new),
            "reworded": tuple(Change(iri, new[iri]["text"], old[iri]["text"]) for iri in sorted(altered)),
            "revised": tuple(Change(iri, new[iri]["text"], {}) for iri in revised),
            "opened": _only(after["disputes"], before["disputes"]),
            "closed": _only(before["disputes"], after["disputes"]),
        },
    )


def _only(these: Mapping[str, Any], others: Mapping[str, Any]) -> tuple[Change, ...]:
    """What is among these and not among the others."""
    return tuple(Change(iri, these[iri]["text"], {}) for iri in sorted(these.keys() - others.keys()))


def changes_of(version: StoreVersion) -> Changes | None:
    """How a published dataset differs from the one before; ``None`` where it was not written down."""
    try:
        data = json.loads((version.path.parent / CHANGES_FILE).read_text("utf-8"))
        by_kind = {
            kind: tuple(Change(entry["iri"], entry["text"], entry.get("before", {})) for entry in data[kind])
            for kind in KINDS
        }
        return Changes(data["before"], by_kind)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
