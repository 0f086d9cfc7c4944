"""The JSON-LD 1.1 context that maps the YAML files to RDF, its properties taken from the ontology."""

from __future__ import annotations

from typing import Any

from araxes.ontology.namespaces import AX, BASE, PREFIXES, XSD
from araxes.ontology.vocabulary import Vocabulary

_BOTH = {"@container": "@language"}


def context(words: Vocabulary) -> dict[str, Any]:
    """The context as a JSON-LD document (https://www.w3.org/TR/json-ld11/)."""
    terms: dict[str, Any] = {
        "@version": 1.1,
        "@base": BASE,
        "@vocab": AX,
        "id": "@id",
        "type": "@type",
        "asserts": "@graph",
        "label": {"@id": "rdfs:label", **_BOTH},
        "altLabel": {"@id": "skos:altLabel", **_BOTH},
        "definition": {"@id": "skos:definition", **_BOTH},
        "cites": {"@id": "cito:citesAsEvidence", "@type": "@id"},
        "curation": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
        "doi": {"@id": "bibo:doi"},
        "url": {"@id": "fabio:hasURL", "@type": "xsd:anyURI"},
        "accessDate": {"@id": "fabio:hasAccessDate"},
        "bibliographicCitation": {"@id": "dcterms:bibliographicCitation"},
        "Denial": "owl:NegativePropertyAssertion",
        "subject": {"@id": "owl:sourceIndividual", "@type": "@id"},
        "property": {"@id": "owl:assertionProperty", "@type": "@vocab"},
        "object": {"@id": "owl:targetIndividual", "@type": "@id"},
        "targetValue": {"@id": "owl:targetValue"},
        "ofProperty": {"@id": "ax:ofProperty", "@type": "@id"},
        "SpecificResource": "oa:SpecificResource",
        "TextPositionSelector": "oa:TextPositionSelector",
        "FragmentSelector": "oa:FragmentSelector",
        "fragment": {"@id": "rdf:value"},
        "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
        "hasSource": {"@id": "oa:hasSource", "@type": "@id"},
        "hasSelector": {"@id": "oa:hasSelector", "@type": "@id"},
        "start": {"@id": "oa:start", "@type": "xsd:integer"},
        "end": {"@id": "oa:end", "@type": "xsd:integer"},
    }
    for prefix in (
        "ax",
        "rdf",
        "rdfs",
        "skos",
        "owl",
        "xsd",
        "oa",
        "prov",
        "cito",
        "bibo",
        "fabio",
        "dcterms",
    ):
        terms[prefix] = PREFIXES[prefix]
    for name, declared in sorted(words.properties.items()):
        if name in terms:
            continue
        if declared.kind == "object":
            terms[name] = {"@id": declared.iri, "@type": "@id"}
        elif declared.kind == "annotation":
            terms[name] = {"@id": declared.iri, **_BOTH}
        else:
            datatype = next(iter(declared.range), XSD + "string")
            plain = datatype == f"{PREFIXES['rdf']}PlainLiteral"  # no literal of RDF has this type
            terms[name] = {"@id": declared.iri} if plain else {"@id": declared.iri, "@type": datatype}
    return {"@context": terms}
