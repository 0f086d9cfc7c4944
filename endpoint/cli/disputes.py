"""``araxes disputes``: the questions on which the claims of the store stand against each other."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.compare import Stored, stored
from araxes.endpoint.cli.options import store_option
from araxes.endpoint.cli.output import binary_output, output_option
from araxes.ontology.errors import InputError
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, BASE, RDFS, id_of
from araxes.triples.authoring.near_things import nearest
from araxes.triples.exports.claim_tables import write_table
from araxes.triples.labels import Description
from araxes.validation.disagreement.clashes import LEVELS, Case
from araxes.validation.disagreement.comparison_quads import CASE_COLUMNS, case_rows
from araxes.validation.disagreement.dispute_layout import (
    DISPUTE_COLUMNS,
    dispute_object,
    dispute_rows,
    disputes_text,
    reading_order,
)
from araxes.validation.disagreement.dispute_quads import dispute_quads
from araxes.validation.disagreement.dispute_register import register
from araxes.validation.disagreement.dispute_things import things_of
from araxes.validation.disagreement.dispute_wording import Teller
from araxes.validation.disagreement.disputes import Dispute, fold
from araxes.validation.disagreement.folds import Folds, bare, read_folds
from araxes.validation.disagreement.rule_files import rules

_KINDS = sorted({rule.kind for rule in rules()})
_PREFIXES = {"ax": AX, "rdfs": RDFS}


@click.command(
    epilog="\b\nExamples:\n  araxes disputes\n  araxes disputes --language fa\n"
    "  araxes disputes --of state/armenia --strength Moderate\n"
    "  araxes disputes --format csv -o disputes.csv\n  araxes disputes --format turtle -o disputes.ttl\n"
    "  araxes disputes --clashes --kind RoleConflict\n  araxes disputes --corroborations --format csv"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json", "turtle"]),
    default="text",
    show_default=True,
)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option(
    "--of", "thing", metavar="ID", help="Only about this entity, or with claims of this source or holder."
)
@click.option("--strength", type=click.Choice(LEVELS), default=LEVELS[0], help="Only so strong, or stronger.")
@click.option("--clashes", is_flag=True, help="The pairwise clashes beneath the disputes instead.")
@click.option("--corroborations", is_flag=True, help="What different sources say alike instead.")
@click.option("--kind", type=click.Choice(_KINDS), help="Only clashes of this kind; implies --clashes.")
@output_option
@store_option
def disputes(store: Path, output: Path | None, form: str, language: str, **chosen: str | bool | None) -> None:
    """Show the questions on which claims stand against each other, with the positions and who takes them.

    Clashes of claims about one matter are one dispute. Text shows at most three claims of each position;
    CSV has one record for each position, JSON one object for each dispute, both with all claims. Of
    clashes and corroborations CSV and JSON have one record for each side.
    """
    found = stored(store)
    floor = LEVELS.index(str(chosen["strength"] or LEVELS[0]))
    thing = str(chosen["thing"]) if chosen["thing"] else None
    if chosen["kind"] or chosen["clashes"] or chosen["corroborations"]:
        cases = [
            case
            for case in found.cases
            if _wanted(case, chosen)
            and LEVELS.index(case.strength) >= floor
            and (thing is None or thing in _ids(_named(case), case.claims, found))
        ]
        text, number = _cases_written(cases, found, form, language), len(cases)
    else:
        default = [quad for quad in found.dataset if isinstance(quad.graph_name, ox.DefaultGraph)]
        folds = read_folds(default, register().same)
        shown = [
            each
            for each in reading_order(fold(found.cases, folds, register()))
            if LEVELS.index(each.strength) >= floor
            and (thing is None or thing in _ids(things_of(each, found.claims, folds), each.claims, found))
        ]
        teller = Teller(found.words, Description(default), found.claims)
        text, number = _written(shown, teller, folds, form, language), len(shown)
    if thing is not None and not number:
        raise _nothing_of(thing, found)
    if not number:
        click.echo("the claims of the store show none of this", err=True)
    with binary_output(output) as out:
        out.write(text.encode("utf-8"))


def _nothing_of(thing: str, found: Stored) -> InputError:
    """Why nothing is shown of a thing: it is unknown, or nothing of what was asked for is about it."""
    known = found.labels
    if thing in known or f"source/{thing}" in known:
        called = next(iter(known.get(thing) or known[f"source/{thing}"]))
        others = [
            option
            for option, agrees in (("--clashes", False), ("--corroborations", True))
            if any(
                case.agrees == agrees and thing in _ids(_named(case), case.claims, found)
                for case in found.cases
            )
        ]
        remedy = "name another thing, source or holder, or leave --of and --strength out"
        if others:
            remedy = f"what is told of it pair by pair is shown with {' or '.join(others)}"
        return InputError(f"nothing of what is asked for is about {called}, or claimed by it", remedy)
    if thing.startswith("claim/") and BASE + thing in found.claims:
        source = id_of(found.claims[BASE + thing].source)
        remedy = f"name a thing, holder or source, such as {source}; the claim's page tells what it is in"
        return InputError(f"{thing!r} is a claim", remedy)
    otherwise = "name an entity, source or holder by its id, such as state/iran, or leave --of out"
    return InputError(f"nothing is called {thing!r}", nearest(thing, known, otherwise))


def _wanted(case: Case, chosen: dict[str, str | bool | None]) -> bool:
    if chosen["kind"]:
        return case.kind == chosen["kind"]
    return bool(chosen["corroborations"]) if case.agrees else bool(chosen["clashes"])


def _named(case: Case) -> set[str]:
    """IRIs of what the sides of a clash name."""
    return {bare(term) for side in case.sides for term in side.triple}


def _ids(things: Iterable[str], claims: Iterable[str], found: Stored) -> set[str]:
    """The ids of things, and of the sources and holders of claims."""
    named = set(things)
    for iri in claims:
        named |= {found.claims[iri].source, *found.claims[iri].holders}
    ids = {name for iri in named for name in (iri.removeprefix(BASE), id_of(iri))}
    return ids | {each.removeprefix("source/") for each in ids}


def _written(shown: list[Dispute], teller: Teller, folds: Folds, form: str, language: str) -> str:
    """Disputes in a format."""
    if form == "json":
        return _json([dispute_object(each, teller) for each in shown])
    if form == "csv":
        return _table(dispute_rows(shown, teller), DISPUTE_COLUMNS)
    if form == "turtle":
        triples = [quad.triple for each in shown for quad in dispute_quads(each, teller, folds)]
        made = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
        return (made or b"").decode("utf-8")
    blocks = list(disputes_text(shown, teller, language))
    return "\n\n".join(blocks) + ("\n" if blocks else "")


def _cases_written(cases: list[Case], found: Stored, form: str, language: str) -> str:
    """Clashes or corroborations in a format.

    Raises:
        InputError: they are wanted as Turtle.
    """
    rows = list(case_rows(cases, found.claims, found.words))
    if form == "json":
        return _json(rows)
    if form == "csv":
        return _table(rows, CASE_COLUMNS)
    if form == "turtle":
        raise InputError(
            "clashes are not written as Turtle by themselves",
            "ask the store: araxes query --format turtle 'DESCRIBE ?case { ?case a ax:Disagreement }'",
        )
    once = {row["case"]: row for row in rows}.values()
    lines = [f"{row['kind']} ({row['strength']}): {row[f'sentence_{language}']}" for row in once]
    return "\n".join(lines) + ("\n" if lines else "")


def _json(rows: list[dict[str, str]] | list[dict[str, object]]) -> str:
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def _table(rows: Iterable[dict[str, str]], columns: Iterable[str]) -> str:
    buffer = io.StringIO(newline="")
    write_table(rows, columns, buffer)
    return buffer.getvalue()


@click.command(params=disputes.params, epilog=disputes.epilog, deprecated="use `araxes disputes`")
@click.pass_context
def disagreements(context: click.Context, /, **given: object) -> None:
    """The former name of `disputes`; it goes with the next version."""
    context.invoke(disputes, **given)
