"""``araxes benchmark``: questions with gold, systems that answer them, and their scores."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

import click
import pyoxigraph as ox

from araxes.endpoint.cli.options import store_option
from araxes.endpoint.cli.output import binary_output, output_option
from araxes.endpoint.cli.tool_plan import ToolPlan
from araxes.ontology.errors import InputError
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import AX, OA
from araxes.ontology.oxigraph_terms import CLAIM, DEFAULT_GRAPH, RDF_TYPE
from araxes.ontology.whole_files import write_whole
from araxes.triples.originals.quote_digests import RecordedPassage, check_quotation
from araxes.triples.stores.versioned_store import current
from araxes.validation.benchmark.generation import generated, renewed
from araxes.validation.benchmark.gold import QUESTIONS_FILE, BenchmarkQuestion, read_questions, written
from araxes.validation.benchmark.scoring import SystemAnswer, Verified, scored, summary
from araxes.validation.benchmark.text_search import TextSearch

_PASSAGES = f"""SELECT ?text ?start ?end ?sha256 {{ $claim <{AX}passage> ?p . ?p <{OA}hasSource> ?text ;
  <{OA}hasSelector> ?s ; <{AX}sha256> ?sha256 . ?s <{OA}start> ?start ; <{OA}end> ?end }}"""

file_option = click.option(
    "--questions",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=QUESTIONS_FILE,
    show_default="those of the project",
    help="File of questions, one JSON object a line.",
)
"""``--questions``."""


@click.group(
    epilog="\b\nExamples:\n  araxes benchmark renew\n  araxes benchmark run --system text -o answers.jsonl\n"
    "  araxes benchmark run --command 'python my_model.py' -o answers.jsonl\n"
    "  araxes benchmark score answers.jsonl"
)
def benchmark() -> None:
    """Measure whether a system keeps disagreement apart: 200 questions with gold, in English and Persian."""


@benchmark.command()
@click.option("--check", is_flag=True, help="Only show what would change; exit with 1 if anything would.")
@file_option
@store_option
def renew(check: bool, path: Path, store: Path) -> None:
    """Make the questions of the store's dataset anew, ask every gold query, and write both down."""
    dataset = ox.Store.read_only(str(current(store).path))
    questions = generated(dataset)
    before = path.read_text("utf-8").splitlines() if path.exists() else []
    after = written(questions)
    if before == after.splitlines():
        click.echo(f"{len(questions)} questions, unchanged")
        return
    old, new = ({json.loads(line)["id"]: line for line in lines} for lines in (before, after.splitlines()))
    changed = sorted(name for name in old.keys() & new.keys() if old[name] != new[name])
    for what, names in (
        ("gone", old.keys() - new.keys()),
        ("new", new.keys() - old.keys()),
        ("changed", changed),
    ):
        for name in sorted(names):
            click.echo(f"{what}: {name}")
    if check:
        raise click.exceptions.Exit(1)
    write_whole(path, after)
    kinds = ", ".join(f"{number} {kind}" for kind, number in Counter(each.kind for each in questions).items())
    click.echo(f"{path} renewed: {len(questions)} questions ({kinds})")


@benchmark.command()
@file_option
@store_option
def check(path: Path, store: Path) -> None:
    """Ask every gold query of the store and compare with the gold that is written down."""
    dataset = ox.Store.read_only(str(current(store).path))
    differing = 0
    for question in _read(path):
        again = renewed(dataset, question)
        if again != question:
            differing += 1
            old, new = (written([each]).replace(", ", ",\n").splitlines() for each in (question, again))
            click.echo("\n".join(unified_diff(old, new, question.id, "now", n=0, lineterm="")))
    if differing:
        raise InputError(
            f"{differing} questions have other gold now", "look at it, then `araxes benchmark renew`"
        )
    click.echo("every gold query gives what is written down")


@benchmark.command()
@click.option(
    "--system",
    type=click.Choice(["tools", "text"]),
    help="What runs here: our tools by a fixed plan; text search.",
)
@click.option(
    "--command",
    metavar="COMMAND",
    help="Any program: questions on its standard input, answers on its output.",
)
@click.option(
    "--language", "languages", type=click.Choice(LANGUAGES), multiple=True, help="Ask in this one only."
)
@file_option
@output_option
@store_option
def run(
    system: str | None,
    command: str | None,
    languages: tuple[str, ...],
    path: Path,
    output: Path | None,
    store: Path,
) -> None:
    """Have a system answer all questions, in both languages.

    A program gets lines {"id", "language", "question"} and gives lines {"id", "language", "positions":
    [{"answer", "citations": [{"claim", "quotation"?}]}], "no_source"?, "verdict"?}; nothing of the gold.
    """
    if bool(system) == bool(command):
        raise click.UsageError("give --system or --command")
    asked = [(question, language) for question in _read(path) for language in languages or LANGUAGES]
    answers = _by_program(command, asked) if command else _by_system(str(system), asked, store)
    with binary_output(output) as out:
        for answer in answers:
            out.write(answer.to_json().encode() + b"\n")


@benchmark.command()
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@file_option
@store_option
def score(answers: Path, path: Path, store: Path) -> None:
    """Score the ANSWERS of a system; a question without an answer counts as answered with nothing."""
    verified = verification(ox.Store.read_only(str(current(store).path)))
    try:
        given = {(each.id, each.language): each for each in _lines(answers)}
    except ValueError as error:
        raise InputError(f"{answers}: {error}", "see validation/benchmark/README.md for the form") from error
    languages = sorted({language for _, language in given}) or list(LANGUAGES)
    questions = _read(path)
    table = {
        language: summary(
            (
                question,
                scored(
                    question,
                    given.get((question.id, language), SystemAnswer(question.id, language, ())),
                    verified,
                ),
            )
            for question in questions
        )
        for language in languages
    }
    click.echo(json.dumps(table, ensure_ascii=False, indent=1))


def verification(store: ox.Store) -> Verified:
    """Citations held against a dataset: claims by IRI, quotations by the digests of the claims' passages."""

    def exists(iri: str) -> bool:
        try:
            return bool(list(store.quads_for_pattern(ox.NamedNode(iri), RDF_TYPE, CLAIM, DEFAULT_GRAPH)))
        except ValueError:
            return False

    def quoted(iri: str, text: str) -> bool:
        rows = store.query(_PASSAGES.replace("$claim", str(ox.NamedNode(iri))))
        assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 -- a SELECT query
        passages = [
            RecordedPassage(
                row["text"].value, int(row["start"].value), int(row["end"].value), row["sha256"].value
            )
            for row in rows
        ]
        return any(each.verdict in ("found", "found-altered") for each in check_quotation(text, passages))

    return Verified(exists, quoted)


def _read(path: Path) -> list[BenchmarkQuestion]:
    try:
        return read_questions(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}", "make the questions with `araxes benchmark renew`") from error


def _lines(path: Path) -> Iterator[SystemAnswer]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield SystemAnswer.from_json(line)
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from error


def _by_system(
    system: str, asked: Iterable[tuple[BenchmarkQuestion, str]], store: Path
) -> Iterator[SystemAnswer]:
    if system == "text":
        search = TextSearch(ox.Store.read_only(str(current(store).path)))
        yield from _answered(search.answer, asked)
        return
    with ToolPlan(store) as plan:
        yield from _answered(plan.answer, asked)


def _answered(
    answer: Callable[[BenchmarkQuestion, str], SystemAnswer], asked: Iterable[tuple[BenchmarkQuestion, str]]
) -> Iterator[SystemAnswer]:
    for question, language in asked:
        yield answer(question, language)


def _by_program(command: str, asked: list[tuple[BenchmarkQuestion, str]]) -> list[SystemAnswer]:
    """The answers of a program, which learns the questions and nothing else.

    Raises:
        InputError: it failed, or answered in another form.
    """
    lines = [
        json.dumps({"id": each.id, "language": language, "question": each.text[language]}, ensure_ascii=False)
        for each, language in asked
    ]
    done = subprocess.run(  # noqa: S602 -- the operator's own command line
        command, shell=True, input="\n".join(lines) + "\n", stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise InputError(f"{command}: ended with code {done.returncode}", "its own messages stand above")
    try:
        return [SystemAnswer.from_json(line) for line in done.stdout.splitlines() if line.strip()]
    except ValueError as error:
        raise InputError(f"{command}: {error}", "see validation/benchmark/README.md for the form") from error
