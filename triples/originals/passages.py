"""Passages against the originals: finding them, cutting them out, verifying them.

Offsets are 0-based Unicode code points of the file decoded as UTF-8 with its newlines untouched,
end exclusive; the digest is SHA-256 of the slice encoded as UTF-8.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from araxes.ontology.errors import InputError
from araxes.triples.authoring.sound_corpus import SoundCorpus, SoundRecord


@dataclass(frozen=True)
class ComparedPassage:
    """One passage beside the original.

    Attributes:
        claim: id of the claim.
        file: name of the original.
        start: first code point.
        end: one past the last.
        sha256: digest that the project records.
        found: digest of the slice in the original, or empty if it is too short.
    """

    claim: str
    file: str
    start: int
    end: int
    sha256: str
    found: str

    @property
    def holds(self) -> bool:
        """Whether the original still has these exact characters there."""
        return self.found == self.sha256


@dataclass(frozen=True)
class Original:
    """An original text and whether it is the file that the project knows."""

    source: str
    path: Path
    text: str
    digest: str
    expected: str

    @property
    def unchanged(self) -> bool:
        """Whether the whole file has the recorded digest."""
        return self.digest == self.expected


def read_original(source: SoundRecord, *folders: Path) -> Original:
    """The original of a source, from the first folder that has it.

    Raises:
        InputError: it is in none of the folders or is not UTF-8.
    """
    described = source.data["sourceText"]
    paths = [folder / described["fileName"] for folder in folders]
    path = next((each for each in paths if each.is_file()), paths[0])
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror}", "name the folder with --originals"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: is not UTF-8 (byte {error.start})",
            "use the file as it was annotated, or convert it before annotating: iconv -t UTF-8",
        ) from error
    return Original(source.id, path, text, hashlib.sha256(content).hexdigest(), described["sha256"])


def slice_digest(text: str, start: int, end: int) -> str:
    """SHA-256 of a slice, in lower-case hexadecimal; empty if the text is shorter than ``end``.

    >>> slice_digest("abc", 0, 1)[:8]
    'ca978112'
    """
    return hashlib.sha256(text[start:end].encode("utf-8")).hexdigest() if end <= len(text) else ""


def verify(corpus: SoundCorpus, original: Original) -> Iterator[ComparedPassage]:
    """Compare every passage of one source with its original."""
    for claim in corpus.claims:
        if claim.source == original.source:
            for start, end, sha256 in claim.spans():
                found = slice_digest(original.text, start, end)
                yield ComparedPassage(claim.id, original.path.name, start, end, sha256, found)


def locate(text: str, anchor: str, line: int = 1) -> tuple[int, int]:
    """Where a passage stands, given its first and last words.

    Args:
        text: the original.
        anchor: ``first words … last words``, or the whole passage; white space is free.
        line: 1-based line from which to search.

    Raises:
        InputError: the words are not there, or the text has no such line.

    >>> locate("one two\\nthree four", "two … four")
    (4, 18)
    """
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    if not 1 <= line <= len(starts):
        raise InputError(f"the text has no line {line}", f"choose one from 1 to {len(starts)}")
    begin = starts[line - 1]
    first, _, last = (part.strip() for part in anchor.partition("…"))
    if not first:
        raise InputError("no words are given", "copy the first words of the passage, or all of it")
    head = _words(first).search(text, begin)
    tail = _words(last).search(text, head.end()) if head and last else head
    if not head or not tail:
        missing = first if not head else last
        raise InputError(
            f"not found from line {line} on: {missing!r}", "copy the words exactly as they stand"
        )
    return head.start(), tail.end()


def _words(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()))
