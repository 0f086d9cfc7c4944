"""The questions of corpora of one's own, checked with all else: head, SPARQL, terms, expected answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from araxes.ontology.namespaces import PREFIXES
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus_layers import SHIPPED, CorpusFolder, Layers, files_in, is_waited_for
from araxes.triples.authoring.findings import Finding, Place, did_you_mean
from araxes.triples.authoring.headed_queries import head_of
from araxes.triples.authoring.yaml_lines import read_text
from araxes.validation.question_terms import TABLE, TOO_DEEP, named_terms
from araxes.validation.questions import FAMILIES, LONGEST
from araxes.validation.roomy_thread import with_room
from araxes.validation.sparql_syntax.tokens import scan
from araxes.validation.sparql_syntax.told_mistakes import position, told_mistake

_FORM = "see validation/README.md for the form of a question"


def question_findings(layers: Layers) -> Iterator[Finding]:
    """What is wrong with the questions of all corpora but the shipped one, whose questions tests look at."""
    for folder in layers.folders:
        if folder.described and folder.root.resolve() != SHIPPED.resolve():
            for path in files_in(folder.questions, "*.rq"):
                yield from _question(path, folder)
            table = folder.questions / TABLE.name
            yield from read_text(table)[1] if table.exists() and not is_waited_for(table) else ()


def _question(path: Path, folder: CorpusFolder) -> Iterator[Finding]:
    text, unread = read_text(path)
    if unread:
        yield from unread
        return
    if len(text) > LONGEST:
        yield _finding(path, 0, f"has more than {LONGEST:,} characters", "ask a shorter question")
        return
    lines = text.splitlines()
    head = head_of(text)
    for key in (*folder.languages, "family"):
        if key not in head:
            yield _finding(path, 1, f"the head lacks `# {key}:`", f"begin the file with it; {_FORM}")
    if head.get("family", FAMILIES[0]) not in FAMILIES:
        yield _finding(path, 1, f"family: {head['family']!r} is none", f"write one of {', '.join(FAMILIES)}")
    columns = _asked(text)
    if mistaken := _mistaken(path, text, columns):
        yield mistaken
        return
    if isinstance(columns, str):
        found = re.search(r"at (\d+):(\d+)", columns)
        remedy = "correct it there" if found else "ask a simpler question: nothing is built of it as it is"
        yield _finding(path, int(found[1]) if found else 0, columns, remedy)
        return
    if not columns:
        yield _finding(path, 0, "is no SELECT query", "ask for rows: SELECT …")
    else:
        yield from _columns(path, lines, columns)
    yield from _terms(path, lines)
    if not path.with_suffix(".csv").exists():
        remedy = "build, then `araxes questions renew` writes it, to be checked by hand"
        finding = _finding(path, 0, f"has no expected answer ({path.stem}.csv)", remedy)
        yield replace(finding, severity="warning", shape="question-unanswered")


def _asked(text: str) -> list[str] | str:
    """The variables that a question asks for, none if it is no SELECT query; or why it cannot be built."""
    why = ""
    try:
        named_terms(text)  # first, since it finds an end of what is nested without end
    except ValueError as error:
        why = " ".join(str(error).split())
    if TOO_DEEP in why:
        return TOO_DEEP
    try:
        columns = with_room(lambda: _variables(text))
    except (SyntaxError, ValueError) as error:
        return f"is no SPARQL: {' '.join(str(error).split())}"
    return why or columns


def _mistaken(path: Path, text: str, asked: list[str] | str) -> Finding | None:
    """A query that asks nothing, or does not parse for a reason that can be told; else none."""
    if scan(text).is_update:
        return _finding(path, 0, "changes data", "questions only ask: SELECT …")
    told = told_mistake(text) if isinstance(asked, str) and asked != TOO_DEEP else None
    if told is None:
        return None
    remedy = "correct it there"
    if told.undeclared:
        lines = [f"PREFIX {name}: <{PREFIXES.get(name, 'its namespace')}>" for name in told.undeclared]
        remedy = f"add below the head: {' '.join(lines)}"
    return _finding(path, position(text, told.offset)[0], f"is no SPARQL: {told.message}", remedy)


def _variables(text: str) -> list[str]:
    form = ox.Store().query(text)
    return [variable.value for variable in form.variables] if isinstance(form, ox.QuerySolutions) else []


def _columns(path: Path, lines: list[str], asked: list[str]) -> Iterator[Finding]:
    """What is asked for and stands nowhere else, and an expected answer of other columns."""
    query = [line.partition("#")[0] if line.lstrip().startswith("#") else line for line in lines]
    for name in asked:
        places = [number for number, line in enumerate(query, start=1) for _ in _uses(name, line)]
        if len(places) == 1:
            others = {each for line in query for each in re.findall(r"[?$](\w+)", line)} - {name}
            remedy = did_you_mean(name, others, "bind it in the pattern, or leave it out")
            yield _finding(path, places[0], f"?{name} is asked for and stands nowhere else", remedy)
    answer = path.with_suffix(".csv")
    if answer.exists() and not is_waited_for(answer):
        text, unread = read_text(answer)
        yield from unread
        first = next(iter(text.splitlines()), "")
        there = first.split(",")
        if mark := next((each for each in ";\t|" if first.split(each) == asked and len(asked) > 1), ""):
            shown = {";": "semicolons", "\t": "tabs"}.get(mark, "bars")
            yield _finding(
                answer, 1, f"its columns are separated by {shown}", "save it with commas (SPARQL's CSV)"
            )
        elif there != asked and not unread:
            message = f"its columns are {', '.join(there)}; the question asks for {', '.join(asked)}"
            yield _finding(answer, 1, message, "`araxes questions renew` writes it, to be checked by hand")


def _uses(name: str, line: str) -> list[str]:
    return re.findall(rf"[?$]{re.escape(name)}\b", line)


def _terms(path: Path, lines: list[str]) -> Iterator[Finding]:
    """Names after the prefix of our ontology that are no terms."""
    words = vocabulary()
    known = {*words.properties, *words.classes, *words.individuals, *words.scheme_values}
    for number, line in enumerate(lines, start=1):
        for name in re.findall(r"\bax:(\w+)", "" if line.lstrip().startswith("#") else line):
            if name not in known and not hasattr(words, name):
                remedy = did_you_mean(name, known, "see /ontology for the terms")
                finding = _finding(path, number, f"ax:{name} is no term that claims are written with", remedy)
                yield replace(finding, severity="warning", shape="question-term")


def _finding(path: Path, line: int, message: str, remedy: str) -> Finding:
    return Finding(Place(path, line), "", message, remedy)
