"""What cannot be known because a file cannot be read or its head is wrong: the ids that it may describe.

One mistake in a file must not be told at every place that refers to what the file describes. So the ids that
stand in an unreadable text, and those that a source with a wrong head seems to have, are called neither
known nor unknown; records that refer to them are left out, and nothing more is said of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from araxes.triples.authoring.corpus import Corpus, Head, Record

_DEPENDENT = re.compile(r"(source)/([a-z0-9-]+)#.+|(claim)/([a-z0-9-]+)/.+")
_PARTS = (("sourceText", "text"), ("sourceAuthor", "author"))


@dataclass(frozen=True)
class Lost:
    """Ids of which nothing can be said.

    Attributes:
        ids: those that are known to be lost.
        entities: a file of entities tells nothing at all, so that any entity may be in it.
        sources: the same of a file of a source.
        named: sources that files of claims name and none describes, which is told at their heads.
    """

    ids: frozenset[str] = frozenset()
    entities: bool = False
    sources: bool = False
    named: frozenset[str] = frozenset()

    def may_hold(self, name: str) -> bool:
        """Whether an id that is nowhere else may be among them."""
        whole = name.partition("#")[0]
        if name in self.ids or whole in self.ids or whole in self.named:
            return True
        return self.sources if whole.startswith("source/") else self.entities


@dataclass(frozen=True)
class FaultyHead:
    """A file whose ids are not those of the source that it names.

    Attributes:
        head: the head of the file.
        meant: the id of a source that most of its ids begin with.
        agreeing: number of its ids that begin with the source that it names.
        others: number of those that begin with the one meant.
    """

    head: Head
    meant: str
    agreeing: int
    others: int


def lost_ids(corpus: Corpus) -> Lost:
    """What the unreadable files and wrong heads of a corpus may describe."""
    found: set[str] = set()
    for unread in corpus.unread:
        found |= unread.ids
    for fault in faulty_heads(corpus).values():
        found.add(fault.meant)
    for source in filter(lambda record: record.id, corpus.sources):
        found |= {
            f"{source.id}#{name}" for key, name in _PARTS if part_id(source, key) != f"{source.id}#{name}"
        }
    unknown = [unread.entities for unread in corpus.unread if not unread.whole]
    described = {source.id for source in corpus.sources}
    named = {head.named for head in corpus.heads} - described
    return Lost(frozenset(found - {""}), any(unknown), not all(unknown), frozenset(named - {""}))


def part_id(source: Record, key: str) -> str:
    """The id of the text or the authorship of a source, or an empty string."""
    part = source.data.get(key)
    value = part.get("id") if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""


def faulty_heads(corpus: Corpus) -> dict[Path, FaultyHead]:
    """The files that name no source, or another than most ids in them."""
    ids: dict[Path, list[str]] = {head.document.path: [] for head in corpus.heads}
    for record in (*corpus.curations, *corpus.claims):
        ids.setdefault(record.document.path, []).append(record.id)
    for source in corpus.sources:
        ids.setdefault(source.document.path, []).extend(part_id(source, key) for key, _ in _PARTS)
    found = {}
    for head in corpus.heads:
        votes = Counter(_sources_of(ids[head.document.path]))
        agreeing = votes.pop(head.named, 0)
        meant, others = votes.most_common(1)[0] if votes else ("", 0)
        if not head.named or others > max(agreeing, 1):
            found[head.document.path] = FaultyHead(head, meant, agreeing, others)
    return found


def _sources_of(ids: Iterable[str]) -> Iterator[str]:
    """The ids of the sources that ids of claims, readings and parts begin with."""
    for name in ids:
        if match := _DEPENDENT.fullmatch(name):
            yield f"source/{match[2] or match[4]}"
