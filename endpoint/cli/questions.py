"""``araxes questions``: the competency questions, and their expected answers made anew."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import store_option
from araxes.ontology.errors import InputError
from araxes.triples.stores.versions import current
from araxes.validation.questions import QUESTIONS, Question, answer, read_questions, same_answer

_EXAMPLES = "\b\nExamples:\n  araxes questions\n  araxes questions renew --check\n  araxes questions renew"
folder_option = click.option(
    "--questions",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=QUESTIONS,
    show_default=False,
    help="Folder of questions, instead of the project's own.",
)
"""``--questions``."""


@click.group(invoke_without_command=True, epilog=_EXAMPLES)
@click.pass_context
@folder_option
def questions(context: click.Context, folder: Path) -> None:
    """List the competency questions; `renew` rewrites their expected answers for review."""
    context.obj = folder
    if context.invoked_subcommand is None:
        for each in read_questions(folder):
            click.echo(f"{each.name}  [{each.family}]\n  {each.text['en']}\n  {each.text['fa']}")


@questions.command(epilog="\b\nExamples:\n  araxes questions renew --check\n  araxes questions renew")
@click.option("--check", is_flag=True, help="Only show what would change; exit with 1 if anything would.")
@store_option
@click.pass_obj
def renew(folder: Path, check: bool, store: Path) -> None:
    """Ask every question of the store, show how answers differ, and rewrite the expected ones.

    An answer that became empty is not written: an expected answer without a row proves nothing.
    """
    dataset = ox.Store.read_only(str(current(store).path))
    changed, empty = [], []
    for each in read_questions(folder):
        found = answer(dataset, each.query)
        if len(found) < 2:
            empty.append(each.name)
        elif not same_answer(each, found):
            changed.append(each.name)
            _show(each, found)
            if not check:
                (folder / f"{each.name}.csv").write_text("\n".join(found) + "\n", "utf-8")
    click.echo(f"{len(changed)} answers differ{'' if check else ' and were written'}")
    if empty:
        raise InputError(f"no answer to: {', '.join(empty)}", "correct the query, or what it asks of")
    if check and changed:
        raise InputError("expected answers are not those of the store", "run `araxes questions renew`")


def _show(question: Question, found: list[str]) -> None:
    click.echo(f"\n{question.name}: {question.text['en']}")
    for line in list(unified_diff(question.expected, found, lineterm="", n=0))[2:]:
        if not line.startswith("@@"):
            click.echo(f"  {line}")
