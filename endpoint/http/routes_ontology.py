"""``/ontology``: the reference of the ontology for browsers; others get RDF, as for every IRI."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, Response, render_template, request

from araxes.endpoint.errors import HttpProblem
from araxes.endpoint.http.responses import negotiate, with_dataset
from araxes.endpoint.service.service import Service
from araxes.endpoint.sparql.formats import GRAPH_FORMATS
from araxes.ontology.alignments import FOLDER
from araxes.ontology.diagrams import claim_diagram, class_diagram
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.reference import entries_by_name, reference
from araxes.validation.question_terms import questions_by_term

_METHODS = ["GET", "OPTIONS"]
_DRAWINGS = {"classes": class_diagram, "claim": claim_diagram}


def register(app: Flask, service: Service) -> None:
    """Add the routes. Whoever does not ask for a page gets what every other IRI gives."""

    def otherwise(path: str) -> Response:
        # Flask types views by all that they may return; ours returns a response.
        return cast("Response", app.view_functions["resource"](path=path))

    @app.route("/ontology", methods=_METHODS)
    def ontology_index() -> Response:
        if not _wants_page():
            return otherwise("ontology")
        return _page(service, "ontology.html", modules=reference(), entry=None, module=None)

    @app.route("/ontology/module/<name>", methods=_METHODS)
    def ontology_module(name: str) -> Response:
        if not _wants_page() or name not in reference():
            return otherwise(f"ontology/module/{name}")
        return _page(service, "ontology.html", modules=reference(), entry=None, module=reference()[name])

    @app.route("/ontology/<name>", methods=_METHODS)
    def ontology_term(name: str) -> Response:
        if not _wants_page() or name not in entries_by_name():
            return otherwise(f"ontology/{name}")
        entry = entries_by_name()[name]
        asked = questions_by_term().get(name, ())
        return _page(service, "ontology.html", modules=reference(), entry=entry, module=None, questions=asked)

    @app.route("/ontology/alignments", methods=_METHODS)
    def ontology_alignments() -> Response:
        text = (FOLDER / "alignments.ttl").read_text("utf-8")
        return Response(text, content_type="text/turtle; charset=utf-8")

    @app.route("/ontology/diagram/<name>.<language>.svg", methods=_METHODS)
    def ontology_diagram(name: str, language: str) -> Response:
        if name not in _DRAWINGS or language not in LANGUAGES:
            raise HttpProblem(404, "not-found", "there is no such drawing", "start at /ontology")
        return Response(_DRAWINGS[name](language), content_type="image/svg+xml; charset=utf-8")


def _wants_page() -> bool:
    """Whether a page is what the client likes best; ``?format=`` always means RDF or the data page."""
    if "format" in request.args:
        return False
    chosen = negotiate(None, GRAPH_FORMATS)
    return chosen is not None and chosen[0].name == "html"


def _language() -> str:
    """The language asked for, by ``?lang=`` or else by Accept-Language."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES, default="en") or "en"


def _page(service: Service, template: str, **values: Any) -> Response:
    language = _language()
    names = entries_by_name()
    body = render_template(template, lang=language, names=names, words=_WORDS[language], **values)
    response = with_dataset(Response(body, mimetype="text/html"), service.dataset.digest)
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
