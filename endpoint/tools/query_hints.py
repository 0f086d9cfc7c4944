"""Why a query may have found nothing: what its writer can look at first."""

from __future__ import annotations

from araxes.endpoint.engines.jobs import DocumentJob
from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.sparql.tokens import Token, tokens
from araxes.endpoint.tools.answers import said
from araxes.endpoint.tools.asking import Asker, NoIriError, node
from araxes.ontology.namespaces import AX, BASE

_MOST_IRIS = 30
_MOST_UNKNOWN = 3


def hints(asker: Asker, query: str) -> list[str]:
    """Hints on a query that found nothing, the likeliest reason first.

    Raises:
        HttpProblem: the dataset could not be asked.
    """
    parts = [token for token in tokens(query) if token.kind not in ("space", "comment")]
    language = asker.language
    found = [
        said(language, "hint_unknown", iri=iri, near=near or said(language, "nothing_near"))
        for iri, near in _unknown(asker, _iris(parts))
    ]
    words = {token.text.upper() for token in parts if token.kind == "word"}
    if "GRAPH" not in words and any(iri.startswith(AX) for iri in _iris(parts)):
        found.append(said(language, "hint_graph"))
    if _plain_strings(parts):
        found.append(said(language, "hint_language"))
    return [*found, said(language, "hint_silence")]


def _iris(parts: list[Token]) -> list[str]:
    """The project's IRIs in a query, prefixed ones in full."""
    prefixes: dict[str, str] = {}
    declared: set[int] = set()
    for number, (one, two, three) in enumerate(zip(parts, parts[1:], parts[2:], strict=False)):
        if one.text.upper() == "PREFIX" and two.kind == "name" and three.kind == "iri":
            prefixes[two.text.rstrip(":")] = three.text[1:-1]
            declared |= {number + 1, number + 2}
    found: dict[str, None] = {}
    for number, token in enumerate(parts):
        if number in declared:
            continue
        if token.kind == "iri":
            found[token.text[1:-1]] = None
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in prefixes:
                found[prefixes[prefix] + local.replace("\\", "")] = None
    return [iri for iri in found if iri.startswith(BASE)][:_MOST_IRIS]


def _unknown(asker: Asker, iris: list[str]) -> list[tuple[str, str]]:
    """IRIs that nothing is known of, and what resembles them."""
    terms = []
    for iri in iris:
        try:
            terms.append(node(iri))
        except NoIriError:
            continue
    if not terms:
        return []
    rows = asker.rows(
        f"""SELECT ?it {{ VALUES ?it {{ {" ".join(terms)} }}
          FILTER (!EXISTS {{ ?it ?p ?o }} && !EXISTS {{ GRAPH ?g {{ ?it ?q ?r }} }}
                  && !EXISTS {{ GRAPH ?h {{ ?u ?v ?it }} }} && !EXISTS {{ ?w ?x ?it }}) }}"""
    )
    return [(row["it"], _near(asker, row["it"])) for row in rows[:_MOST_UNKNOWN]]


def _near(asker: Asker, iri: str) -> str:
    try:
        asker.answer(DocumentJob(iri, "nt", "nt", BASE)).body.close()
    except HttpProblem as problem:
        if problem.code != "not-found":
            raise
        return " ".join(f"<{each}>" for each in problem.members.get("suggestions", [])[:3])
    return ""


def _plain_strings(parts: list[Token]) -> bool:
    """Whether a text without a language stands where a label might: between a property and ``.`` or ``;``."""
    for before, token, after in zip(parts, parts[1:], parts[2:], strict=False):
        is_text = token.kind == "string" and after.kind != "language" and not after.text.startswith("^")
        if is_text and before.kind in ("iri", "name") and after.text in (".", ";", "}", ","):
            return True
    return False
