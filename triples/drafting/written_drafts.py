"""The files that a draft becomes: claims of a source, and entities that are new."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from araxes.ontology.errors import OutputError
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.corpus import Record
from araxes.triples.drafting.drafted_claims import DraftedClaim
from araxes.triples.drafting.written_yaml import mapping, records, scalar

_MARK = "# written by `araxes {verb}` of {name}, and written anew from it; change that: {digest}"
_MARKED = re.compile(r"# written by `araxes \w+` of [^\n]*: ([0-9a-f]{16})\n(.*)", re.DOTALL)
_MADE_OF = re.compile(r"# written by `araxes (\w+)` of ([^\n]*), and written anew from it")


def claims_text(source: str, claims: Sequence[DraftedClaim], head: Record | None, curation: object) -> str:
    """A file of claims, with the description of the source if the draft has it.

    Args:
        source: id of the source.
        claims: the claims to write.
        head: the description, or none.
        curation: the readings that the draft describes, if any.
    """
    parts = [mapping("source", head.data) if head else f"source: {scalar(source)}\n"]
    if isinstance(curation, list) and curation:
        parts.append("curation:\n" + records(item for item in curation if isinstance(item, dict)))
    written = records(claim.record.data for claim in claims)
    parts.append(f"claims:\n{written}" if written else "claims: []\n")
    return "".join(parts)


def entities_text(entities: Iterable[Record]) -> str:
    """A file of entities."""
    return records(entity.data for entity in entities)


def made_of(path: Path, verb: str) -> str:
    """The name of the file that a verb made this one of; empty if it did not."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        found = _MADE_OF.match(next(lines, ""))
    return found[2] if found and found[1] == verb else ""


def write_marked(path: Path, text: str, name: str, *, force: bool = False, verb: str = "draft") -> None:
    """Write a file with a mark that tells a later run whether somebody has changed it since.

    Args:
        path: the file.
        text: what it is to hold.
        name: name of the draft, or of what else it is made of.
        force: write it whatever stands there.
        verb: the verb that makes it.

    Raises:
        OutputError: something stands there that this did not write, or that was changed since.
    """
    if path.exists() and not force:
        found = _MARKED.fullmatch(path.read_text("utf-8", "replace"))
        if found is None:
            raise OutputError(
                f"{path} was not written by `araxes {verb}`", "name another file, or move it out of the way"
            )
        if found[1] != _digest(found[2]):
            remedy = f"bring the changes into {name} and give --force, or rename it"
            raise OutputError(f"{path} was changed after `araxes {verb}` wrote it", remedy)
    write_whole(path, f"{_MARK.format(verb=verb, name=name, digest=_digest(text))}\n{text}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
