"""``/ontology``: the reference of the ontology for browsers; others get RDF, as for every IRI."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, Response, render_template, request

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.kept_pages import kept_page
from araxes.endpoint.http.ontology_documents import served_catalogue
from araxes.endpoint.http.responses import base_url, gone, negotiate, query_field, with_dataset
from araxes.endpoint.pages.frame import chosen_language
from araxes.endpoint.service.ontology_reference import OntologyReference
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS
from araxes.ontology.catalogues import CATALOGUE

_METHODS = ["GET", "OPTIONS"]
_NONE = ("", OntologyReference({}, {}, {}))


def register(app: Flask, service: Service) -> None:
    """Add the routes.

    Whoever does not ask for a page, or asks for one of what the dataset's ontology does not have, gets what
    every other IRI gives.
    """

    def otherwise(path: str) -> Response:
        # Flask types views by all that they may return; ours returns a response.
        return cast("Response", app.view_functions["resource"](path=path))

    def reference() -> tuple[str, OntologyReference]:
        return service.reference(client=request.remote_addr or "", gone=gone())

    @app.route("/ontology", methods=_METHODS)
    def ontology_index() -> Response:
        digest, found = reference() if _wants_page() else _NONE
        return _page(service, digest, found) if found.modules else otherwise("ontology")

    @app.route("/ontology/module/<name>", methods=_METHODS)
    def ontology_module(name: str) -> Response:
        digest, found = reference() if _wants_page() else _NONE
        module = found.modules.get(name)
        return (
            _page(service, digest, found, module=module) if module else otherwise(f"ontology/module/{name}")
        )

    @app.route("/ontology/<name>", methods=_METHODS)
    def ontology_term(name: str) -> Response:
        digest, found = reference() if _wants_page() else _NONE
        entry = found.entries.get(name)
        return _page(service, digest, found, entry=entry) if entry else otherwise(f"ontology/{name}")

    @app.route("/ontology/diagram/<name>.<language>.svg", methods=_METHODS)
    def ontology_diagram(name: str, language: str) -> Response:
        digest, found = reference()
        drawing = found.drawings.get(f"{name}.{language}.svg")
        if drawing is None:
            raise HttpProblem(404, "not-found", "there is no such drawing", "start at /ontology")
        return with_dataset(Response(drawing, content_type="image/svg+xml; charset=utf-8"), digest)

    @app.route(f"/ontology/{CATALOGUE}", methods=_METHODS)
    def ontology_catalogue() -> Response:
        version = service.dataset
        text = served_catalogue(version, base_url(service.settings))
        return with_dataset(Response(text, content_type="application/xml; charset=utf-8"), version.digest)


def _wants_page() -> bool:
    """Whether a page is what the client likes best; ``?format=`` always means RDF or the data page."""
    if query_field("format") is not None:
        return False
    chosen = negotiate(None, GRAPH_FORMATS)
    return chosen is not None and chosen[0].name == "html"


def _page(service: Service, digest: str, reference: OntologyReference, **one: Any) -> Response:
    """The page of a module, of a term, or of the whole."""
    language = chosen_language(request)

    def make() -> str:
        words = _WORDS[language]
        return render_template("ontology.html", lang=language, reference=reference, words=words, **one)

    # Only what the dataset has gets here, so the path is one of so many.
    response = kept_page(service, digest, request.path.rstrip("/"), language, make)
    response.vary.update(("Accept", "Accept-Language"))
    return response


_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "The ontology",
        "about": "Every term of the ontology, by module. A term's IRI leads to its entry.",
        "classes": "Classes of the ontology",
        "claim": "The model of a claim",
        "above": "Above it",
        "below": "Below it",
        "domain": "From",
        "range": "To",
        "inverse": "Inverse",
        "follows": "Follows from",
        "defined": "Defined by",
        "replaced": "Replaced by",
        "tension": "In tension with",
        "disjoint": "Disjoint with",
        "class": "Is a",
        "values": "Values",
        "definition": "Definition",
        "example": "Example",
        "traits": "Characteristics",
        "alignments": "Elsewhere",
        "questions": "Questions that use it",
        "module": "Module",
        "data": "What the data says of it",
        "other": "فارسی",
        "comma": ",",
        "deprecated": "to be used no longer",
    },
    "fa": {
        "title": "هستان‌شناسی",
        "about": "همهٔ واژه‌های هستان‌شناسی به تفکیک بخش. نشانی هر واژه به مدخل آن می‌رسد.",
        "classes": "رده‌های هستان‌شناسی",
        "claim": "الگوی یک ادعا",
        "above": "بالاتر از آن",
        "below": "زیر آن",
        "domain": "از",
        "range": "به",
        "inverse": "وارون",
        "follows": "برمی‌آید از",
        "defined": "تعریف‌شده با",
        "replaced": "جانشین",
        "tension": "در تنش با",
        "disjoint": "جدا از",
        "class": "از نوع",
        "values": "مقدارها",
        "definition": "تعریف",
        "example": "نمونه",
        "traits": "خصوصیات",
        "alignments": "در جاهای دیگر",
        "questions": "پرسش‌هایی که آن را به کار می‌برند",
        "module": "بخش",
        "data": "آنچه داده‌ها دربارهٔ آن می‌گویند",
        "other": "English",
        "comma": "،",
        "deprecated": "دیگر به کار نرود",
    },
}
