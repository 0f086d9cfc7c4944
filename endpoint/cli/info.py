"""``araxes info``: what is installed and what is in the store."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pyoxigraph

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from araxes.ontology.errors import NoStoreError
from araxes.triples.stores.rdf_syntaxes import FORMATS
from araxes.triples.stores.versioned_store import current

_SHOWN = 15


@click.command(epilog="\b\nExamples:\n  araxes info\n  araxes info --json | python3 -m json.tool")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with all counts.")
@store_option
def info(as_json: bool, store: Path) -> None:
    """Show versions, formats and what the store holds.

    Exits with 3 when there is no store, after showing the rest.
    """
    facts = _software()
    missing: NoStoreError | None = None
    try:
        found = current(store)
        facts["store"] = {
            "root": str(store),
            "version": found.name,
            "digest": found.digest,
            "quads": found.quads,
            "graphs": found.graphs,
            "built": found.built,
            "origin": found.origin,
            "label": found.label,
            "statistics": found.statistics(),
        }
    except NoStoreError as error:
        missing = error
    click.echo(json.dumps(facts, indent=1, ensure_ascii=False) if as_json else _text(facts))
    if missing is not None:
        raise missing


def _software() -> dict[str, Any]:
    return {
        "araxes": version("araxes"),
        "pyoxigraph": pyoxigraph.__version__,
        "load": sorted(FORMATS),
        "results": [entry.name for entry in SOLUTION_FORMATS],
        "graphs": [entry.name for entry in GRAPH_FORMATS],
    }


def _text(facts: dict[str, Any]) -> str:
    lines = [
        f"araxes      {facts['araxes']}, engine pyoxigraph {facts['pyoxigraph']}",
        f"loads       {' '.join(facts['load'])}",
        f"results     {' '.join(facts['results'])}",
        f"graphs      {' '.join(facts['graphs'])}",
    ]
    store = facts.get("store")
    if store is None:
        return "\n".join(lines)
    counts = store["statistics"]
    named = store["quads"] - counts["default"]
    lines += [
        f"store       {store['root']} ({store['version']}, from `araxes {store['origin']}`)",
        f"label       {store['label'] or '–'}",
        f"digest      {store['digest']}",
        f"built       {store['built']}",
        f"ontology    {', '.join(counts['versions']) or 'no owl:versionIRI in the data'}",
        f"quads       {store['quads']:,}: {counts['triples']:,} different triples, counted in every graph",
        f"default     {counts['default']:,} quads in the default graph, {named:,} in named ones",
        f"graphs      {store['graphs']:,} named",
    ]
    for title, key in (("classes", "classes"), ("named graphs", "named")):
        largest = sorted(counts[key].items(), key=lambda item: (-item[1], item[0]))
        lines.append(f"{title} ({len(largest)}{', largest first' if largest else ''})")
        lines += [f"  {number:>9,}  {iri}" for iri, number in largest[:_SHOWN]]
        if len(largest) > _SHOWN:
            lines.append(f"             … and {len(largest) - _SHOWN} more (see --json)")
    return "\n".join(lines)
