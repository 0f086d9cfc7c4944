"""Passages against the originals: cutting them out, verifying them.

Offsets are 0-based Unicode code points of the file decoded as UTF-8 with its newlines untouched,
end exclusive; the digest is SHA-256 of the slice encoded as UTF-8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from araxes.ontology.errors import InputError
from araxes.triples.authoring.corpus_layers import is_waited_for
from araxes.triples.originals.annotated_files import RecordedSpan, SourceText


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
        """Whether the whole file has the recorded digest, if one is recorded."""
        return not self.expected or self.digest == self.expected


def read_text_file(path: Path) -> tuple[str, str]:
    """The text of an original, its newlines untouched, and the SHA-256 of the file.

    Raises:
        InputError: it cannot be read or is not UTF-8.
    """
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror}",
            "check the path; folders of originals are named with --originals",
        ) from error
    except UnicodeDecodeError as error:
        remedy = "use the file as it was annotated, or convert it before annotating: iconv -t UTF-8"
        raise InputError(f"{path}: is not UTF-8 (byte {error.start})", remedy) from error
    return text, hashlib.sha256(content).hexdigest()


def read_original(source: SourceText, *folders: Path) -> Original:
    """The original of a source, from the first folder that has it.

    Raises:
        InputError: it is in none of the folders or is not UTF-8.
    """
    paths = [folder / source.file_name for folder in folders]
    path = next((each for each in paths if each.is_file()), paths[0])
    if is_waited_for(path):
        raise InputError(f"{path}: is a pipe or device", "put the text itself there")
    text, digest = read_text_file(path)
    return Original(source.source, path, text, digest, source.sha256)


def slice_digest(text: str, start: int, end: int) -> str:
    """SHA-256 of a slice, in lower-case hexadecimal; empty if the text is shorter than ``end``.

    >>> slice_digest("abc", 0, 1)[:8]
    'ca978112'
    """
    return hashlib.sha256(text[start:end].encode("utf-8")).hexdigest() if end <= len(text) else ""


def verify(passages: Iterable[tuple[str, RecordedSpan]], original: Original) -> Iterator[ComparedPassage]:
    """Compare passages of one source with its original.

    Args:
        passages: each with the id of its claim.
        original: the text.
    """
    for claim, span in passages:
        found = slice_digest(original.text, span.start, span.end)
        yield ComparedPassage(claim, original.path.name, span.start, span.end, span.sha256, found)


def as_yaml(text: str, start: int, end: int) -> str:
    """A passage as it is written in a claim.

    >>> as_yaml("abc", 0, 1)[:30]
    '{start: 0, end: 1, sha256: ca9'
    """
    return f"{{start: {start}, end: {end}, sha256: {slice_digest(text, start, end)}}}"
