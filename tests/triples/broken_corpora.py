"""Mistakes of every kind that authors make, each made in the tiny corpus, and mistakes made by a machine."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from araxes.triples.wikidata.sssom_tables import COLUMNS
from tests.triples.corpus_fixtures import ENTITIES, TEXT, TinyCorpus, claims, curation, source

Document = dict[str, Any]
Mistake = Callable[[TinyCorpus], object]


def tiny_with_everything(root: Path) -> TinyCorpus:
    """The tiny corpus with every key that records can have, and with mappings."""
    entities: list[dict[str, object]] = [
        *(dict(entity) for entity in copy.deepcopy(ENTITIES)),
        {"id": "theory/x", "type": "Theory", "label": {"en": "Theory", "fa": "نظریه"}},
        {
            "id": "event/treaty",
            "type": ["Recognition"],
            "label": {"en": "Treaty", "fa": "پیمان"},
            "altLabel": {"en": ["Pact"]},
            "definition": {"en": "A treaty.", "fa": "یک پیمان."},
            "subEventOf": ["event/recognition"],
            "date": "1991",
            "dateSolarHijri": "1370",
        },
    ]
    tiny = TinyCorpus(root, entities, source(), curation(), claims())
    author: Any = tiny.source["sourceAuthor"]
    author["author"] = ["state/alpha"]
    tiny.source |= {
        "date": "2020",
        "doi": "10.1/2",
        "url": "https://example.org/paper",
        "accessDate": "2024-06-02",
        "title": ["Paper"],
        "curatorNote": both("note"),
    }
    tiny.claims[0] |= {
        "cites": "source/test",
        "arguedFrom": ["theory/x"],
        "period": "1992",
        "periodBasis": "StatedPeriod",
        "certainty": "HighCertainty",
        "correction": {"printedForm": "a", "correctedForm": "b"},
        "curatorNote": both("note"),
    }
    return tiny


def both(text: str) -> dict[str, str]:
    """A text in both languages."""
    return {"en": text, "fa": f"متن {text}"}


def save(tiny: TinyCorpus) -> TinyCorpus:
    """Write the corpus as JSON, which is YAML and quicker to write, with one table of mappings."""
    for folder in (tiny.entity_folder, tiny.source_folder, tiny.originals, tiny.root / "mappings"):
        folder.mkdir(parents=True, exist_ok=True)
    document = {"source": tiny.source, "curation": tiny.curation, "claims": tiny.claims}
    for path, data in ((tiny.entity_folder / "all.yaml", tiny.entities), (tiny.source_file, document)):
        path.write_text(json.dumps(data, indent=1), "utf-8")
    (tiny.originals / "test.txt").write_text(TEXT, "utf-8")
    (table_of(tiny)).write_text(TABLE, "utf-8")
    return tiny


def table_of(tiny: TinyCorpus) -> Path:
    """The table of mappings."""
    return tiny.root / "mappings" / "entities.sssom.tsv"


def row(**changes: str) -> str:
    """A line of a table of mappings."""
    cells = {
        "subject_id": "araxes:state/beta",
        "subject_label": "Beta",
        "predicate_id": "skos:exactMatch",
        "object_id": "wd:Q2",
        "object_label": "Beta",
        "mapping_justification": "semapv:ManualMappingCuration",
        "author_id": "araxes:curator/tester",
        "mapping_date": "2026-11-20",
        "confidence": "0.9",
        "evidence": "a file that pairs both",
        "comment": "",
        **changes,
    }
    return "\t".join(cells.values()) + "\n"


TABLE = (
    "#curie_map:\n#  araxes: https://w3id.org/araxes/\n#  wd: http://www.wikidata.org/entity/\n"
    "#  skos: http://www.w3.org/2004/02/skos/core#\n#  semapv: https://w3id.org/semapv/vocab/\n"
    '#  sssom: https://w3id.org/sssom/\n#sssom_version: "1.1"\n#license: https://example.org/l\n'
    "#mapping_set_id: https://example.org/m\n#mapping_set_title: m\n#mapping_set_version: '1'\n"
    "#creator_id: [araxes:curator/tester]\n" + "\t".join(COLUMNS) + "\n" + row()
)


@dataclass(frozen=True)
class Broken:
    """A mistake.

    Attributes:
        make: makes it, in the corpus before it is written.
        after: makes it in the files that were written.
        files: whether the checks of files find it; otherwise shapes do.
    """

    make: Mistake = lambda _: None
    after: Mistake = lambda _: None
    files: bool = True


def text(name: str, content: str | bytes) -> Broken:
    """A further file of a source, or an entity file if its name begins so."""

    def write(tiny: TinyCorpus) -> None:
        folder = tiny.entity_folder if name.startswith("entity") else tiny.source_folder
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return Broken(after=write)


def table(old: str, new: str) -> Broken:
    """A change of the table of mappings."""

    def change(tiny: TinyCorpus) -> None:
        path = table_of(tiny)
        whole = path.read_text("utf-8")
        assert old in whole
        path.write_text(whole.replace(old, new), "utf-8", newline="")

    return Broken(after=change)


def table_bytes(change: Callable[[bytes], bytes]) -> Broken:
    """A change of the bytes of the table of mappings."""
    return Broken(after=lambda tiny: table_of(tiny).write_bytes(change(table_of(tiny).read_bytes())))


def deep(levels: int) -> str:
    """Lists within lists."""
    return "[" * levels + "]" * levels


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
"""A few lines that stand for a billion nodes."""


def entity(number: int, **changes: Any) -> Broken:
    """Keys of an entity."""
    return Broken(lambda tiny: tiny.entities[number].update(changes))


def claim(number: int, *, files: bool = True, **changes: Any) -> Broken:
    """Keys of a claim."""
    return Broken(lambda tiny: tiny.claims[number].update(changes), files=files)


def head(**changes: Any) -> Broken:
    """Keys of the source."""
    return Broken(lambda tiny: tiny.source.update(changes))


def part(name: str, **changes: Any) -> Broken:
    """Keys of a mapping in the source."""

    def change(tiny: TinyCorpus) -> None:
        inner: Any = tiny.source[name]
        inner.update(changes)

    return Broken(change)


def reading(**changes: Any) -> Broken:
    """Keys of the reading."""
    return Broken(lambda tiny: tiny.curation[0].update(changes))


def statement(number: int, *, files: bool = True, **changes: Any) -> Broken:
    """Keys of a statement of the first claim."""

    def change(tiny: TinyCorpus) -> None:
        statements: Any = tiny.claims[0]["asserts"]
        statements[number].update(changes)

    return Broken(change, files=files)


def hijri(date: str) -> Broken:
    """A Solar Hijri date alone."""

    def change(tiny: TinyCorpus) -> None:
        statements: Any = tiny.claims[0]["asserts"]
        del statements[1]["date"]
        statements[1]["dateSolarHijri"] = date

    return Broken(change)


BROKEN: dict[str, Broken] = {
    # what ended as a defect of araxes
    "text for the source's text": head(sourceText="the text"),
    "text for the authorship": head(sourceAuthor="somebody"),
    "alias inside its own anchor": text(
        "more.yaml", "source: source/test\nclaims:\n- &a {id: x, cites: [*a]}\n"
    ),
    "alias of the whole file": text("more.yaml", "&a [*a]\n"),
    "aliases that grow exponentially": text("more.yaml", LAUGHS),
    "lists within lists": text("more.yaml", f"source: {deep(60)}\n"),
    "lists within very many lists": text("entity.yaml", deep(200_000)),
    "list marks in one line": text("entity.yaml", "- " * 5000 + "x\n"),
    "number as a label": entity(0, label={"en": 1984, "fa": "آلفا"}),
    "true as a label": entity(0, label={"en": True, "fa": "آلفا"}),
    "number among other labels": entity(0, altLabel={"en": [1984]}),
    "number for other labels": entity(0, altLabel={"en": 1984}),
    "text for other labels": entity(0, altLabel="Alfa"),
    "number in a definition": entity(0, definition={"en": 2020, "fa": "۲۰۲۰"}),
    "label in a long language": entity(0, label={"en": "A", "fa": "آ", "en-verylongsubtag": "A"}),
    "Hijri years the wrong way round": hijri("1395/1394"),
    "Hijri month beyond the year": hijri("1370-13"),
    "Hijri interval without end": hijri("1370/"),
    "Hijri months the wrong way round": entity(7, date="1992", dateSolarHijri="1371-05/1371-02"),
    "Hijri days the wrong way round": entity(7, date="1992", dateSolarHijri="1371-02-04/1371-02-03"),
    "Hijri month 00": entity(7, dateSolarHijri="1370-00"),
    "Hijri day 00": entity(7, dateSolarHijri="1370-10-00"),
    "a date of many intervals": entity(7, date="/".join(["1990"] * 3000)),
    "a very long date": entity(7, date="9" * 100_000),
    "id with a space": entity(0, id="state/al pha"),
    "id with a line break": entity(0, id="state/alpha\n"),
    "id with a control character": entity(0, id="state/al\x01pha"),
    "id with marks of direction": entity(0, id="state/\u202ealpha"),
    "claim id with a space": claim(0, id="claim/test/0 1"),
    "id that is a list": entity(0, id=["state/alpha"]),
    "id that is missing": Broken(lambda tiny: tiny.entities[0].pop("id")),
    "entity without a label": Broken(lambda tiny: tiny.entities[0].pop("label")),
    "label without English": entity(0, label={"fa": "آلفا"}),
    "bad date of an entity": entity(7, date="1992-13"),
    "statement that is text": claim(0, asserts=["x"]),
    "statements that are a mapping": claim(0, asserts={"id": "state/alpha"}),
    "passage of fractions": claim(0, passage={"start": 0.0, "end": 34.0, "sha256": "0" * 64}),
    "infinite value": Broken(
        after=lambda tiny: tiny.source_file.write_text(
            tiny.source_file.read_text("utf-8").replace('"value": 2.5', '"value": .inf'), "utf-8"
        )
    ),
    "control character in a paraphrase": claim(0, paraphrase=both("a\x01b")),
    "noncharacter in a label": entity(0, label=both("a\ufffe")),
    "null byte in a file name": part("sourceText", fileName="a\x00b"),
    "file name that is a path": part("sourceText", fileName="../../etc/passwd"),
    "id of the text of another source": part("sourceText", id="source/other#text"),
    "id of the author with a space": part("sourceAuthor", id="source/test#the author"),
    "unknown member of the authorship": part("sourceAuthor", author=["person/nobody"]),
    "member that is no actor": part("sourceAuthor", author=["measure/trade"]),
    "unknown curator": reading(curator="curator/nobody"),
    "curator that is a state": reading(curator="state/alpha"),
    "no reading": Broken(lambda tiny: tiny.curation.clear()),
    "reading of another source": reading(id="source/other#reading-1"),
    "local node with a space": statement(2, id="#the trade"),
    "local node that is taken": statement(2, id="#inferred"),
    # file and record
    "blank file": text("more.yaml", " \n"),
    "only comments": text("more.yaml", "# nothing\n"),
    "malformed": text("more.yaml", "source: {a\n"),
    "not UTF-8": text("more.yaml", b"source: \xe9\n"),
    "UTF-16": text("more.yaml", "source: x\n".encode("utf-16")),
    "raw control character": text("more.yaml", "source: a\x01b\n"),
    "two documents": text("more.yaml", "source: x\n---\nsource: y\n"),
    "a list as a key": text("more.yaml", "source: source/test\n? [a]\n: 1\nclaims: []\n"),
    "key twice": text("more.yaml", "source: source/test\nclaims: []\nclaims: []\n"),
    "unknown key of a file": text("more.yaml", "source: source/test\nclaims: []\nx: 1\n"),
    "source is a list": text("more.yaml", "source: [x]\nclaims: []\n"),
    "id of the source is a mapping": text("more.yaml", "source: {id: {a: 1}}\nclaims: []\n"),
    "claims are text": text("more.yaml", "source: source/test\nclaims: many\n"),
    "entities are a mapping": text("entity.yaml", "id: state/alpha\n"),
    "undefined alias": text("entity.yaml", "- *nobody\n"),
    "unknown tag": text("entity.yaml", "- !!python/object:os.system {id: x}\n"),
    "entity twice": Broken(lambda tiny: tiny.entities.append(dict(tiny.entities[0]))),
    "unknown key": claim(0, holdr="state/beta"),
    "unknown entity": claim(1, holder="state/nobody"),
    "unknown term": statement(2, unit="USDolar"),
    "denied without denial": claim(0, modality="Denied"),
    "passage beyond the text": claim(0, passage={"start": 0, "end": 10**6, "sha256": "0" * 64}),
    "passage without digest": claim(0, passage={"start": 0, "end": 3}),
    "wrong kind of subject": statement(
        0, files=False, id="measure/trade", recognizes="state/beta", type="Measure"
    ),
    "wrong kind of object": statement(0, files=False, recognizes="measure/trade"),
    "relation to itself": statement(0, files=False, recognizes="state/alpha"),
    # mappings
    "numeric prefix": table("wd: http://www.wikidata.org/entity/", "wd: 5"),
    "prefix that is no IRI": table("wd: http://www.wikidata.org/entity/", "wd: a b"),
    "prefixes are a list": table(
        "#curie_map:\n#  araxes: https://w3id.org/araxes/\n", "#curie_map: [x]\n#x:\n"
    ),
    "alias within metadata": table("'1'\n", "&a [*a]\n"),
    "impossible date in metadata": table("sssom_version", "x: 2026-13-45\n#curie_map"),
    "no prefix of justifications": table("#  semapv: https://w3id.org/semapv/vocab/\n", ""),
    "mapping of nobody": table("araxes:state/beta", "araxes:state/nobody"),
    "subject that makes no IRI": table("araxes:state/beta", "wd:a b"),
    "date turned round by a spreadsheet": table("2026-11-20", "20/11/2026"),
    "week for a date": table("2026-11-20", "2026-W47-5"),
    "cells between semicolons": table_bytes(lambda whole: whole.replace(b"\t", b";")),
    "cells between commas": table_bytes(lambda whole: whole.replace(b"\t", b",")),
    "quotation mark left open": table("a file that pairs both", '"a file'),
    "a cell less": table("\t0.9", ""),
    "control character in a table": table("a file that", "a \x01 file that"),
    "table in UTF-16": table_bytes(lambda whole: whole.decode().encode("utf-16")),
    "table is blank": table_bytes(lambda _: b""),
}
"""Every listed mistake."""

VALUES: tuple[object, ...] = (None, 7, ["x", 1], {"a": 1}, True, "x" * 20_000, "a\x01b", "x y\n", 10**400)
"""What a machine puts in the place of each value."""


def machine_mistakes(root: Path) -> Iterator[tuple[str, TinyCorpus]]:
    """The tiny corpus with each value of each record replaced by each of :data:`VALUES`, not yet written."""
    model = tiny_with_everything(root)
    parts: Document = {
        "entities": model.entities[-1:],
        "source": model.source,
        "curation": model.curation,
        "claims": model.claims,
    }
    for place in list(_places(parts)):
        for value in VALUES:
            changed = copy.deepcopy(parts)
            inner: Any = changed
            for step in place[:-1]:
                inner = inner[step]
            inner[place[-1]] = value
            entities = changed["entities"]
            if isinstance(entities, list):
                entities = [*model.entities[:-1], *entities]
            name = f"{'/'.join(map(str, place))} = {value!r:.20}"
            yield name, TinyCorpus(root, entities, changed["source"], changed["curation"], changed["claims"])


def _places(value: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if place:
        yield place
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, inner in entries:
        yield from _places(inner, (*place, step))
