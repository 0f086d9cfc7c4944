"""Descriptions of the files for programs: DCAT 3, RO-Crate 1.3 and a Frictionless Data Package.

Sizes and digests stand in them as far as the files have been made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE, DCTERMS, FOAF, PREFIXES, XSD
from araxes.ontology.oxigraph_terms import DATE_TIME, RDF_TYPE
from araxes.triples.exports.file_list import DataFile
from araxes.triples.exports.table_columns import Table, tables

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of data and ontology."""

CREATOR = "The Araxes contributors"

_NAME = {"en": "Araxes", "fa": "ارس"}
_ABOUT = {
    "en": "Who claims what about the international relations of the South Caucasus, on what evidence, and "
    "where the sources disagree.",
    "fa": "چه کسی دربارهٔ روابط بین‌الملل قفقاز جنوبی چه ادعا می‌کند، با چه گواهی، و منابع در کجا اختلاف دارند.",
}
_DCAT = "http://www.w3.org/ns/dcat#"
_SPDX = "http://spdx.org/rdf/terms#"
_ADMS = "http://www.w3.org/ns/adms#"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file as it is offered.

    Attributes:
        file: what it is.
        name: under which it is offered, with the ending of compression.
        size: bytes; ``None`` before it was made.
        digest: SHA-256 (hex); empty before it was made.
    """

    file: DataFile
    name: str
    size: int | None = None
    digest: str = ""

    @property
    def packed(self) -> bool:
        """Whether it is compressed."""
        return self.name != self.file.name


@dataclass(frozen=True, slots=True)
class Release:
    """What the files are made of.

    Attributes:
        digest: of the dataset, SHA-256 (hex).
        built: when, ISO 8601 in UTC.
        version: as people write it.
        base: address below which the files lie, with a slash; empty for a folder.
    """

    digest: str
    built: str
    version: str
    base: str = ""


def datapackage(files: Iterable[MadeFile], release: Release) -> bytes:
    """A Frictionless Data Package of the tables (https://datapackage.org/standard/data-package/)."""
    resources = [
        _resource(each, tables()[each.file.table]) for each in files if each.file.table and not each.packed
    ]
    return _json(
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "araxes",
            "id": BASE + "dataset",
            "title": _NAME["en"],
            "description": _ABOUT["en"],
            "version": release.version,
            "created": release.built,
            "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
            "contributors": [{"title": CREATOR}],
            "resources": resources,
        }
    )


def _resource(made: MadeFile, table: Table) -> dict[str, Any]:
    keys = [column.name for column in table.columns if column.key]
    fields = [
        {"name": column.name, "type": column.type, "description": column.meaning["en"]}
        | ({"format": "any"} if column.type == "datetime" else {})
        | ({"constraints": {"required": True}} if column.key else {})
        for column in table.columns
    ]
    known = {"bytes": made.size, "hash": f"sha256:{made.digest}"} if made.digest else {}
    return {
        "name": table.name,
        "path": made.name,
        "title": table.title["en"],
        "type": "table",
        "format": "csv",
        "mediatype": made.file.media_type,
        "encoding": "utf-8",
        **known,
        "schema": {"fields": fields, "missingValues": [""]} | ({"primaryKey": keys} if keys else {}),
    }


def ro_crate(files: Iterable[MadeFile], release: Release) -> bytes:
    """The metadata of an RO-Crate (https://www.researchobject.org/ro-crate/specification/1.3/)."""
    listed = list(files)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": f"{BASE}dataset#{release.digest}",
        "name": _NAME["en"],
        "description": _ABOUT["en"],
        "datePublished": release.built,
        "version": release.version,
        "license": {"@id": LICENCE},
        "author": {"@id": "#contributors"},
        "publisher": {"@id": "#contributors"},
        "hasPart": [{"@id": each.name} for each in listed],
    }
    parts = [
        {
            "@id": each.name,
            "@type": "File",
            "name": each.file.title["en"] + (" (gzip)" if each.packed else ""),
            "encodingFormat": "application/gzip" if each.packed else each.file.media_type,
            **({"contentSize": str(each.size), "sha256": each.digest} if each.digest else {}),
        }
        for each in listed
    ]
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.3"},
        "about": {"@id": "./"},
    }
    licence = {
        "@id": LICENCE,
        "@type": "CreativeWork",
        "name": "Creative Commons Attribution 4.0 International",
        "description": "Share and adapt, with credit.",
    }
    people = {"@id": "#contributors", "@type": "Organization", "name": CREATOR, "url": BASE}
    return _json(
        {
            "@context": "https://w3id.org/ro/crate/1.3/context",
            "@graph": [about, root, licence, people, *parts],
        }
    )


def dcat(files: Iterable[MadeFile], release: Release) -> bytes:
    """The dataset and its distributions in DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), as Turtle."""
    dataset = ox.NamedNode(BASE + "dataset")
    base = release.base or BASE + "dataset/files/"
    triples = [
        *_typed(dataset, _DCAT + "Dataset"),
        *_texts(dataset, DCTERMS + "title", _NAME),
        *_texts(dataset, DCTERMS + "description", _ABOUT),
        ox.Triple(dataset, ox.NamedNode(DCTERMS + "license"), ox.NamedNode(LICENCE)),
        ox.Triple(dataset, ox.NamedNode(DCTERMS + "identifier"), ox.Literal(f"sha256:{release.digest}")),
        ox.Triple(dataset, ox.NamedNode(_DCAT + "version"), ox.Literal(release.version)),
        ox.Triple(dataset, ox.NamedNode(DCTERMS + "issued"), _moment(release.built)),
        *_agent(dataset),
    ]
    triples += [
        ox.Triple(dataset, ox.NamedNode(_DCAT + "keyword"), ox.Literal(text, language=language))
        for language, text in (("en", "international relations"), ("fa", "روابط بین‌الملل"))
    ]
    triples += [
        ox.Triple(
            dataset,
            ox.NamedNode(DCTERMS + "language"),
            ox.NamedNode(f"http://id.loc.gov/vocabulary/iso639-1/{each}"),
        )
        for each in LANGUAGES
    ]
    for each in files:
        node = ox.NamedNode(base + each.name)
        triples.append(ox.Triple(dataset, ox.NamedNode(_DCAT + "distribution"), node))
        triples += _distribution(node, each, base)
    prefixes = PREFIXES | {"dcat": _DCAT, "spdx": _SPDX, "adms": _ADMS}
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def _distribution(node: ox.NamedNode, made: MadeFile, base: str) -> Iterable[ox.Triple]:
    yield from _typed(node, _DCAT + "Distribution")
    yield from _texts(node, DCTERMS + "title", made.file.title)
    media = ox.NamedNode("https://www.iana.org/assignments/media-types/" + made.file.media_type)
    yield ox.Triple(node, ox.NamedNode(DCTERMS + "license"), ox.NamedNode(LICENCE))
    yield ox.Triple(node, ox.NamedNode(_DCAT + "mediaType"), media)
    yield from _typed(media, DCTERMS + "MediaType")
    if made.packed:
        packed = ox.NamedNode("https://www.iana.org/assignments/media-types/application/gzip")
        yield ox.Triple(node, ox.NamedNode(_DCAT + "compressFormat"), packed)
        yield from _typed(packed, DCTERMS + "MediaType")
    yield ox.Triple(node, ox.NamedNode(_DCAT + "accessURL"), ox.NamedNode(base))
    yield ox.Triple(node, ox.NamedNode(_DCAT + "downloadURL"), node)
    if made.digest:
        whole = ox.NamedNode(XSD + "nonNegativeInteger")
        yield ox.Triple(node, ox.NamedNode(_DCAT + "byteSize"), ox.Literal(str(made.size), datatype=whole))
        checksum = ox.NamedNode(f"{node.value}#checksum")
        yield ox.Triple(node, ox.NamedNode(_SPDX + "checksum"), checksum)
        yield from _typed(checksum, _SPDX + "Checksum")
        yield ox.Triple(
            checksum, ox.NamedNode(_SPDX + "algorithm"), ox.NamedNode(_SPDX + "checksumAlgorithm_sha256")
        )
        value = ox.Literal(made.digest, datatype=ox.NamedNode(XSD + "hexBinary"))
        yield ox.Triple(checksum, ox.NamedNode(_SPDX + "checksumValue"), value)


def _agent(dataset: ox.NamedNode) -> Iterable[ox.Triple]:
    people = ox.NamedNode(BASE + "dataset#contributors")
    for role in ("publisher", "creator"):
        yield ox.Triple(dataset, ox.NamedNode(DCTERMS + role), people)
    yield from _typed(people, FOAF + "Agent")
    yield ox.Triple(people, ox.NamedNode(FOAF + "name"), ox.Literal(CREATOR, language="en"))


def _typed(node: ox.NamedNode, kind: str) -> Iterable[ox.Triple]:
    yield ox.Triple(node, RDF_TYPE, ox.NamedNode(kind))


def _texts(node: ox.NamedNode, predicate: str, texts: Mapping[str, str]) -> Iterable[ox.Triple]:
    for language, text in texts.items():
        yield ox.Triple(node, ox.NamedNode(predicate), ox.Literal(text, language=language))


def _moment(text: str) -> ox.Literal:
    return ox.Literal(text.replace("+00:00", "Z"), datatype=DATE_TIME)


def _json(document: object) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


DESCRIPTIONS = {
    "datapackage.json": (datapackage, "application/json"),
    "ro-crate-metadata.json": (ro_crate, "application/ld+json"),
    "dcat.ttl": (dcat, "text/turtle"),
}
"""The descriptions: file name → how it is made, and its media type."""
