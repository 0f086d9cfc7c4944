"""``araxes publish``: bring the current version into a remote engine."""

from __future__ import annotations

from pathlib import Path

import click

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.engines.remote.credentials import read_credentials
from araxes.endpoint.engines.remote.engine_client import EngineCallError, address_of, place_of
from araxes.endpoint.engines.remote.publishing import GraphStore, PublishingError, copy_beside, publish_to
from araxes.endpoint.engines.remote.upstream import Upstream
from araxes.endpoint.settings import Settings, check_address, load_settings
from araxes.triples.stores.versioned_store import StoreVersion, current


@click.command(
    epilog="\b\nExamples:\n"
    "  araxes publish --to http://127.0.0.1:7878/store --engine http://127.0.0.1:7878/query\n"
    "  araxes publish --to http://h:3030/{dataset}/data --engine http://h:3030/{dataset}/sparql\n"
    "  araxes publish --engine http://h:8890/sparql        only look whether it holds the version\n"
)
@click.option(
    "--to", "to", metavar="URL", help="Graph Store address; {dataset}: 12 characters of the digest."
)
@click.option(
    "--engine",
    required=True,
    metavar="URL",
    envvar="ARAXES_ENGINE",
    help="Query address, as in the setting engine: what the engine holds is counted at the end.",
)
@click.option(
    "--credentials",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with user:password, or Bearer and a token; ARAXES_ENGINE_CREDENTIALS wins over it.",
)
@click.option(
    "--beside",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also copy what instances of the app need beside the engine (indexes; no database) to this folder.",
)
@store_option
def publish(to: str | None, engine: str, credentials: Path | None, beside: Path | None, store: Path) -> None:
    """Bring the store's current version into a remote engine, and see that it is there.

    The default graph becomes the engine's; every claim keeps its graph under its IRI. An engine without
    a default graph of its own (Virtuoso) gets it as a named graph that no query sees. What was loaded by
    an engine's own bulk loader, from `araxes export dataset --format nquads`, is looked at without --to.

    With {dataset} in both addresses each version goes into a dataset of its own, which you make in the
    engine before; servers switch when their STORE/current does, so --beside comes last.
    """
    version = current(store)
    settings = load_settings(
        {"engine": engine, "store": str(store), "timeout": 600, "engine_credentials": str(credentials or "")},
        only=("engine_credentials",),
    )
    for address in filter(None, (engine, to)):
        check_address(address)
    upstream = Upstream(settings)
    try:
        if to:
            _bring(version, to, upstream, settings)
        upstream.dialect(version)
    except EngineCallError as error:
        raise PublishingError(error.message, "araxes publish --to URL brings the version there") from error
    finally:
        upstream.stop()
    click.echo(
        f"the engine at {place_of(engine)} holds {version.quads:,} quads in {version.graphs:,} named graphs "
        f"({upstream.server or 'of no name'}); digest {version.digest}"
    )
    if beside:
        click.echo(f"beside it: {copy_beside(version, beside)}")


def _bring(version: StoreVersion, to: str, upstream: Upstream, settings: Settings) -> None:
    address = address_of(to, version.digest[:12])
    graph_store = GraphStore(address, read_credentials(settings.text("engine_credentials")))
    click.echo(f"publishing {version.quads:,} quads to {place_of(address)} …", err=True)
    how = publish_to(version, graph_store, upstream.graphs(version), lambda line: click.echo(line, err=True))
    click.echo(f"published {how}", err=True)
