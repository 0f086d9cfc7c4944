"""``araxes export nanopublications``: each claim under a name that tells whether it was changed."""

from __future__ import annotations

from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.cli.output import binary_output, output_option
from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import BASE, id_of
from araxes.ontology.oxigraph_terms import CLAIM_SOURCE
from araxes.triples.authoring.near_things import nearest
from araxes.triples.exchange.nanopublications import About
from araxes.triples.exchange.nanopublications import nanopublications as of_claims
from araxes.triples.labels import names_by_iri
from araxes.triples.stores.versioned_store import current


@click.command()
@store_option
@click.option("--key", type=click.Path(dir_okay=False, exists=True, path_type=Path),
              help="Private RSA key in Base64, as `np setup` of nanopub writes it: signs them.")  # fmt: skip
@click.option("--space", default=f"{BASE}np/", show_default=True, help="How their names begin.")
@click.option("--licence", default="", show_default="that of each claim's corpus, if it names one",
              help="IRI of the licence of the claims.")  # fmt: skip
@click.option("--of", "source", default="", help="Only claims of this source, such as source/irna-2019.")
@output_option
def nanopublications(
    store: Path, key: Path | None, space: str, licence: str, source: str, output: Path | None
) -> None:
    """Each claim as a nanopublication, in N-Quads: named by a trusty URI, signed if there is a key.

    Nothing is sent anywhere. `araxes import nanopublications` reads them back and verifies names and
    signatures. Needs the library nanopub: pip install 'araxes[exchange]'.
    """
    if not space.startswith(("http://", "https://")) or not space.endswith("/"):
        raise InputError(f"{space!r} cannot begin names", "give an IRI that ends with a slash")
    version = current(store)
    about = About(space, f"{BASE}dataset/{version.digest}", licence, version.built)
    stored = ox.Dataset(ox.Store.read_only(str(version.path)))
    if source:
        _refuse_unknown(source, stored)
    number = 0
    with binary_output(output) as out:
        for _, text in of_claims(stored, about, key, source):
            out.write(text)
            number += 1
    click.echo(f"{number} nanopublications{', signed' if key else ''}", err=True)


def _refuse_unknown(source: str, stored: ox.Dataset) -> None:
    """Refuse a source of which the store has no claim.

    Raises:
        InputError: it is one.
    """
    of_claims = stored.quads_for_predicate(CLAIM_SOURCE)
    names = names_by_iri(stored)
    known = {
        id_of(iri): names.get(iri, [])
        for iri in {quad.object.value for quad in of_claims if isinstance(quad.object, ox.NamedNode)}
    }
    if source not in known and f"source/{source}" not in known:
        raise InputError(f"the store has no claim of {source!r}", nearest(source, known, "leave --of out"))
