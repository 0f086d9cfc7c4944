"""``araxes export``: the dataset and its tables as files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.beside_files import files_beside
from araxes.endpoint.cli.export_folder import folder
from araxes.endpoint.cli.export_nanopublications import nanopublications
from araxes.endpoint.cli.options import chosen_layers, corpus_option, store_option, without_shipped_option
from araxes.endpoint.cli.output import binary_output, output_option
from araxes.endpoint.cli.quickstatements import quickstatements
from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import PREFIXES
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus_layers import read_corpus_folder
from araxes.triples.authoring.json_schema import DEFAULT, entity_file_schema, source_file_schema
from araxes.triples.authoring.jsonld_context import context
from araxes.triples.dataset import canonical_nquads
from araxes.triples.exports.claim_tables import (
    PASSAGE_COLUMNS,
    claim_columns,
    claim_rows,
    passage_rows,
    write_table,
)
from araxes.triples.exports.file_folders import write_files
from araxes.triples.exports.owl_functional import JARS, class_path, functional_syntax, java_path
from araxes.triples.exports.protege import protege_rdfxml
from araxes.triples.exports.protege_variants import VARIANTS, WHOLE
from araxes.triples.stores.versioned_store import current


def format_option(**suffixes: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """``--format``, by default what the ending of the output file says, else the first.

    Args:
        suffixes: format → endings of its files, separated by spaces.
    """
    known = {ending: name for name, endings in suffixes.items() for ending in endings.split()}
    default = next(iter(suffixes))

    def choose(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
        output = ctx.params.get("output")
        return value or known.get(output.suffix.lower() if output else "", default)

    return click.option(
        "--format",
        "kind",
        type=click.Choice(list(suffixes)),
        callback=choose,
        show_default=f"by the ending of the output file, else {default}",
    )


table_format = format_option(csv=".csv", tsv=".tsv .tab")
"""``--format`` of tables."""


@click.group()
def export() -> None:
    """Write the dataset or its tables to a file or standard output.

    \b
    Examples:
      araxes export claims --format csv -o claims.csv
      araxes export passages --format csv -o passages.csv
      araxes export dataset --format trig -o araxes.trig
      araxes export quickstatements -o araxes.qs --losses losses.csv
      araxes export files -o FOLDER
      araxes export protege -o araxes.owl
      araxes export protege --variant slim -o slim.owl
      araxes export protege --format functional -o araxes.ofn
    """


@export.command()
@store_option
@table_format
@output_option
def claims(store: Path, kind: str, output: Path | None) -> None:
    """One row for each claim: source, holder, stance, paraphrases, statements (as N-Triples)."""
    _table(store, kind, output, claim_rows, claim_columns)


@export.command()
@store_option
@table_format
@output_option
def passages(store: Path, kind: str, output: Path | None) -> None:
    """One row for each passage: file, digests, start and end in code points."""
    _table(store, kind, output, passage_rows, lambda _: PASSAGE_COLUMNS)


@export.command()
@store_option
@format_option(trig=".trig", nquads=".nq .nquads")
@output_option
def dataset(store: Path, kind: str, output: Path | None) -> None:
    """The whole dataset; nquads are canonical and sorted, so equal datasets give equal bytes."""
    quads = _stored(store)
    if kind == "nquads":
        data = canonical_nquads(quads)
    else:
        ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.subject), str(quad)))
        data = ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""
    with binary_output(output) as out:
        out.write(data)


@export.command()
@store_option
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write them to; made if it is not there.",
)
@click.option(
    "--beside-store", is_flag=True, help="Write them where the server keeps them: then nobody has to wait."
)
@click.option("--missing", is_flag=True, help="With --beside-store: only those that are not there.")
@click.argument("names", nargs=-1)
def files(
    store: Path, output: Path | None, beside_store: bool, missing: bool, names: tuple[str, ...]
) -> None:
    """Every file that /downloads offers, with descriptions (DCAT, RO-Crate, Frictionless) and SHA256SUMS.

    NAMES choose some of them, such as claims.csv or araxes.nq.gz; without any, all are written, each also
    compressed. The largest take about a minute.
    """
    if beside_store == (output is not None):
        raise click.UsageError("give either --output or --beside-store")
    if missing and not beside_store:
        raise click.UsageError("--missing goes with --beside-store")
    version = current(store)
    made = (
        files_beside(version, names, missing=missing)
        if output is None
        else write_files(version, output, names)
    )
    for each in made:
        click.echo(f"{each.size:>12,} {each.name}", err=True)


@export.command()
@store_option
@format_option(rdfxml=".owl .rdf .xml", functional=".ofn .fss")
@click.option(
    "--variant",
    type=click.Choice(list(VARIANTS)),
    default=WHOLE.name,
    show_default=True,
    help="What it holds: everything; claims without passages and disputes; these with disputes; or no claims "
    "as individuals, but what they say as annotations.",
)
@click.option(
    "--jars",
    type=click.Path(file_okay=False, path_type=Path),
    default=JARS,
    envvar="ARAXES_JARS",
    show_default=True,
    show_envvar=True,
    help="Folder with the jars of the OWL API, which writes functional syntax.",
)
@output_option
def protege(store: Path, kind: str, variant: str, jars: Path, output: Path | None) -> None:
    """One OWL 2 DL file for Protégé: ontology, entities, claims and what they state.

    Uncontested statements are assertions annotated with their claims (stated in); what is contested
    or merely reported is not asserted but readable as "claimed of it". The file imports nothing.

    Functional syntax needs a JDK and the OWL API (on Debian: libowlapi-java) and takes a quarter of a minute.
    """
    if kind == "functional":  # what is missing is told at once
        java_path()
        class_path(jars)
    data = protege_rdfxml(_stored(store), VARIANTS[variant])
    if kind == "functional":
        data = functional_syntax(data, jars)
    with binary_output(output) as out:
        out.write(data)


export.add_command(quickstatements)


@export.command(name="context")
@output_option
def export_context(output: Path | None) -> None:
    """The JSON-LD 1.1 context that maps the YAML files to RDF."""
    _json(context(vocabulary()), output)


@export.command()
@click.argument("what", type=click.Choice(["source", "entities"]), default="source")
@output_option
@corpus_option
@without_shipped_option
def schema(what: str, output: Path | None, corpora: tuple[Path, ...], without_shipped: bool) -> None:
    """The JSON Schema of source files or entity files, for completion in editors; in a corpus's languages."""
    chosen_layers(corpora, without_shipped, None, None)
    words, top = vocabulary(), read_corpus_folder(corpora[-1]) if corpora else None
    languages = (top.languages, top.also) if top else DEFAULT
    made = source_file_schema if what == "source" else entity_file_schema
    _json(made(words, languages), output)


def _stored(store: Path) -> ox.Dataset:
    """The current version of the store in memory.

    Raises:
        NoStoreError: there is none.
    """
    return ox.Dataset(ox.Store.read_only(str(current(store).path)))


def _table(
    store: Path,
    kind: str,
    output: Path | None,
    rows: Callable[[ox.Dataset], Iterable[dict[str, str]]],
    columns: Callable[[ox.Dataset], Iterable[str]],
) -> None:
    text, stored = io.StringIO(newline=""), _stored(store)
    if not write_table(rows(stored), columns(stored), text, "," if kind == "csv" else "\t"):
        raise InputError("the store holds no claims", "build it with `araxes build`")
    with binary_output(output) as out:
        out.write(text.getvalue().encode("utf-8"))


def _json(document: object, output: Path | None) -> None:
    with binary_output(output) as out:
        out.write((json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))


export.add_command(folder)
export.add_command(nanopublications)
