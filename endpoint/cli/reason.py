"""``araxes reason``: consistency and classification of the ontology with the entities."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import corpus_options
from araxes.ontology.errors import InputError
from araxes.ontology.loading import load_ontology
from araxes.ontology.namespaces import BASE, OWL, local_name
from araxes.ontology.oxigraph_terms import RDF_TYPE
from araxes.ontology.reasoning import NoJavaError, ReasonerError, Verdict, axiom_file, reason, without_chains
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.check_references import check_records
from araxes.triples.authoring.corpus import Corpus, read_layers
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.authoring.jsonld_nodes import entity_node
from araxes.triples.authoring.sound_corpus import SoundCorpus
from araxes.triples.dataset import derived_dataset, described_quads, to_quads
from araxes.triples.derived.chains import Chain
from araxes.triples.derived.reasons import unstated_relations
from araxes.triples.labels import Words


@click.command(name="reason")
@corpus_options
@click.option("--ontology-only", is_flag=True, help="Leave entities and claims out: quicker.")
@click.option("--all", "every", is_flag=True, help="Show every relation that follows, not two of each kind.")
def reason_command(layers: Layers, ontology_only: bool, every: bool) -> None:
    """Check that ontology and kinds of entities are consistent, classify with HermiT, and say what follows.

    Shown are super-classes that follow without being stated, classes that can have no member, and relations
    that no claim states and that follow from one; each with the axioms or statements because of which that
    is so. What relations demand of their ends is checked by `araxes validate`. Takes a minute or more;
    needs Java.

    \b
    Examples:
      araxes reason
      araxes reason --all
      araxes reason --ontology-only
    """
    axioms = load_ontology().serialize(format="nt", encoding="utf-8")
    read = Corpus() if ontology_only else read_layers(layers)
    corpus = check_records(read).whole()
    click.echo("HermiT is at work …", err=True)
    try:
        verdict = reason(axioms)
        if not ontology_only:
            entities_verdict = reason(without_chains(axioms) + _entities(corpus), say_why=False)
            verdict = replace(
                entities_verdict,
                consistent=verdict.consistent and entities_verdict.consistent,
                unsatisfiable=verdict.unsatisfiable or entities_verdict.unsatisfiable,
                inferred=verdict.inferred,
                reasons=verdict.reasons,
                explanations=verdict.explanations | entities_verdict.explanations,
                seconds=verdict.seconds + entities_verdict.seconds,
            )
    except NoJavaError as error:
        raise InputError(str(error), "install Java, for example: apt install default-jre-headless") from error
    except ReasonerError as error:
        raise InputError(f"HermiT failed: {error}", "check the OWL 2 DL profile of the modules") from error
    _tell(verdict, corpus)
    if not ontology_only:
        dataset, _ = derived_dataset(described_quads(corpus))
        _tell_relations(dataset, None if every else 2)
    if not verdict.sound:
        raise InputError("the ontology does not hold together", "change one of the axioms listed above")


def _entities(corpus: SoundCorpus) -> bytes:
    """The kinds of the entities as N-Triples: one entity for each combination of kinds.

    HermiT does not come to an end in ten minutes over all relations of 2,600 entities with chains of
    properties; whether kinds exclude each other depends on the combination alone, and what relations
    demand of their ends is checked by shapes.
    """
    words = vocabulary()
    individual = ox.NamedNode(OWL + "NamedIndividual")
    seen: set[frozenset[str]] = set()
    triples = []
    for record in corpus.entities:
        types = [quad for quad in to_quads([entity_node(record, words)], words) if quad.predicate == RDF_TYPE]
        combination = frozenset(str(quad.object) for quad in types)
        if combination in seen:
            continue
        seen.add(combination)
        triples += [quad.triple for quad in types]
        triples += [ox.Triple(quad.subject, RDF_TYPE, individual) for quad in types]
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _tell(verdict: Verdict, corpus: SoundCorpus) -> None:
    click.echo(f"{verdict.classes} classes, {verdict.individuals} individuals, {verdict.seconds:.1f} s")
    click.echo("consistent" if verdict.consistent else "inconsistent")
    if verdict.consistent:
        click.echo(f"unsatisfiable classes: {len(verdict.unsatisfiable)}")
        click.echo(f"super-classes that follow without being stated: {len(verdict.inferred)}")
    for iri, above in verdict.inferred:
        click.echo(f"  {_short(iri)} is a {_short(above)}, because:")
        _tell_axioms(verdict.reasons[iri, above], corpus)
    for iri in verdict.unsatisfiable:
        if iri not in verdict.explanations:
            click.echo(f"{_short(iri)} can have no member")
    for iri, axioms in verdict.explanations.items():
        click.echo(
            f"{_short(iri)} can have no member, because:" if iri else "the axioms contradict each other:"
        )
        _tell_axioms(axioms, corpus)


def _tell_axioms(axioms: str, corpus: SoundCorpus) -> None:
    for line in axioms.splitlines():
        place = axiom_file(line) or _entity_place(line, corpus)
        click.echo(f"    {line}" + (f"  [{place}]" if place else ""))


def _tell_relations(dataset: ox.Dataset, shown: int | None) -> None:
    """Relations that follow by a chain of properties and that no claim states, each with its reason."""
    found = list(unstated_relations(dataset))
    click.echo(f"relations that follow and that no claim states: {len(found)}")
    words = Words(dataset)
    for target, group in groupby(found, key=lambda each: each.chain.target):
        of_one = list(group)
        click.echo(f"  {_short(target)}: {len(of_one)}")
        for each in of_one[:shown]:
            click.echo(f"    {_worded(each.relation, words)}, because:")
            for premise in each.premises:
                click.echo(f"      {_worded(premise, words)}")
            click.echo(f"      [{_short(each.claim)}: {_steps(each.chain)}]")
    if shown is not None and found:
        click.echo("  (--all shows every one)")


def _worded(triple: ox.Triple, words: Words) -> str:
    return words.statement((str(triple.subject), triple.predicate.value, str(triple.object)), "en")


def _steps(chain: Chain) -> str:
    """A chain in short: ^ marks a property that is followed backwards, [ ] a class."""
    form = {"on": "{}", "back": "^{}", "class": "[{}]"}
    return " / ".join(form[kind].format(local_name(name)) for kind, name in chain.steps)


def _entity_place(axiom: str, corpus: SoundCorpus) -> str:
    """File and line of the entity that is the subject of an axiom of an explanation, or an empty string."""
    subject, _, rest = axiom.partition(" ")
    key = rest.partition(" ")[0]
    found = [record for record in corpus.entities if record.id.rpartition("/")[2] == subject]
    return f"{found[0].document.path.name}:{found[0].line(key)}" if len(found) == 1 else ""


def _short(iri: str) -> str:
    return local_name(iri).removeprefix(BASE)
