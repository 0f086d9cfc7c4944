"""``araxes load``: serve any RDF files."""

from __future__ import annotations

from pathlib import Path

import click

from araxes.endpoint.options import store_option
from araxes.triples.rdf_files import read_rdf_files
from araxes.triples.store import publish


@click.command(
    epilog="\b\nExamples:\n  araxes load graph.ttl more.trig.gz\n  araxes load --store /tmp/other dump.nq\n\n"
    "Extensions: .ttl .nt .nq .trig .rdf .xml .owl .jsonld .n3, each also with .gz."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--base", metavar="IRI", help="Resolve relative IRIs of the files against this IRI.")
@click.option("--label", default="", help="Free text naming this version of the data.")
@click.option("--allow-empty", is_flag=True, help="Accept files without a triple, and an empty dataset.")
@store_option
def load(files: tuple[Path, ...], base: str | None, label: str, allow_empty: bool, store: Path) -> None:
    """Make the served dataset from RDF FILES instead of this project's sources.

    Triples without a graph become the default graph; quads keep their graphs. Blank nodes
    of different files stay apart. A running server switches over by itself. When a file
    cannot be read, all problems are reported and the store that was there keeps serving.
    """
    click.echo(f"reading {len(files)} file{'s' if len(files) > 1 else ''} …", err=True)
    dataset = read_rdf_files(files, base=base, allow_empty=allow_empty)
    click.echo(f"publishing {len(dataset):,} quads …", err=True)
    made = publish(dataset, store, origin="load", label=label, allow_empty=allow_empty)
    click.echo(f"published {made.quads} quads, {made.graphs} named graphs; digest {made.digest}")
