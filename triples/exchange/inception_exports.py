"""Annotations of INCEpTION: UIMA CAS as JSON, or as XMI zipped with its type system.

The export carries the text and counts its positions in UTF-16; the library ``dkpro-cassis`` reads both forms
and turns positions into code points. As with brat, a relation between two spans becomes a claim that states
it, and a span becomes one if something is said of it: several words, in any of its features of text. A single
word there is a tag. Layers of grammar (sentences, tokens, dependencies) and slots claim nothing.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from araxes.ontology.errors import InputError
from araxes.triples.exchange.marked import Marked, placed

_INSTALL = "install it: pip install 'araxes[exchange]'"
_AGAIN = "export the document from INCEpTION again, as UIMA CAS JSON or UIMA CAS XMI (its zip, as it comes)"
_LARGEST = 64 * 1024 * 1024
_ENDS = ("Governor", "Dependent")
_TEXTS = ("uima.cas.String", "uima.cas.StringArray")
_GRAMMAR = ("uima.", "de.tudarmstadt.ukp.dkpro.core.", "org.dkpro.core.")


def is_zip(data: bytes) -> bool:
    """Whether a file is a zip, as INCEpTION makes of XMI."""
    return data.startswith(b"PK\x03\x04")


def marked_in_json(text: str) -> list[Marked]:
    """The annotations of a CAS in JSON.

    Raises:
        InputError: it is damaged, or the library is missing.
    """
    return _marked(lambda cassis: cassis.load_cas_from_json(text))


def marked_in_zip(data: bytes) -> list[Marked]:
    """The annotations of a CAS in XMI, zipped with its type system.

    Raises:
        InputError: the zip holds something else or too much, it is damaged, or the library is missing.
    """
    xmi, types = _members(data)
    if b"<!DOCTYPE" in xmi or b"<!DOCTYPE" in types:
        raise InputError("the XML declares a document type, which no export does", _AGAIN)
    return _marked(
        lambda cassis: cassis.load_cas_from_xmi(io.BytesIO(xmi), cassis.load_typesystem(io.BytesIO(types)))
    )


def _members(data: bytes) -> tuple[bytes, bytes]:
    """The XMI and the type system of an export."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {suffix: _only(archive, suffix) for suffix in (".xmi", ".xml")}
            if sum(each.file_size for each in found.values()) > _LARGEST:
                raise InputError(f"the zip unpacks to more than {_LARGEST} bytes", "export fewer annotations")
            return archive.read(found[".xmi"]), archive.read(found[".xml"])
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(f"the zip cannot be read: {error}", _AGAIN) from error


def _only(archive: zipfile.ZipFile, suffix: str) -> zipfile.ZipInfo:
    found = [each for each in archive.infolist() if each.filename.casefold().endswith(suffix)]
    if len(found) != 1:
        what = f"the zip holds {len(found)} files {suffix}, where one document has one"
        raise InputError(what, f"{_AGAIN}; of a whole project take the zips under annotation/ one by one")
    return found[0]


def _marked(load: Any) -> list[Marked]:
    try:
        import cassis  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(f"the library for INCEpTION's files is missing: {error}", _INSTALL) from error
    try:
        with warnings.catch_warnings(action="ignore"):  # of positions, which are checked below
            cas = load(cassis)
        text, annotations = str(cas.sofa_string or ""), list(cas.select_all_annotations())
        found = list(_claims([each for each in annotations if not _is_grammar(each)], text))
    except InputError:
        raise
    except Exception as error:  # whatever a library says of a damaged file
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise InputError(f"the file is no CAS that can be read ({what[:200]})", _AGAIN) from error
    return [replace(placed(each, text), start=None, end=None) for each in found]


def _claims(annotations: list[Any], text: str) -> Iterator[Marked]:
    """Relations as statements, then spans of which something is said and which no relation joins."""
    if not text:
        raise InputError("the file holds no text, only annotations", _AGAIN)
    for each in annotations:
        if not 0 <= each.begin <= each.end <= len(text):
            what = f"the positions {each.begin} to {each.end} of a {each.type.name} lie outside of the text"
            raise InputError(what, _AGAIN)
    relations = [each for each in annotations if all(_end(each, end) for end in _ENDS)]
    for relation in relations:
        yield _of_relation(_end(relation, _ENDS[0]), _end(relation, _ENDS[1]), relation)
    joined = {id(_end(each, end)) for each in relations for end in _ENDS}
    for span in annotations:
        if span.begin < span.end and not hasattr(span, _ENDS[0]) and id(span) not in joined:
            marked = Marked(start=span.begin, end=span.end)
            for words in _texts(span):
                if len(words.split()) > 1:
                    marked.say(words)
            if marked.said or marked.statements:
                yield marked


def _is_grammar(annotation: Any) -> bool:
    return str(annotation.type.name).startswith(_GRAMMAR)


def _end(annotation: Any, end: str) -> Any:
    """The span at one end of a relation, or nothing; one without words cannot be quoted."""
    span = getattr(annotation, end, None)
    return span if getattr(span, "begin", 0) < getattr(span, "end", 0) else None


def _of_relation(one: Any, two: Any, relation: Any) -> Marked:
    """A relation: the feature `label`, else the first that has one, names it; the others say something."""
    texts = _texts(relation)
    label = str(getattr(relation, "label", None) or (texts[0] if texts else ""))
    marked = Marked(start=min(one.begin, two.begin), end=max(one.end, two.end))
    if label:
        words = [" ".join(each.get_covered_text().split()) for each in (one, two)]
        marked.statements.append((words[0], label.replace("_", " "), words[1]))
    for said in texts:
        if said != label:
            marked.say(said)
    return marked


def _texts(annotation: Any) -> list[str]:
    """What the features of text of an annotation hold, in the order of the layer."""
    found: list[str] = []
    for feature in annotation.type.all_features:
        if feature.rangeType.name in _TEXTS:
            value = getattr(annotation, feature.name)
            found += [value] if isinstance(value, str) else (getattr(value, "elements", None) or [])
    return [str(each) for each in found if each]
