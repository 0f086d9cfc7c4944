"""``araxes questions``: the competency questions, and their expected answers made anew."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import (
    chosen_layers,
    corpus_option,
    remembered_layers,
    store_option,
    without_shipped_option,
)
from araxes.ontology.errors import InputError
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.authoring.findings import shown
from araxes.triples.stores.versioned_store import current
from araxes.validation.questions import Question, answer, questions_of_layers, read_questions, same_answer

_EXAMPLES = "\b\nExamples:\n  araxes questions\n  araxes questions renew --check\n  araxes questions renew"
folder_option = click.option(
    "--questions",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of questions, instead of those of the corpus.",
)
"""``--questions``."""


@click.group(invoke_without_command=True, epilog=_EXAMPLES)
@click.pass_context
@corpus_option
@without_shipped_option
@folder_option
def questions(
    context: click.Context, corpora: tuple[Path, ...], without_shipped: bool, folder: Path | None
) -> None:
    """List the competency questions; `renew` rewrites their expected answers for review.

    They are those in the folders `questions` of all corpora. What `renew` rewrites are the answers of the
    uppermost: those of a lower one are what that one says without the others.
    """
    context.meta["araxes.corpora"] = corpora
    context.meta["araxes.without_shipped"] = without_shipped
    context.obj = folder
    if context.invoked_subcommand is None:
        for each in _asked(chosen_layers(corpora, without_shipped, None, None), folder, own=False):
            texts = "".join(f"\n  {text}" for text in dict.fromkeys(each.text.values()))
            click.echo(f"{each.name}  [{each.family}]{texts}")


def _asked(layers: Layers, folder: Path | None, *, own: bool) -> list[Question]:
    """The questions of a folder, of all corpora, or of the uppermost alone.

    Raises:
        InputError: there are none, or they are not headed as they should be.
    """
    top = layers.top
    try:
        if folder or own:
            return list(read_questions(folder or top.questions, top.languages))
        return questions_of_layers(layers)
    except FileNotFoundError as error:
        remedy = "write one as .rq into it; see validation/README.md for the form of a question"
        raise InputError(f"there is no question in {shown(folder or top.questions)}", remedy) from error
    except ValueError as error:
        raise InputError(
            f"{folder or top.root}: {error}", "see validation/README.md for the form of a question"
        ) from error


@questions.command(epilog="\b\nExamples:\n  araxes questions renew --check\n  araxes questions renew")
@click.option("--check", is_flag=True, help="Only show what would change; exit with 1 if anything would.")
@store_option
@click.pass_context
def renew(context: click.Context, check: bool, store: Path) -> None:
    """Ask every question of the store, show how answers differ, and rewrite the expected ones.

    An answer that became empty is not written: an expected answer without a row proves nothing. With
    --corpus here or before `renew`, the questions are those of that corpus.
    """
    asked = _asked(remembered_layers(context), context.obj, own=True)
    dataset = ox.Store.read_only(str(current(store).path))
    changed, empty = [], []
    for each in asked:
        found = answer(dataset, each.query)
        if len(found) < 2:
            empty.append(each.name)
        elif not same_answer(each, found):
            changed.append(each.name)
            _show(each, found)
            if not check:
                write_whole(each.path.with_suffix(".csv"), "\n".join(found) + "\n")
    differing = "1 answer differs" if len(changed) == 1 else f"{len(changed)} answers differ"
    click.echo(differing if check else f"{differing}: written")
    if empty:
        raise InputError(f"no answer to: {', '.join(empty)}", "correct the query, or what it asks of")
    if check and changed:
        raise InputError("expected answers are not those of the store", "run `araxes questions renew`")


def _show(question: Question, found: list[str]) -> None:
    click.echo(f"\n{question.name}: {next(iter(question.text.values()))}")
    for line in list(unified_diff(question.expected, found, lineterm="", n=0))[2:]:
        if not line.startswith("@@"):
            click.echo(f"  {line}")
