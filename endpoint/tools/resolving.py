"""What a caller means: by IRI, by path or prefix, or by a name in any language and spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from araxes.endpoint.engines.jobs import DocumentJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.tools.answers import ToolAnswer, said
from araxes.endpoint.tools.asking import Asker, NoIriError, iri_of, node
from araxes.endpoint.tools.records import ThingCalled
from araxes.ontology.namespaces import BASE, PREFIXES

_PREFIXED = re.compile(r"([A-Za-z]{2,20}):([^\s/][^\s]*)")
_MOST = 5
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Meant:
    """What a caller's words mean.

    Attributes:
        given: the words.
        iri: of the thing; empty where nothing or more than one thing is meant.
        name: what the thing is called.
        candidates: what may be meant, where that is not certain.
    """

    given: str
    iri: str = ""
    name: str = ""
    candidates: list[ThingCalled] = field(default_factory=list)


def meant(asker: Asker, given: str) -> Meant:
    """What is meant by an IRI, a path, a prefixed name, or a name.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    words = given.strip().strip("<>")
    for iri in _iris(words):
        if name := _known(asker, iri):
            return Meant(words, iri, name)
    if words.startswith(("http://", "https://")):
        return Meant(words, candidates=_similar(asker, words))
    found = asker.named(words, _MOST)
    entries: list[ThingCalled] = [{"iri": iri_of(each["id"]), "name": each["name"]} for each in found]
    certain = [entry for entry, each in zip(entries, found, strict=True) if each["match"]]
    if len(certain) == 1:
        return Meant(words, certain[0]["iri"], _known(asker, certain[0]["iri"]) or certain[0]["name"])
    return Meant(words, candidates=certain or entries or _similar(asker, iri_of(words)))


def unclear(thing: Meant, language: str) -> ToolAnswer:
    """The answer where nobody can say what is meant; that nothing bears the name is said as such."""
    shown = thing.given[:_SHOWN]
    if not thing.candidates:
        return ToolAnswer(said(language, "unknown", what=shown), [], {"found": False, "disputed": False})
    lines = [f"- {each['name']} <{each['iri']}>" for each in thing.candidates]
    data = {"found": False, "disputed": False, "candidates": thing.candidates}
    return ToolAnswer(said(language, "unclear", what=shown), lines, data)


def _iris(words: str) -> list[str]:
    """The IRIs that a text may stand for."""
    if words.startswith(("http://", "https://")):
        return [words]
    if (found := _PREFIXED.fullmatch(words)) and found[1] in PREFIXES:
        return [PREFIXES[found[1]] + found[2]]
    if re.search(r"\s", words) or not words.isascii():
        return [BASE + words.lstrip("/")] if "/" in words and not re.search(r"\s", words) else []
    return [BASE + words.lstrip("/")] if "/" in words else [f"{BASE}source/{words}"]


def _known(asker: Asker, iri: str) -> str:
    """What a thing is called; empty where nothing is known of it."""
    try:
        term = node(iri)
    except NoIriError:
        return ""
    rows = asker.rows(
        f"""SELECT ?name {{ BIND ({term} AS ?it)
          FILTER (EXISTS {{ ?it ?p ?o }} || EXISTS {{ GRAPH ?g {{ ?it ?q ?r }} }} || EXISTS {{ ?s ?t ?it }}
                  || EXISTS {{ GRAPH ?h {{ ?u ?v ?it }} }})
          {asker.label("it", "name")} }} ORDER BY ?name LIMIT 1"""
    )
    return rows[0]["name"] if rows else ""


def _similar(asker: Asker, iri: str) -> list[ThingCalled]:
    """Things whose IRI resembles one that nobody knows."""
    try:
        node(iri)
        asker.answer(DocumentJob(iri, "nt", "nt", BASE)).body.close()
    except NoIriError:
        return []
    except HttpProblem as problem:
        if problem.code != "not-found":
            raise
        return [
            {"iri": each, "name": _known(asker, each) or each}
            for each in problem.members.get("suggestions", [])
        ]
    return []
