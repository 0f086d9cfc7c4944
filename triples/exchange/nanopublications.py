"""Claims as nanopublications (https://nanopub.net/guidelines/working_draft/), and back.

The assertion is the claim's graph. The provenance is what is recorded of the claim (holder, source, passages,
certainty…), with the assertion derived from the source and attributed to the holder. The publication info
says who read, when, under which licence, and of which dataset it is. The name of a nanopublication is a
trusty URI: it holds a digest of all four graphs, so that whoever has the name can tell whether something was
changed. The library ``nanopub`` makes names and signatures and checks names; signatures are checked here,
since its own check (2.0.1) passes over what PyCryptodome answers.
"""

from __future__ import annotations

from base64 import b64decode
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import ConjunctiveGraph, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import AX, DCTERMS, NP, PROV, RDF, VOID
from araxes.ontology.oxigraph_terms import CLAIM, DATE_TIME, DEFAULT_GRAPH, RDF_TYPE

NPX = "http://purl.org/nanopub/x/"
_ALTERNATE = ox.NamedNode(PROV + "alternateOf")
_INSTALL = "install it: pip install 'araxes[exchange]'"
_GRAPHS = ("Head", "assertion", "provenance", "pubinfo")


@dataclass(frozen=True)
class About:
    """What is said of every nanopublication of one export.

    Attributes:
        space: how their names begin; ends with a slash.
        dataset: IRI of the dataset they are of.
        licence: IRI of the licence of all claims; empty for that of each claim's corpus, if it names one.
        created: when they are made, ISO 8601 with a zone.
    """

    space: str
    dataset: str
    licence: str
    created: str


def nanopublications(
    quads: Iterable[ox.Quad], about: About, key: Path | None = None, source: str = ""
) -> Iterator[tuple[str, bytes]]:
    """Each claim of a dataset as a nanopublication: its name and its N-Quads.

    Args:
        quads: the dataset.
        about: what is said of all.
        key: file of a private RSA key in Base64, as ``np setup`` makes it; with it they are signed.
        source: id of the only source whose claims are wanted, or empty.

    Raises:
        InputError: the library is not installed, or the key cannot be used.
    """
    library = _library()
    signer = _profile(library, key)
    stored = ox.Dataset(quads)
    of_source = f"/claim/{source.removeprefix('source/')}/" if source else ""
    for claim in sorted((each for each in _claims(stored) if of_source in each.value), key=str):
        draft = ox.serialize(_drafted(stored, claim, about), format=ox.RdfFormat.N_QUADS) or b""
        graph = library.graph(draft)
        space = library.namespace(about.space)
        if signer is None:
            artefact = library.hasher.make_hash(library.quads(graph), baseuri=str(space), hashstr=" ")
            graph = library.named(artefact, str(space), graph)
        else:
            pubinfo = next(each for each in graph.contexts() if str(each.identifier) == f"{space}pubinfo")
            graph = library.signed(graph, signer, space, pubinfo)
        yield _name_of(graph), _canonical(graph.serialize(format="nquads").encode("utf-8"))


def claims_of_nanopublications(
    data: bytes, form: ox.RdfFormat, tell: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[ox.Quad]:
    """The claims that nanopublications hold, as quads of a dataset; names and signatures are verified.

    Args:
        data: any number of nanopublications.
        form: the syntax.
        tell: called with how many are verified, of how many, as each is.

    Raises:
        InputError: one was changed, or is none; ``problems`` names each.
    """
    library = _library()
    try:
        every = list(ox.parse(data, form))
    except SyntaxError as error:
        raise InputError(f"the file cannot be read: {error}", "give TriG or N-Quads") from error
    heads = [q for q in every if q.predicate.value == NP + "hasAssertion"]
    problems: list[str] = []
    found: list[ox.Quad] = []
    graphs = _Graphs(every)
    for number, head in enumerate(heads, start=1):
        name = getattr(head.subject, "value", "")
        own = graphs.below(name)
        tell(number, len(heads))
        if problem := _wrong(library, name, own):
            problems.append(f"{name}: {problem}")
        else:
            found += _claim_quads(own, head.object)
    if not heads:
        raise InputError("the file holds no nanopublication", "give TriG or N-Quads with np:hasAssertion")
    if problems:
        count = f"{len(problems)} of {len(heads)} nanopublications cannot be taken"
        remedy = "get them anew from where they are published"
        raise InputError("\n".join([count, *problems[:20]]), remedy, tuple(problems))
    yield from found


class _Graphs:
    """The quads of a file by their graphs, in the order of the graphs' names."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._quads: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            self._quads[str(getattr(quad.graph_name, "value", ""))].append(quad)
        self._names = sorted(self._quads)

    def below(self, name: str) -> list[ox.Quad]:
        """All quads of the graphs whose names begin with a name."""
        first = bisect_left(self._names, name)
        own = takewhile(lambda each: each.startswith(name), islice(self._names, first, None))
        return [quad for each in own for quad in self._quads[each]]


def _claims(stored: ox.Dataset) -> Iterator[ox.NamedNode]:
    for quad in stored.quads_for_object(CLAIM):
        if (
            quad.predicate == RDF_TYPE
            and isinstance(quad.subject, ox.NamedNode)
            and quad.graph_name == DEFAULT_GRAPH
        ):
            yield quad.subject


def _drafted(stored: ox.Dataset, claim: ox.NamedNode, about: About) -> Iterator[ox.Quad]:
    """The four graphs, in the namespace that stands for the name until it is known."""
    graphs = {name: ox.NamedNode(about.space + name) for name in _GRAPHS}
    this = ox.NamedNode(about.space)
    head, assertion, provenance, pubinfo = graphs.values()

    def of(graph: ox.NamedNode, subject: ox.NamedNode, predicate: str, value: Any) -> ox.Quad:
        return ox.Quad(subject, ox.NamedNode(predicate), value, graph)

    yield of(head, this, RDF + "type", ox.NamedNode(NP + "Nanopublication"))
    yield of(head, this, NP + "hasAssertion", assertion)
    yield of(head, this, NP + "hasProvenance", provenance)
    yield of(head, this, NP + "hasPublicationInfo", pubinfo)
    for quad in stored.quads_for_graph_name(claim):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, assertion)
    yield ox.Quad(assertion, _ALTERNATE, claim, provenance)
    for quad in _recorded(stored, claim):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, provenance)
        if quad.subject == claim and quad.predicate.value == AX + "holder":
            yield of(provenance, assertion, PROV + "wasAttributedTo", quad.object)
        if quad.subject == claim and quad.predicate.value == AX + "source":
            yield of(provenance, assertion, PROV + "wasDerivedFrom", quad.object)
        if quad.subject == claim and quad.predicate.value == AX + "curator":
            yield of(pubinfo, this, DCTERMS + "creator", quad.object)
    created = ox.Literal(about.created, datatype=DATE_TIME)
    yield of(pubinfo, this, DCTERMS + "created", created)
    yield of(pubinfo, this, DCTERMS + "isPartOf", ox.NamedNode(about.dataset))
    if licence := about.licence or _licence_of(stored, claim):
        yield of(pubinfo, this, DCTERMS + "license", ox.NamedNode(licence))


def _licence_of(stored: ox.Dataset, claim: ox.NamedNode) -> str:
    """The licence of the corpus in whose namespace a claim is; empty if it names none."""
    spaces = [
        (quad.object.value, quad.subject)
        for quad in stored.quads_for_predicate(ox.NamedNode(VOID + "uriSpace"))
        if isinstance(quad.object, ox.Literal) and claim.value.startswith(quad.object.value)
    ]
    of_it = max(spaces, key=lambda space: len(space[0]), default=None)
    said = stored.quads_for_subject(of_it[1]) if of_it else ()
    licences = [quad.object for quad in said if quad.predicate.value == DCTERMS + "license"]
    return next((each.value for each in licences if isinstance(each, ox.NamedNode)), "")


def _recorded(stored: ox.Dataset, claim: ox.NamedNode) -> Iterator[ox.Quad]:
    """What the default graph says of a claim and of its parts: passages, selectors, corrections."""
    waiting, seen = [claim], {claim}
    while waiting:
        subject = waiting.pop()
        for quad in stored.quads_for_subject(subject):
            if quad.graph_name != DEFAULT_GRAPH:
                continue
            yield quad
            value = quad.object
            part = isinstance(value, ox.NamedNode) and value.value.startswith(f"{claim.value}#")
            if part and isinstance(value, ox.NamedNode) and value not in seen:
                seen.add(value)
                waiting.append(value)


def _claim_quads(own: list[ox.Quad], assertion: object) -> Iterator[ox.Quad]:
    """The quads of a claim, as its dataset has them."""
    by_graph: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in own:
        by_graph[str(getattr(quad.graph_name, "value", "")).rpartition("#")[2]].append(quad)
    claim = next(q.object for q in by_graph["provenance"] if q.predicate == _ALTERNATE)
    if isinstance(claim, ox.NamedNode):
        for quad in by_graph["assertion"]:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, claim)
    for quad in by_graph["provenance"]:
        if quad.subject != assertion:
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _wrong(library: _Library, name: str, own: list[ox.Quad]) -> str:
    """What is wrong with a nanopublication, or nothing."""
    graph = library.graph(ox.serialize(own, format=ox.RdfFormat.N_QUADS) or b"")
    if not any(quad.predicate == _ALTERNATE for quad in own):
        return "it is no claim of Araxes: its provenance does not name one"
    try:
        with _as_written():
            publication = library.publication(rdf=graph)
            if not publication.is_valid or not publication.has_valid_trusty:
                return "it is not what its name says"
            if publication.metadata.signature and not library.signature_holds(graph, publication.metadata):
                return "its signature does not hold"
    except Exception as error:  # the library raises errors of its own and of those it uses
        return " ".join(str(error).split())[:200]
    return ""


@contextmanager
def _as_written() -> Iterator[None]:
    """Let rdflib keep literals as they are written, as names of nanopublications need; pySHACL has it change
    them in everything that the process reads after it."""
    usual = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = usual


def _name_of(graph: Any) -> str:
    return next(str(s) for s, _, _, _ in graph.quads((None, _rdf(NP + "hasAssertion"), None, None)))


def _rdf(iri: str) -> Any:
    return URIRef(iri)


def _canonical(data: bytes) -> bytes:
    quads = ox.parse(data, ox.RdfFormat.N_QUADS)
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


class _Graph(ConjunctiveGraph):
    """A graph that parses a query once, for the library asks the same one of each nanopublication."""

    def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
        text = query_object if isinstance(query_object, str) else ""
        return super().query(_prepared(text) if text else query_object, *args, **options)


@cache
def _prepared(text: str) -> Any:
    return prepareQuery(text, initNs={"npx": NPX})


@dataclass(frozen=True)
class _Library:
    """What is used of the library ``nanopub``, which need not be installed."""

    publication: Any
    profile: Any
    hasher: Any
    quads: Any
    named: Any
    signed: Any
    namespace: Any

    @staticmethod
    def graph(data: bytes) -> Any:
        """N-Quads as a graph of rdflib."""
        graph = _Graph()
        with _as_written():
            graph.parse(data=data, format="nquads")
        return graph

    def signature_holds(self, graph: Any, metadata: Any) -> bool:
        """Whether the signature is that of all else in the graphs, by the key that they name."""
        from Crypto.Hash import SHA256  # noqa: PLC0415 - an extra
        from Crypto.PublicKey import RSA  # noqa: PLC0415 - an extra
        from Crypto.Signature import pkcs1_15  # noqa: PLC0415 - an extra

        unsigned = self.graph(graph.serialize(format="nquads").encode("utf-8"))
        unsigned.remove((None, URIRef(NPX + "hasSignature"), None))
        text = self.hasher.normalize_quads(self.quads(unsigned), baseuri=str(metadata.namespace), hashstr=" ")
        key = RSA.import_key(b64decode(str(metadata.public_key)))
        try:
            pkcs1_15.new(key).verify(SHA256.new(text.encode()), b64decode(str(metadata.signature)))
        except (ValueError, TypeError):
            return False
        return True


def _library() -> _Library:
    try:
        from nanopub.nanopub import Nanopub  # noqa: PLC0415 - an extra
        from nanopub.profile import Profile  # noqa: PLC0415 - an extra
        from nanopub.sign_utils import add_signature, replace_trusty_in_graph  # noqa: PLC0415 - an extra
        from nanopub.trustyuri.rdf import RdfHasher, RdfUtils  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(f"the library for nanopublications is missing: {error}", _INSTALL) from error
    return _Library(
        Nanopub, Profile, RdfHasher, RdfUtils.get_quads, replace_trusty_in_graph, add_signature, Namespace
    )


def _profile(library: _Library, key: Path | None) -> Any:
    if key is None:
        return None
    try:
        return library.profile("https://orcid.org/0000-0000-0000-0000", "", key.read_text("ascii").strip())
    except Exception as error:  # a key can be wrong in as many ways as there are libraries below
        what = f"{key} cannot be used as a private key: {error}"
        raise InputError(what, "give a private RSA key in Base64, as `np setup` writes it") from error
