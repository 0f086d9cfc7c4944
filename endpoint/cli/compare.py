"""``araxes compare``: two parties side by side, and what comes of comparing the claims of a store."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.sparql.result_tables import text_table
from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import id_of
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.derived.claim_graphs import ClaimGraph, read_claim_graphs
from araxes.triples.exports.claim_tables import write_table
from araxes.triples.labels import Words, names_by_iri
from araxes.triples.stores.versioned_store import current
from araxes.validation.disagreement.clash_sentences import compared_words
from araxes.validation.disagreement.clashes import Case, find_cases
from araxes.validation.disagreement.two_parties import COMPARISON_COLUMNS, compare_parties, party

_WIDE = 110
_NO_THINGS = "claim|mapping|disagreement|corroboration|dispute"
_OF_THING = re.compile(rf"(?!(?:{_NO_THINGS})/)[a-z-]+/[a-z0-9-]+(#author)?")

format_option = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
"""``--format``."""


@dataclass
class Stored:
    """The claims of a store with what comes of comparing them."""

    dataset: ox.Dataset

    @cached_property
    def claims(self) -> dict[str, ClaimGraph]:
        """Claims by IRI."""
        return read_claim_graphs(self.dataset)

    @cached_property
    def words(self) -> Words:
        """What things are called in what is told of comparisons."""
        return compared_words(self.dataset)

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """What entities and sources are called, by id."""
        named = ((id_of(iri), texts) for iri, texts in names_by_iri(self.dataset).items())
        return {name: texts for name, texts in named if _OF_THING.fullmatch(name)}

    @cached_property
    def cases(self) -> list[Case]:
        """Disagreements and corroborations."""
        return find_cases(self.dataset, self.claims)


def stored(store: Path) -> Stored:
    """Read the current version of a store.

    Raises:
        NoStoreError: there is none.
        InputError: it holds no claims.
    """
    found = Stored(ox.Dataset(ox.Store.read_only(str(current(store).path))))
    if not found.claims:
        raise InputError("the store holds no claims", "build it with `araxes build`")
    return found


@click.command(
    epilog="\b\nExamples:\n  araxes compare irna-2019 israel-azerbaijan-paper\n"
    "  araxes compare kazemi-2024,masoumi-2023 irna-2019 --only clash\n"
    "  araxes compare group/people-of-iran state/azerbaijan --format json"
)
@click.argument("a")
@click.argument("b")
@format_option
@click.option("--only", type=click.Choice(["clash", "both", "only-a", "only-b"]), help="Only this part.")
@store_option
def compare(a: str, b: str, form: str, only: str | None, store: Path) -> None:
    """Set two parties side by side: what both say, deny or count, what only one does, where they clash.

    A and B are sources or holders by id, several separated by commas.
    """
    found = stored(store)
    try:
        one, two = (party(each, found.claims, found.labels) for each in (a, b))
    except LookupError as error:
        message, _, remedy = str(error.args[0]).partition(": ")
        raise InputError(message, remedy) from error
    compared = compare_parties(one, two, found.claims, found.cases, vocabulary(), found.words)
    rows = [row for row in compared if only in {None, row["relation"]}]
    if form != "table":
        write_rows(rows, COMPARISON_COLUMNS, form)
        return
    lines = [
        [
            row["relation"],
            row["statement_en"],
            str(len(row["claims_a"].split())),
            str(len(row["claims_b"].split())),
        ]
        for row in rows
    ]
    for line in text_table(["", "statement", f"A: {a}", f"B: {b}"], lines, _WIDE):
        click.echo(line)
    counted = Counter(row["relation"] for row in rows)
    click.echo(", ".join(f"{name} {number}" for name, number in counted.items()) or "nothing")


def write_rows(rows: Iterable[dict[str, str]], columns: Iterable[str], form: str) -> None:
    """Write rows as CSV or JSON on standard output."""
    if form == "json":
        text = json.dumps(list(rows), indent=1, ensure_ascii=False) + "\n"
    else:
        buffer = io.StringIO(newline="")
        write_table(rows, columns, buffer)
        text = buffer.getvalue()
    sys.stdout.buffer.write(text.encode("utf-8"))
