"""What every reference says of the dataset: who made it, which version, when."""

from __future__ import annotations

from araxes.endpoint.pages.words import words
from araxes.triples.stores.versioned_store import StoreVersion


def dataset_facts(dataset: StoreVersion, language: str, base: str, namespace: str) -> dict[str, str]:
    """What is said of a dataset, for :func:`~araxes.endpoint.pages.citations.cited.cited_thing`.

    Args:
        dataset: the version that is served.
        language: of the reader.
        base: public address of the service, with a slash at its end.
        namespace: of the IRIs that the service answers for.
    """
    said = words(language)["cite"]
    ours = dataset.origin == "build"
    return {
        "author": said["authors"] if ours else "",
        "dataset": said["dataset"] if ours else said["loaded"].format(address=base),
        "version": dataset.cited,
        "built": dataset.built,
        "digest": dataset.digest,
        "namespace": namespace,
        "base": base,
    }
