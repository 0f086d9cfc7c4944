"""``araxes reason``: consistency and classification of the ontology with the entities."""

from __future__ import annotations

from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.build import annotations_option, entities_option
from araxes.ontology.errors import InputError
from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import BASE, OWL, RDF, local_name
from araxes.ontology.reasoning import NoJavaError, ReasonerError, Verdict, axiom_file, reason
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import Corpus, read_corpus
from araxes.triples.authoring.jsonld_nodes import entity_node
from araxes.triples.authoring.sound_corpus import SoundCorpus
from araxes.triples.dataset import to_quads


@click.command(name="reason")
@entities_option
@annotations_option
@click.option("--ontology-only", is_flag=True, help="Leave the entities out: quicker.")
def reason_command(entities: Path, annotations: Path, ontology_only: bool) -> None:
    """Check that ontology and entities are consistent, and classify them with HermiT.

    Classes that can have no member are listed, each with the axioms because of which that is so.
    Takes about half a minute; needs Java.

    \b
    Examples:
      araxes reason
      araxes reason --ontology-only
    """
    axioms = load_ontology().serialize(format="nt", encoding="utf-8")
    read = Corpus() if ontology_only else read_corpus(entities, annotations)
    corpus = check_records(read).whole()
    axioms += _entities(corpus)
    click.echo("HermiT is at work …", err=True)
    try:
        verdict = reason(axioms)
    except NoJavaError as error:
        raise InputError(str(error), "install Java, for example: apt install default-jre-headless") from error
    except ReasonerError as error:
        raise InputError(f"HermiT failed: {error}", "check the OWL 2 DL profile of the modules") from error
    _tell(verdict, corpus)
    if not verdict.sound:
        raise InputError("the ontology does not hold together", "change one of the axioms listed above")


def _entities(corpus: SoundCorpus) -> bytes:
    """The entities as N-Triples."""
    words = vocabulary()
    quads = to_quads([entity_node(record, words) for record in corpus.entities], words)
    triples = {quad.triple for quad in quads}
    kind, individual = ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "NamedIndividual")
    triples |= {ox.Triple(triple.subject, kind, individual) for triple in triples if triple.predicate == kind}
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _tell(verdict: Verdict, corpus: SoundCorpus) -> None:
    click.echo(f"{verdict.classes} classes, {verdict.individuals} individuals, {verdict.seconds:.1f} s")
    click.echo("consistent" if verdict.consistent else "inconsistent")
    if verdict.consistent:
        click.echo(f"unsatisfiable classes: {len(verdict.unsatisfiable)}")
        click.echo(f"super-classes that follow without being stated: {len(verdict.inferred)}")
    for iri, above in verdict.inferred:
        click.echo(f"  {_short(iri)} is a {_short(above)}")
    for iri in verdict.unsatisfiable:
        if iri not in verdict.explanations:
            click.echo(f"{_short(iri)} can have no member")
    for iri, axioms in verdict.explanations.items():
        click.echo(
            f"{_short(iri)} can have no member, because:" if iri else "the axioms contradict each other:"
        )
        for line in axioms.splitlines():
            place = axiom_file(line) or _entity_place(line, corpus)
            click.echo(f"    {line}" + (f"  [{place}]" if place else ""))


def _entity_place(axiom: str, corpus: SoundCorpus) -> str:
    """File and line of the entity that is the subject of an axiom of an explanation, or an empty string."""
    subject, _, rest = axiom.partition(" ")
    key = rest.partition(" ")[0]
    found = [record for record in corpus.entities if record.id.rpartition("/")[2] == subject]
    return f"{found[0].document.path.name}:{found[0].line(key)}" if len(found) == 1 else ""


def _short(iri: str) -> str:
    return local_name(iri).removeprefix(BASE)
