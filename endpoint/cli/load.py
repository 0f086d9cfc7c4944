"""``araxes load``: serve any RDF files; those that hold Araxes claims are validated and audited first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import datasets_option, remembered_layers, store_option
from araxes.endpoint.service.published_files import beside_in
from araxes.ontology.errors import InputError
from araxes.ontology.modules_at_work import use_modules
from araxes.ontology.namespaces import BASE, NP, OWL, XSD
from araxes.ontology.oxigraph_terms import CLAIM, RDF_TYPE
from araxes.ontology.visible_text import visible
from araxes.triples.authoring.findings import Finding, Place
from araxes.triples.dataset import modules_of_dataset, ontology_quads, terms_at_work
from araxes.triples.stores.rdf_files import read_rdf_files
from araxes.triples.stores.rdf_syntaxes import EXTENSIONS
from araxes.triples.stores.stored_literals import as_stored, changed_literals
from araxes.triples.stores.versioned_store import keep_datasets, publish
from araxes.validation.gate.audit import audit, digests_of, holds_claims
from araxes.validation.gate.shapes_and_rules import check_quads
from araxes.validation.gate.unpublished import joined
from araxes.validation.kept_questions import questions_with_terms
from araxes.validation.published import published_dataset

EXAMPLES = 5
"""How many changed literals are shown."""

SHOWN = 50
"""How many problems are printed; a damaged file can have thousands."""


_NANOPUBLICATION = ox.NamedNode(NP + "Nanopublication")


@click.command(
    epilog="\b\nExamples:\n  araxes load graph.ttl more.trig.gz\n  araxes load --store /tmp/other dump.nq\n\n"
    f"Extensions: {EXTENSIONS}, each also with .gz."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--base", metavar="IRI", help="Resolve relative IRIs of the files against this IRI.")
@click.option("--label", default="", help="Free text naming this version of the data.")
@click.option("--allow-empty", is_flag=True, help="Accept files without a triple, and an empty dataset.")
@datasets_option
@store_option
def load(
    files: tuple[Path, ...],
    base: str | None,
    label: str,
    allow_empty: bool,
    keep: int | None,
    store: Path,
) -> None:
    """Make the served dataset from RDF FILES instead of this project's sources.

    Triples without a graph become the default graph; quads keep their graphs. Blank nodes
    of different files stay apart. A running server switches over by itself. When a file
    cannot be read, all problems are reported and the store that was there keeps serving.

    Numbers, truth values, dates and durations are held as values: "1.10" is served as 1.1, every kind of
    integer as xsd:integer, language tags in lower case. What changes is told; counts, digest and exports
    are of what is served.

    Claims of Araxes are validated and audited: shapes and rules must find no violation, what is
    derived must follow from the claims, and they must be as they were published (content digests). Several
    published datasets become one, their claims compared with each other; what they share must be the same.
    Otherwise the problems are reported, nothing is published, and the exit code is 1.

    The questions beside them are those of the shipped corpus (but with --without-shipped), and of those that
    --corpus names.
    """
    asked = questions_with_terms(remembered_layers(click.get_current_context()))
    click.echo(f"reading {len(files)} file{'s' if len(files) > 1 else ''} …", err=True)
    dataset = _in_stored_form(read_rdf_files(files, base=base, allow_empty=allow_empty))
    _refuse_nanopublications(dataset, files)
    use_modules(modules_of_dataset(dataset))
    published = _published_parts(files, base) if len(files) > 1 and holds_claims(dataset) else {}
    if len(published) > 1:
        dataset = _joined(published, [path for path in files if path not in published], base)
    elif holds_claims(dataset):
        click.echo(f"validating and auditing {len(dataset):,} quads …", err=True)
        check_loaded(dataset, files[0] if len(files) == 1 else Path("dataset"))
    elif len(dataset):
        click.echo("the files hold no claims of Araxes: nothing was audited", err=True)
    click.echo(f"publishing {len(dataset):,} quads …", err=True)
    if keep is not None:
        keep_datasets(store, keep)
    made = publish(
        dataset,
        store,
        origin="load",
        label=label,
        allow_empty=allow_empty,
        beside=beside_in(store, asked),
    )
    click.echo(f"published {made.quads} quads, {made.graphs} named graphs; digest {made.digest}")


def _refuse_nanopublications(dataset: ox.Dataset, files: tuple[Path, ...]) -> None:
    """Say how nanopublications become a dataset.

    Raises:
        InputError: that is what the files hold.
    """
    if any(dataset.quads_for_object(_NANOPUBLICATION)):
        raise InputError(
            f"{files[0].name} holds nanopublications, each of which has a part of its claim",
            "make a dataset of them: araxes import nanopublications FILE --with DATASET -o back.nq",
        )


def _published_parts(files: tuple[Path, ...], base: str | None) -> dict[Path, ox.Dataset]:
    """The files that are whole published datasets of Araxes: they hold claims, and what was digested."""
    read = {path: read_rdf_files([path], base=base, allow_empty=True) for path in files}
    return {path: each for path, each in read.items() if holds_claims(each) and digests_of(each)}


def _joined(parts: Mapping[Path, ox.Dataset], others: list[Path], base: str | None) -> ox.Dataset:
    """Published datasets, each audited, as one: what is derived is derived anew from all claims together.

    Raises:
        InputError: one fails the audit, or they do not fit together.
    """
    whole: dict[Path, list[ox.Quad]] = {}
    for path, part in parts.items():
        click.echo(f"validating and auditing {path}: {len(part):,} quads …", err=True)
        check_loaded(part, path)
        whole[path] = _with_ontology(list(terms_at_work(part)))
    written = joined(whole)
    click.echo(f"comparing the claims of {len(parts)} datasets …", err=True)
    check_loaded(ox.Dataset(written), Path("the files together"), audited=False)
    dataset = published_dataset(written).dataset
    if others:
        for quad in read_rdf_files(others, base=base, allow_empty=True):
            dataset.add(quad)
    return _in_stored_form(dataset)


def _in_stored_form(dataset: ox.Dataset) -> ox.Dataset:
    """The dataset as the store will serve it; what changes is told."""
    tags = sorted({tag for quad in dataset if "-" in (tag := getattr(quad.object, "language", None) or "")})
    if tags:
        shown = ", ".join(tags[:EXAMPLES]) + (", …" if len(tags) > EXAMPLES else "")
        click.echo(
            f"note: language tags are served in lower case, whatever the files have: {shown}", err=True
        )
    changed = changed_literals(dataset)
    if not changed:
        return dataset
    stored = as_stored(dataset, changed)
    merged = len(dataset) - len(stored)
    count = f"{len(changed)} distinct literal{'s' if len(changed) > 1 else ''}"
    click.echo(f"warning: {count} will be served in another form (the engine keeps values):", err=True)
    for given, served in sorted(changed.items(), key=str)[:EXAMPLES]:
        click.echo(f"  {_short(given)} → {_short(served)}", err=True)
    if len(changed) > EXAMPLES:
        click.echo(f"  … and {len(changed) - EXAMPLES} more", err=True)
    if merged:
        click.echo(f"  {merged} quad{'s' if merged > 1 else ''} so became equal to others", err=True)
    return stored


def _short(literal: ox.Literal) -> str:
    return visible(str(literal)).replace(f"<{XSD}", "xsd:").removesuffix(">")


def check_loaded(dataset: ox.Dataset, path: Path, *, audited: bool = True) -> None:
    """Audit and validate a dataset that holds claims, telling warnings on standard error.

    Args:
        dataset: what was read.
        path: the file to name in messages.
        audited: audit it too, where shapes and rules find nothing.

    Raises:
        InputError: violations were found; ``problems`` names each with place and remedy.
    """
    whole = _with_ontology(list(terms_at_work(dataset)))
    findings = check_quads(whole)
    sound = not any(finding.severity == "violation" for finding in findings)
    if sound and audited:  # what derives from claims can be computed only where their form is sound
        findings += _audited(whole, path)
    for finding in findings:
        if finding.severity != "violation":
            click.echo(f"{finding.severity}: {_in_file(finding, path)}", err=True)
    violations = [_in_file(finding, path) for finding in findings if finding.severity == "violation"]
    if not violations:
        return
    lines = [str(violation) for violation in violations]
    count = f"{len(lines)} violation{'s' if len(lines) != 1 else ''} in what was to be loaded"
    more = [f"… and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    if not sound:
        more.append("not audited yet: shapes and rules come first")
    raise InputError(
        "\n".join([count, *lines[:SHOWN], *more]),
        "nothing was published; load the files as they were published, or build from the sources",
        tuple(lines),
    )


def _audited(quads: list[ox.Quad], path: Path) -> list[Finding]:
    try:
        return audit(quads)
    except ValueError as error:
        message = f"{path}: the claims cannot be audited: {error}"
        raise InputError(message, "correct the date or number, or build from the sources") from error


def _with_ontology(quads: list[ox.Quad]) -> list[ox.Quad]:
    return quads if _has_ontology(quads) else [*quads, *ontology_quads()]


def _has_ontology(quads: Iterable[ox.Quad]) -> bool:
    """Whether the dataset brings the terms of the ontology with it."""
    kind = ox.NamedNode(OWL + "Class")
    return any(quad.subject == CLAIM and quad.predicate == RDF_TYPE and quad.object == kind for quad in quads)


def _in_file(finding: Finding, path: Path) -> Finding:
    """A finding of the loaded file, which has no lines of its own to point at."""
    value = f" ({finding.value.replace(BASE, '')})" if finding.value and "(" not in finding.message else ""
    return replace(finding, place=Place(path), message=f"{finding.message}{value}")
