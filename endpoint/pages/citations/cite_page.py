"""``/cite``: how to cite what is cited: within a text, in a list of references, for reference managers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template

from araxes.endpoint.pages.citations.bibtex import bibtex
from araxes.endpoint.pages.citations.cited import (
    MOST_WORKS,
    Cited,
    claim_in_text,
    claim_name,
    place_in_text,
    place_words,
    voices_in_text,
)
from araxes.endpoint.pages.citations.items import Item
from araxes.endpoint.pages.citations.references import PREFERRED, directed, reference
from araxes.endpoint.pages.citations.ris import ris
from araxes.endpoint.pages.frame import digits, number
from araxes.endpoint.pages.words import words
from araxes.endpoint.sparql.formats import Format
from araxes.endpoint.sparql.local_links import local_link
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE
from araxes.triples.derived.sort_keys import sort_key

FORMATS = (
    Format("html", ("text/html", "application/xhtml+xml"), "html", "HTML page"),
    Format("text", ("text/plain",), "txt", "Text"),
    Format("bibtex", ("application/x-bibtex", "text/x-bibtex"), "bib", "BibTeX"),
    Format("ris", ("application/x-research-info-systems",), "ris", "RIS"),
    Format("csl-json", ("application/vnd.citationstyles.csl+json",), "json", "CSL-JSON"),
)
"""Forms of a citation; the page for whoever does not say."""

OFFERED = {"en": ("apa", "chicago", "mla", "harvard"), "fa": ("iran", "apa", "chicago", "mla")}
"""Styles that a page of a language leads to."""


def csl_json(items: list[Item]) -> str:
    """Items as CSL-JSON."""
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


WRITERS: Mapping[str, Callable[[list[Item]], str]] = {"bibtex": bibtex, "ris": ris, "csl-json": csl_json}
"""What writes the items of a citation for reference managers, by name of the format."""


MOST_REFERENCES = MOST_WORKS + 1
"""References that a page or text lists; the formats for reference managers have all."""


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """A claim with the reference to give for it, and where its page is."""

    text: str
    reference: str
    name: str
    href: str | None


@dataclass(frozen=True, slots=True)
class CitedView:
    """A view with the reference to give for it within a text, and the claims that stand for it."""

    text: str
    reference: str
    claims: tuple[SaidClaim, ...] = ()
    further: int = 0


def said_views(cited: Cited, style: str, language: str, namespace: str = BASE) -> list[CitedView]:
    """What is said in the thing, each with who says it as a reference within a text."""
    tail = place_in_text(cited.places, language)
    views = [
        CitedView(
            view.text,
            voices_in_text(view, cited.works, style, language, tail),
            tuple(
                SaidClaim(
                    claim.text,
                    claim_in_text(claim, cited.works, style, language, name=False),
                    claim_name(claim.iri),
                    local_link(claim.iri, namespace),
                )
                for claim in view.claims
            ),
            view.further if view.claims else 0,
        )
        for view in cited.views
    ]
    return [view for view in views if view.reference]


def further_claims(count: int, language: str) -> str:
    """That so many other claims give the same answer."""
    text: str = words(language)["cite"]["further_claims" if count > 1 else "further_claim"]
    return text.format(number=number(count, language))


def cite_text(cited: Cited, style: str, language: str) -> str:
    """A citation as plain text: what is said and by whom, then the references."""
    lines = [cited.title] if cited.kind == "dispute" else []
    mark: str = words(language)["cite"]["claim_mark"]
    for view in said_views(cited, style, language):
        lines += (
            ["", f"{view.text} {view.reference}"]
            if view.claims
            else [f"{view.text} {view.reference}".strip()]
        )
        lines += [f"– {each.text} {each.reference} {mark.format(name=each.name)}" for each in view.claims]
        if view.further:
            lines.append(further_claims(view.further, language))
    if any(claim.places for view in cited.views for claim in view.claims):
        lines += ["", words(language)["cite"]["counted"]]
    if cited.places:
        lines.append(digits(place_words(cited.places, language), language))
    lines += [""] if lines else []
    lines += [text for text, _ in references(cited, style, language)]
    if (rest := len(cited.items) - MOST_REFERENCES) > 0:
        lines.append(words(language)["cite"]["more_references"].format(number=number(rest, language)))
    return "\n".join([*lines, ""])


def references(cited: Cited, style: str, language: str) -> list[tuple[str, str]]:
    """The list of references in the order of its letters, each with the language of the document."""
    listed = [*list(cited.works.values())[: MOST_REFERENCES - 1], cited.record]
    entries = [(reference(item, style, language), item.get("language", language)) for item in listed]
    return sorted(entries, key=lambda entry: (sort_key(entry[0]), entry[0]))


def cite_page(
    cited: Cited, asked: Mapping[str, str], style: str, language: str, about: Mapping[str, str]
) -> str:
    """The page.

    Args:
        cited: what is cited.
        asked: the fields by which it was asked for: ``iri``, ``question`` or ``query`` with ``answer``.
        style: of references.
        language: of the page.
        about: the dataset's ``digest`` and ``built``, and the ``namespace`` of this server's IRIs.
    """
    other = next(each for each in LANGUAGES if each != language)
    return render_template(
        "cite.html",
        directed=directed,
        cited=cited,
        href=local_link(cited.iri, about["namespace"]),
        views=said_views(cited, style, language, about["namespace"]),
        further_claims=further_claims,
        references=references(cited, style, language),
        more=max(0, len(cited.items) - MOST_REFERENCES),
        styles=[
            (words(language)["cite"]["styles"][name], cite_address(asked, style=name), name == style)
            for name in OFFERED[language]
        ],
        places=digits(place_words(cited.places, language), language) if cited.places else "",
        note=digits(cited.record.get("note", ""), language),
        files=[
            (
                entry.label,
                WRITERS[entry.name](cited.items),
                cite_address(asked, format=entry.name, lang=language),
            )
            for entry in FORMATS
            if entry.name in WRITERS
        ],
        other=(words(other)["name"], other, cite_address(asked, lang=other)),
        about=about,
        other_items=any(item.get("language", language) != language for item in cited.works.values()),
    )


def cite_address(asked: Mapping[str, str], **fields: str) -> str:
    """The address of a citation.

    >>> cite_address({"iri": "https://w3id.org/araxes/claim/a/1"}, format="ris")
    '/cite?iri=https%3A%2F%2Fw3id.org%2Faraxes%2Fclaim%2Fa%2F1&format=ris'
    """
    return "/cite?" + urlencode({**asked, **fields})


def preferred_style(asked: str | None, language: str) -> str:
    """The style that is asked for, or that of the language.

    >>> preferred_style("mla", "fa"), preferred_style(None, "fa"), preferred_style("odd", "en")
    ('mla', 'iran', 'apa')
    """
    known = {name for names in OFFERED.values() for name in names}
    return asked if asked in known else PREFERRED[language]
