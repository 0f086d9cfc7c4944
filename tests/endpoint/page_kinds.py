"""One address of every kind of page, for whatever holds of all pages.

A new kind of page belongs here: ``test_browser_pages.py`` then looks at it in a browser, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

AX = "PREFIX ax: <https://w3id.org/araxes/ontology/>\n"
ROWS = (
    AX + "SELECT * {\n  GRAPH ?claim { ?who ax:perceivesThreatFrom ?whom }\n"
    "  ?claim ax:holder ?holder\n} LIMIT 20"
)
EMPTY = AX + "SELECT * { ?who ax:perceivesThreetFrom ?whom }"
WRONG = "SELECT * {\n  ?s ax:p ?o "
TRIPLES = "DESCRIBE <https://w3id.org/araxes/state/iran>"


def _asked(query: str) -> str:
    return f"/sparql?query={quote(query)}"


PAGES: dict[str, str] = {
    "start": "/",
    "questions": "/questions",
    "question": "/questions/32-karabakh-who-stood-where",
    "question-of-figures": "/questions/33-trade-and-energy",
    "disputes": "/disputes",
    "contrasts": "/disputes?standing=ontology/Contrast",
    "compare": "/compare",
    "compare-two": "/compare?a=source/irna-2019&b=source/israel-azerbaijan-paper",
    "theories": "/theories",
    "theory": "/theory/balance-of-threat",
    "ontology": "/ontology",
    "term": "/ontology/perceivesThreatFrom",
    "module": "/ontology/module/claims",
    "search-form": "/search",
    "search": "/search?q=karabakh",
    "search-nothing": "/search?q=qqqqzzzz",
    "entity": "/state/iran",
    "entity-narrowed": "/state/iran?relation=ontology/perceivesThreatFrom&polarity=ontology/Conflictual",
    "person": "/person/ilham-aliyev",
    "event": "/event/tehran-summit-1992",
    "measure": "/measure/exports",
    "work": "/work/nelli-2021",
    "claim": "/claim/irna-2019/050",
    "source": "/source/irna-2019",
    "pairs": "/pair",
    "pair": "/pair?a=state/iran&b=state/azerbaijan",
    "cite-dataset": "/cite",
    "cite": "/cite?iri=https://w3id.org/araxes/claim/irna-2019/050",
    "pair-silent": "/pair?a=state/georgia&b=state/italy",
    "query": "/sparql",
    "rows": _asked(ROWS),
    "triples": _asked(TRIPLES),
    "yes": _asked("ASK { ?s ?p ?o }"),
    "nothing-found": _asked(EMPTY),
    "wrong": _asked(WRONG),
    "code": "/plover/CONSULT",
    "code-undefined": "/cameo/045",
    "codes": "/plover/",
    "alignments": "/ontology/alignments",
    "thing": "/curator/araxes-annotators",
    "unknown": "/state/irann",
    "unknown-question": "/questions/no-such-question",
    "reconcile": "/reconcile/about",
    "versions": "/versions",
    "own-copy": "/own-copy?source=source/irna-2019",
    "downloads": "/downloads",
    "pictures": "/pictures",
    "network": "/pictures/network",
    "timeline": "/pictures/timeline",
    "matrix": "/pictures/matrix",
    "map": "/pictures/map",
    "topics": "/pictures/topics",
    "preview": "/reconcile/preview?id=state/iran",
    "preview-draft": "/reconcile/1.0-draft/preview?id=state/iran",
}
"""Kind of page → an address of the project's own dataset; :data:`LISTED` are added."""

LISTED: dict[str, tuple[str, str]] = {
    "dispute": ("disputes", "/dispute/"),
    "contrast": ("contrasts", "/dispute/"),
    "inconsistency": ("/disputes?standing=ontology/Inconsistency", "/dispute/"),
    "clash": ("dispute", "/disagreement/"),
    "corroboration": ("dispute", "/corroboration/"),
    "cite-dispute": ("dispute", "/cite?"),
    "version": ("versions", "/versions/"),
}
"""Kinds whose addresses depend on the dataset → where one is listed (kind or address), its beginning."""

PLAIN = frozenset(
    {
        "/.well-known/void",
        "/data",
        "/data/",
        "/downloads/<name>",
        "/favicon.ico",
        "/health",
        "/health/live",
        "/health/ready",
        "/mcp",
        "/metrics",
        "/ontology/catalog-v001.xml",
        "/ontology/diagram/<name>.<language>.svg",
        "/own-copy/claims",
        "/own-copy/pdf/<name>",
        "/reconcile",
        "/search/suggest",
        "/sparql/",
        "/static/<path:filename>",
    }
)
"""Routes that answer with no page of their own."""

ERRORS = frozenset({"wrong", "unknown", "unknown-question"})
"""Those that answer with a status of an error."""

FRAGMENTS = frozenset({"preview", "preview-draft"})
"""Those that stand in a frame of another program: without navigation."""


def every_page(read: Callable[[str], str]) -> dict[str, str]:
    """Kind → address, with one of each that is listed somewhere.

    Args:
        read: the page at an address, as HTML.
    """
    found = dict(PAGES)
    for kind, (place, begin) in LISTED.items():
        links = re.findall(rf'href="({re.escape(begin)}[^"]+)"', read(found.get(place, place)))
        found[kind] = unescape(links[0])
    return found
