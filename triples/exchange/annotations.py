"""Annotations of other programs as drafts: the quote that each marks, and what its writer says of it.

Read are Web Annotations (https://www.w3.org/TR/annotation-model/) in JSON-LD, exports of Hypothes.is, the
stand-off format of brat (https://brat.nlplab.org/standoff.html), and exports of INCEpTION. What they have no
place for (who holds a view, how firmly) is left to the draft, which is checked like any other. A line
``subject | property | object`` in a body, note or tag, and a relation between two spans, becomes a statement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from araxes.ontology.errors import InputError
from araxes.triples.authoring.findings import quoted
from araxes.triples.exchange.inception_exports import is_zip, marked_in_json, marked_in_zip
from araxes.triples.exchange.marked import Marked, placed

Tell = Callable[[str], None]
"""Takes what is left out of a file, or not understood in it."""


def read_annotation_file(path: Path, original: str = "", tell: Tell = lambda _: None) -> list[Marked]:
    """The annotations of a file, in any of the forms of other programs.

    Args:
        path: the file.
        original: the text that was annotated, for what is marked by position alone.
        tell: takes what is left out or not understood, in words.

    Raises:
        InputError: it is in none of these forms, damaged, or a position lies outside of the text.
    """
    try:
        data = path.read_bytes()
        if not is_zip(data):
            return read_annotations(data.decode("utf-8-sig"), original, tell)
        found = marked_in_zip(data)
        _tell_of_notes(found, tell)
        return found
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "name a readable file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 (byte {error.start})", "export it again, as UTF-8") from error
    except InputError as error:
        raise InputError(f"{path}: {error.message}", error.remedy) from error


def read_annotations(text: str, original: str = "", tell: Tell = lambda _: None) -> list[Marked]:
    """The annotations of a file of text: Web Annotations, Hypothes.is, brat, or INCEpTION in JSON.

    Args:
        text: the file.
        original: the text that was annotated, for what is marked by position alone.
        tell: takes what is left out or not understood, in words.

    Raises:
        InputError: it is in none of these forms, or a position lies outside of the text.
    """
    if text.lstrip()[:1] in ("{", "["):
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(f"the file is no JSON: {error}", "export it again") from error
        if isinstance(document, dict) and "%FEATURE_STRUCTURES" in document:
            return marked_in_json(text)
        found = [_of_json(each) for each in _listed(document)]
    elif re.match(r"[TRENAM*#]\d*\t", text):
        found = list(_of_brat(text, tell))
    else:
        remedy = (
            "give JSON-LD of Web Annotations, an export of Hypothes.is, a file .ann of brat, or of INCEpTION "
            "UIMA CAS JSON or the zip of UIMA CAS XMI"
        )
        raise InputError("the file holds no annotations of a known form", remedy)
    marked = [each for each in (placed(one, original) for one in found) if each.quote]
    if lost := len(found) - len(marked):
        several = "s mark" if lost > 1 else " marks"
        tell(f"{lost} annotation{several} no words (no target, or one that cannot be read): left out")
    _tell_of_notes(marked, tell)
    return marked


def _tell_of_notes(marked: Iterable[Marked], tell: Tell) -> None:
    """Lines that have a bar, and are no statement."""
    for line in (line for each in marked for line in each.said if "|" in line):
        tell(f"{quoted(line)} is no statement, and was taken as words: write subject | property | object")


def drafted_items(marked: Iterable[Marked]) -> Iterator[dict[str, Any]]:
    """The claims of a draft: of each annotation one, with what is still to be written left open."""
    for each in marked:
        item: dict[str, Any] = {"quote": each.quote}
        if each.before or each.after:
            item["within"] = f"{each.before}{each.quote}{each.after}"
        item["paraphrase"] = " ".join(each.said)
        item["asserts"] = [list(statement) for statement in each.statements]
        yield item


def _listed(document: Any) -> list[dict[str, Any]]:
    """The annotations of a document: alone, in a list, a page, a collection or a search result."""
    if isinstance(document, list):
        return [each for one in document for each in _listed(one)]
    if not isinstance(document, dict):
        return []
    for key in ("items", "rows", "annotations", "@graph"):
        if isinstance(document.get(key), list):
            return [each for one in document[key] for each in _listed(one)]
    if isinstance(document.get("first"), dict):
        return _listed(document["first"])
    is_one = document.get("type") == "Annotation" or bool({"target", "body", "bodyValue"} & document.keys())
    return [document] if is_one else []


def _of_json(annotation: dict[str, Any]) -> Marked:
    marked = Marked()
    for target in _as_list(annotation.get("target")):
        selectors = target.get("selector", []) if isinstance(target, dict) else []
        for selector in _as_list(selectors):
            _select(selector, marked)
    for body in _as_list(annotation.get("body", annotation.get("bodyValue"))):
        value = body.get("value", "") if isinstance(body, dict) else body
        marked.say(str(value or ""))
    for said in (annotation.get("text"), *_as_list(annotation.get("tags"))):
        marked.say(str(said or ""))
    return marked


def _select(selector: Any, marked: Marked) -> None:
    if not isinstance(selector, dict):
        return
    kind = str(selector.get("type", ""))
    if kind.endswith("TextQuoteSelector"):
        marked.quote = str(selector.get("exact", ""))
        marked.before, marked.after = str(selector.get("prefix", "")), str(selector.get("suffix", ""))
    elif kind.endswith("TextPositionSelector"):
        marked.start, marked.end = selector.get("start"), selector.get("end")
    for refined in _as_list(selector.get("refinedBy")):
        _select(refined, marked)


def _of_brat(text: str, tell: Tell) -> Iterator[Marked]:
    """Stand-off of brat: relations and events join spans; notes say something of them."""
    spans: dict[str, tuple[int, int, str]] = {}
    notes: dict[str, list[str]] = {}
    joined: list[tuple[str, str, list[str]]] = []
    for line in text.splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T") and (found := re.match(r"\S+ (\d+) (?:\d+;\d+ )*(\d+)\t(.*)", rest)):
            spans[name] = (int(found[1]), int(found[2]), found[3])
        elif name.startswith("R") and (found := re.match(r"(\S+) \S+:(\S+) \S+:(\S+)", rest)):
            joined.append((name, found[1], [found[2], found[3]]))
        elif name.startswith("#") and (found := re.match(r"\S+ (\S+)\t(.*)", rest)):
            notes.setdefault(found[1], []).append(found[2])
    for name, kind, ends in joined:
        if lost := [end for end in ends if end not in spans]:
            tell(f"{name} ({kind}) names {' and '.join(lost)}, which the file does not mark: left out")
    joined = [each for each in joined if spans.keys() >= set(each[2])]
    for name, kind, ends in joined:
        one, two = (spans[end] for end in ends)
        marked = Marked(start=min(one[0], two[0]), end=max(one[1], two[1]))
        marked.statements.append((one[2], kind.replace("_", " "), two[2]))
        marked.said += notes.get(name, [])
        yield marked
    for name, (start, end, words) in spans.items():
        if name in notes and not any(name in ends for _, _, ends in joined):
            marked = Marked(words, start, end)
            for note in notes[name]:
                marked.say(note)
            yield marked


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
