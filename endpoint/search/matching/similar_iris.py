"""IRIs of the dataset that resemble one nobody knows: out of the index of names, in a few ms."""

from __future__ import annotations

import difflib

from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.search.likeness.folding import fold, joined
from araxes.endpoint.search.matching.likely_entities import likely_entities
from araxes.ontology.namespaces import BASE

_MOST = 5
_NEIGHBOURS = 40
"""IRIs looked at on either side of the place in the alphabet where the unknown one would stand."""

_LONGEST = 120
"""Characters behind the namespace; comparing takes their square."""

_LIKENESS = 0.7
_SLIP = 0.87
"""Likeness from which an IRI goes before those that a name leads to."""

_SHORTEST = 4
"""Letters of the shortest name that is looked for among those that begin so or resemble it."""

_LIKELY = 72.0
_LAST = "\U0010ffff"

_BEFORE = "SELECT iri FROM subject WHERE iri < ?1 AND iri >= ?2 ORDER BY iri DESC LIMIT ?3"
_BEHIND = "SELECT iri FROM subject WHERE iri > ?1 AND iri < ?2 ORDER BY iri LIMIT ?3"
_NAMED = """
SELECT id FROM entity WHERE number IN (SELECT entity FROM name WHERE joined = ? ORDER BY entity LIMIT 10)"""


def similar_iris(index: Index, iri: str, namespace: str) -> tuple[str, ...]:
    """At most five known IRIs, the most similar first.

    They stand beside it in the alphabet, in its own folder first, or belong to an entity that its last part
    names.

    Args:
        index: of the dataset's names.
        iri: that nothing is known of.
        namespace: within which is looked; an IRI outside of it, or a very long one, resembles nothing.
    """
    part = iri.removeprefix(namespace).strip("/")
    if not iri.startswith(namespace) or not part or len(part) > _LONGEST:
        return ()
    folder, _, name = part.rpartition("/")
    # Where the folder does not exist, its own name may be what is misspelt.
    near = _beside(index, iri, namespace + folder + "/" if folder else namespace) or _beside(
        index, iri, namespace
    )
    parts = {one.removeprefix(namespace): one for one in near if len(one) <= len(namespace) + _LONGEST}
    close = difflib.get_close_matches(part, parts, n=_MOST, cutoff=_LIKENESS)
    slips = [one for one in close if difflib.SequenceMatcher(None, part, one).ratio() >= _SLIP]
    named = _named(index, name) if namespace == BASE else []
    found = [*map(parts.__getitem__, slips), *named, *map(parts.__getitem__, close)]
    return tuple(dict.fromkeys(found))[:_MOST]


def _beside(index: Index, iri: str, folder: str) -> list[str]:
    """The neighbours in the alphabet within a folder."""
    before = index.rows(_BEFORE, iri, folder, _NEIGHBOURS)
    behind = index.rows(_BEHIND, iri, folder + _LAST, _NEIGHBOURS)
    return [str(row[0]) for row in (*before, *behind)]


def _named(index: Index, name: str) -> list[str]:
    """Entities of which a name is, begins with or resembles the last part of a path, in whichever folder."""
    text = name.replace("-", " ")
    letters = joined(fold(text))
    exact = [str(row[0]) for row in index.rows(_NAMED, letters)] if letters else []
    likely = likely_entities(index, text) if len(letters) >= _SHORTEST else []
    return [BASE + one for one in (*exact, *(one for one, score in likely if score >= _LIKELY))]
