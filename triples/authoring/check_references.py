"""Second check of the YAML files: that ids lead somewhere and dates, passages and denials make sense."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from araxes.ontology.vocabulary import Vocabulary, vocabulary
from araxes.triples.authoring.check_structure import structure_problems
from araxes.triples.authoring.corpus import Corpus, Record
from araxes.triples.authoring.dates import edtf_bounds, solar_hijri_bounds
from araxes.triples.authoring.problems import Problem, did_you_mean

CLAIM_REFERENCES = ("holder", "cites", "arguedFrom")
"""Keys of a claim, outside its statements, whose values are ids."""

_EMPTY = {"id", "type", "label", "concerns"}
_LOCAL = re.compile(r"#[\w.-]+")


def check_corpus(corpus: Corpus, files: Collection[Path] | None = None) -> list[Problem]:
    """Everything that is wrong with a corpus, its reading problems included.

    Args:
        corpus: what ids may refer to.
        files: look only at the records of these files, instead of at all.
    """
    chosen = corpus if files is None else _of_files(corpus, files)
    problems = [*corpus.problems, *structure_problems(chosen)]
    broken = {(problem.path, problem.subject) for problem in problems}
    problems.extend(problem for problem in _duplicates(corpus) if files is None or problem.path in files)
    ids = known_ids(corpus)
    words = vocabulary()
    lengths = {source.id: source.data.get("sourceText", {}) for source in corpus.sources}
    for entity in chosen.entities:
        problems.extend(_entity(entity, ids, words))
    for record in (*chosen.sources, *chosen.curations):
        problems.extend(_date_problems(record, record.data, ()))
    for claim in chosen.claims:
        if (claim.document.path, claim.id) in broken:
            problems.extend(_known_references(claim, ids, words))
        else:
            problems.extend(_claim(claim, ids, words, lengths))
    return problems


def _of_files(corpus: Corpus, files: Collection[Path]) -> Corpus:
    """The records of some files."""

    def of(records: list[Record]) -> list[Record]:
        return [record for record in records if record.document.path in files]

    return Corpus(of(corpus.entities), of(corpus.sources), of(corpus.curations), of(corpus.claims))


def known_ids(corpus: Corpus) -> set[str]:
    """Every id that claims and entities may name."""
    ids = {record.id for record in corpus.records() if record.id}
    for source in corpus.sources:
        for part in ("sourceText", "sourceAuthor"):
            inner = source.data.get(part)
            if isinstance(inner, dict) and isinstance(inner.get("id"), str):
                ids.add(inner["id"])
    return ids


def as_list(value: Any) -> list[Any]:
    """A list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def _duplicates(corpus: Corpus) -> Iterator[Problem]:
    first: dict[str, Record] = {}
    for record in corpus.records():
        if not record.id:
            continue
        earlier = first.setdefault(record.id, record)
        if earlier is not record:
            where = f"{earlier.document.path.name}:{earlier.line()}"
            yield record.problem(
                f"the id stands already at {where}", "give each its own id, or merge them", "id"
            )


def _entity(entity: Record, ids: set[str], words: Vocabulary) -> Iterator[Problem]:
    for name, value in entity.data.items():
        declared = words.properties.get(name)
        if declared and declared.kind == "object":
            yield from _references(entity, as_list(value), (name,), ids, set(), words)
    yield from _date_problems(entity, entity.data, ())


def _claim(claim: Record, ids: set[str], words: Vocabulary, texts: dict[str, Any]) -> Iterator[Problem]:
    data = claim.data
    slug = claim.source.removeprefix("source/")
    if claim.source not in texts:
        yield claim.problem(
            f"its source {claim.source!r} is described nowhere", "describe it under `source:`"
        )
    elif not claim.id.startswith(f"claim/{slug}/"):
        yield claim.problem("the id does not name its source", f"begin it with claim/{slug}/", "id")
    yield from _known_references(claim, ids, words)
    yield from _stance(claim)
    yield from _denial(claim)
    yield from _passages(claim, texts.get(claim.source, {}).get("characterCount"))
    if "period" in data:
        yield from _edtf(claim, data["period"], ("period",))
    for index, statement in enumerate(data["asserts"]):
        yield from _date_problems(claim, statement, ("asserts", index))
        if statement.get("type") != "Denial" and "id" not in statement and "type" not in statement:
            yield claim.problem(
                "a statement has neither `id` nor `type`", "say what it is about", "asserts", index
            )
        if str(statement.get("id", "")).startswith("#") and "type" not in statement:
            yield claim.problem(
                f"the local node {statement['id']} has no type", "add `type:`", "asserts", index
            )
    if all(statement.keys() <= _EMPTY for statement in data["asserts"]):
        remedy = "state relations, participants, dates or values with properties of the ontology"
        yield claim.problem("its statements say nothing beyond types and labels", remedy, "asserts")


def _known_references(claim: Record, ids: set[str], words: Vocabulary) -> Iterator[Problem]:
    statements = [item for item in as_list(claim.data.get("asserts", [])) if isinstance(item, dict)]
    local = {str(item["id"]) for item in statements if str(item.get("id", "")).startswith("#")}
    for name in CLAIM_REFERENCES:
        if name in claim.data:
            yield from _references(claim, as_list(claim.data[name]), (name,), ids, set(), words)
    for index, statement in enumerate(statements):
        here = ("asserts", index)
        if "id" in statement:
            subject = [statement["id"]]
            yield from _references(claim, subject, (*here, "id"), ids, local, words)
        for name, value in statement.items():
            declared = words.properties.get(name)
            if name in {"subject", "object"} or (declared and declared.kind == "object"):
                yield from _references(claim, as_list(value), (*here, name), ids, local, words)


def _references(
    record: Record,
    values: list[Any],
    where: tuple[str | int, ...],
    ids: set[str],
    local: set[str],
    words: Vocabulary,
) -> Iterator[Problem]:
    for value in values:
        if not isinstance(value, str) or value in ids or value in local or value in words.individuals:
            continue
        if _LOCAL.fullmatch(value):
            message, remedy = f"no node {value} in this claim", "add it under `asserts:` or correct the name"
        elif "/" in value:
            message = f"unknown entity {value!r}"
            remedy = did_you_mean(value, ids, "describe it in triples/corpus/entities")
        else:
            message = f"unknown term {value!r}"
            remedy = did_you_mean(value, words.individuals, "use an entity id or a controlled individual")
        yield record.problem(message, remedy, *where)


def _stance(claim: Record) -> Iterator[Problem]:
    own = as_list(claim.data["holder"]) == [f"{claim.source}#author"]
    stance = claim.data.get("authorStance")
    if not own and stance is None:
        remedy = "add `authorStance:` Endorses, Reports or Disputes"
        yield claim.problem("a view of somebody else has no author's stance", remedy, "holder")
    if own and stance not in {None, "Endorses"}:
        remedy = "leave authorStance out, or name the real holder"
        yield claim.problem(f"the author cannot be said to hold and {stance} a view", remedy, "authorStance")


def _denial(claim: Record) -> Iterator[Problem]:
    denials = sum(item.get("type") == "Denial" for item in claim.data["asserts"])
    if claim.data["modality"] == "Denied" and not denials:
        remedy = "write `{type: Denial, subject: …, property: …, object: …}`"
        yield claim.problem("modality is Denied but nothing is denied", remedy, "asserts")
    if claim.data["modality"] != "Denied" and denials:
        remedy = "set `modality: Denied`, and put what is affirmed into a claim of its own"
        yield claim.problem("something is denied but modality is not Denied", remedy, "modality")


def _passages(claim: Record, length: Any) -> Iterator[Problem]:
    spans = as_list(claim.data["passage"])
    for index, span in enumerate(spans):
        where = ("passage", index) if isinstance(claim.data["passage"], list) else ("passage",)
        if span["start"] >= span["end"]:
            yield claim.problem(
                f"the passage {span['start']}–{span['end']} is empty", "set start before end", *where
            )
        elif isinstance(length, int) and span["end"] > length:
            message = f"the passage ends at {span['end']}, the text at {length}"
            yield claim.problem(message, "correct start and end (characters, not bytes)", *where)
    for key, times in Counter((span["start"], span["end"]) for span in spans).items():
        if times > 1:
            yield claim.problem(f"the passage {key[0]}–{key[1]} stands twice", "keep one", "passage")


def _date_problems(record: Record, node: dict[str, Any], where: tuple[str | int, ...]) -> Iterator[Problem]:
    if "date" in node:
        yield from _edtf(record, node["date"], (*where, "date"))
    if "dateSolarHijri" not in node:
        return
    for value in as_list(node["dateSolarHijri"]):
        try:
            hijri = solar_hijri_bounds(str(value))
            gregorian = edtf_bounds(str(node["date"])) if "date" in node else hijri
        except ValueError as error:
            remedy = "write 1370, 1370-10 or 1370-10-04"
            yield record.problem(f"bad date: {error}", remedy, *where, "dateSolarHijri")
            continue
        if not hijri.meets(gregorian):
            message = (
                f"bad date: {value} (Solar Hijri) is {hijri.earliest} to {hijri.latest}, not {node['date']}"
            )
            remedy = "correct one of the two; if the source prints both, keep one and add a correction"
            yield record.problem(message, remedy, *where, "dateSolarHijri")


def _edtf(record: Record, value: Any, where: tuple[str | int, ...]) -> Iterable[Problem]:
    for item in as_list(value):
        try:
            edtf_bounds(str(item))
        except ValueError as error:
            remedy = 'write EDTF in quotes, such as "1991", "1991-12-25", "1993~" or "1992-05-16/1992-05-18"'
            yield record.problem(f"bad date: {error}", remedy, *where)
