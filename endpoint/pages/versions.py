"""``/versions``: the datasets that were published here and are kept, and what changed with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from araxes.endpoint.pages.frame import direction
from araxes.endpoint.pages.paging import MOST_PAGES, part
from araxes.endpoint.service.version_changes import KINDS, Change, Changes
from araxes.endpoint.sparql.local_links import held_link
from araxes.triples.stores.versioned_store import StoreVersion

SIZE = 50
"""Changes on a page."""


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text with the attributes that tell a browser its language."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as a page shows it.

    Attributes:
        name: the last parts of the IRI.
        href: its page; of what is gone, none.
        text: what it says.
        before: what it said before, if it was reworded.
    """

    name: str
    href: str | None
    text: ShownText
    before: ShownText | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page of this server.

    Attributes:
        language: of the page.
        namespace: of the IRIs that this server answers for.
        present: the dataset that is served.
    """

    language: str
    namespace: str
    present: StoreVersion


Known = Sequence[tuple[StoreVersion, Changes | None]]
"""Datasets, oldest first, each with what changed."""


def versions_page(known: Known, present: StoreVersion) -> str:
    """All datasets that are kept, the newest first."""
    return render_template("versions.html", known=list(reversed(known)), present=present, kinds=KINDS)


def version_page(
    version: StoreVersion, changes: Changes | None, asked: tuple[str, int | None], reader: Reader
) -> str:
    """What changed with one dataset.

    Args:
        version: the dataset.
        changes: how it differs from the one before.
        asked: the kind of changes, and the page of their list.
        reader: who reads where.
    """
    counts = changes.counts() if changes else {}
    (chosen, number), present = asked, reader.present
    kind = chosen if chosen in counts else next((name for name in KINDS if counts.get(name)), KINDS[0])
    listed = changes.by_kind[kind] if changes else ()
    place = number if number and 1 < number <= min(MOST_PAGES, -(-len(listed) // SIZE)) else None
    page = part({"kind": kind}, place, SIZE, len(listed))
    gone = kind in ("withdrawn", "closed") or version.digest != present.digest
    shown = [_shown(change, gone, reader) for change in listed[max(0, page.first - 1) : page.last]]
    return render_template(
        "version.html",
        version=version,
        changes=changes,
        counts=counts,
        kind=kind,
        listed=shown,
        page=page,
        present=present,
    )


def _shown(change: Change, gone: bool, reader: Reader) -> ShownChange:
    namespace, language = reader.namespace, reader.language
    name = change.iri.removeprefix(namespace)
    href = None if gone else held_link(change.iri, namespace)
    before = _text(change.before, language) if change.before else None
    return ShownChange(name, href, _text(change.texts, language), before)


def _text(texts: Mapping[str, str], language: str) -> ShownText:
    """The text in the reader's language, or else in whatever there is."""
    found = language if language in texts else next(iter(texts), "")
    return ShownText(texts.get(found, ""), found, direction(found))


def as_json(version: StoreVersion, changes: Changes | None, base: str, *, whole: bool) -> dict[str, Any]:
    """A dataset and what changed with it, for programs.

    Args:
        version: the dataset.
        changes: how it differs from the one before.
        base: public address of the service, with a slash at its end.
        whole: give every change, not only how many there are.
    """
    return {
        "dataset": version.digest,
        "built": version.built,
        "origin": version.origin,
        "label": version.label,
        "quads": version.quads,
        "graphs": version.graphs,
        "sparql": f"{base}sparql?dataset={version.digest}",
        "details": f"{base}versions/{version.digest}",
        "before": changes.before if changes else None,
        "changes": (changes.to_json() if whole else changes.counts()) if changes else None,
    }
