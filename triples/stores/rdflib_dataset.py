"""The published store as an rdflib dataset, through oxrdflib: for notebooks and scripts, without a copy."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset

from araxes.ontology.namespaces import PREFIXES
from araxes.triples.stores.versioned_store import current, root_path


def open_dataset(root: Path | None = None) -> Dataset:
    """Open the current version of a store, read-only.

    Claims are its named graphs; the default graph holds descriptions, entities and what is uncontested.
    SPARQL given to the dataset's ``query`` is evaluated by Oxigraph.

    Args:
        root: folder of the store; by default ``ARAXES_STORE`` or ``.araxes/store``.

    Raises:
        NoStoreError: nothing was published there.
    """
    store = ox.Store.read_only(str(current(root_path(root)).path))
    dataset = Dataset(store=OxigraphStore(store=store))
    for prefix, iri in PREFIXES.items():
        dataset.namespace_manager.bind(prefix, iri, replace=True)
    return dataset
