"""Hygiene queries: rules over the whole dataset, each a query whose zero rows mean pass.

They say what shapes cannot, or what Oxigraph answers in milliseconds and pySHACL in minutes. A rule is
``hygiene/NAME.rq``, headed by ``# message:``, ``# remedy:`` and, unless it is a violation, ``# severity:``;
it selects ``?focus ?path ?value``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import PREFIXES
from araxes.triples.authoring.findings import Finding, shape_finding
from araxes.triples.authoring.headed_queries import read_headed_queries

HYGIENE = Path(__file__).parent / "hygiene"
"""Folder of the rules."""


ABOUT_TERMS = "terms"
"""What a rule is about that reads nothing but what the ontology says of its terms: ``# about: terms``."""


def hygiene_findings(
    store: ox.Store, folder: Path = HYGIENE, *, only: str = "", leave_out: str = ""
) -> Iterator[Finding]:
    """Run the rules.

    Args:
        store: holds the dataset.
        folder: of the rules.
        only: what they must be about, if not all are wanted.
        leave_out: what they must not be about.

    Raises:
        FileNotFoundError: there is no rule (a broken installation).
        ValueError: a rule has no message or remedy.
    """
    for rule in read_headed_queries(folder, ("message", "remedy"), ("severity", "about")):
        about = rule.header.get("about", "")
        if (only and about != only) or (leave_out and about == leave_out):
            continue
        results = store.query(rule.query, prefixes=PREFIXES)
        assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - rules are SELECT queries
        for row in results:
            focus, path, value = _iri(row["focus"]), _iri(row["path"]), str(row["value"] or "")
            text = f"{rule.header['message']}: {rule.header['remedy']}"
            finding = shape_finding(rule.path.stem, focus, path, value, text)
            yield replace(finding, severity=rule.header.get("severity", "violation"))


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term or "")
