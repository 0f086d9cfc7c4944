"""What ``araxes verify`` does with all passages: those that can be compared are, the others are told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from araxes.endpoint.cli.options import Places
from araxes.ontology.errors import AraxesError, InputError
from araxes.triples.authoring.corpus import source_files
from araxes.triples.authoring.findings import Finding, shown
from araxes.triples.originals import passages
from araxes.triples.originals.annotated_files import AnnotatedFiles, SourceText, spans_of
from araxes.triples.originals.copied_runs import LONGEST_RUN, SourceWords, copies
from araxes.triples.originals.passages import Original, as_yaml, read_original
from araxes.validation.gate.wording.certainty import certainty_of_passages

_RESTORE = (
    "restore the original, name its folder (--originals), or locate changed passages anew (araxes locate)"
)
_DIGEST = "write the passages as they are shown above"
_COUNT = "correct the characterCount"
_FEW, _ENOUGH = 0.2, 80
_COPIED = "say it in other words"
_HEAD = "describe the source, with the `fileName` of its text under `sourceText`"


class VerificationError(AraxesError):
    """Passages do not stand in the originals as the project says."""


@dataclass
class _Verified:
    """What was found so far."""

    total: int = 0
    failures: list[str] = field(default_factory=list)
    remedies: dict[str, None] = field(default_factory=dict)
    warnings: list[Finding] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    unseen: int = 0

    def fail(self, what: str, remedy: str) -> None:
        """Something is not as it should be."""
        self.failures.append(what)
        self.remedies.setdefault(remedy)


def verify_all(read: AnnotatedFiles, texts: list[SourceText], places: Places, source: str | None) -> None:
    """Verify the passages of some sources and tell what was found.

    The original of a corpus below the uppermost may be nobody's to have: where it is not at hand, that is
    told, and counts as no failure unless the source was asked for by name.

    Args:
        read: the annotated files.
        texts: the texts of the sources to look at.
        places: where the files are.
        source: the source that was asked for, if one was.

    Raises:
        VerificationError: something does not stand, or nothing could be verified.
    """
    found = _Verified(warnings=list(read.findings))
    below = {path for folder in places.layers.folders[:-1] for path in source_files(folder)[0]}
    lower = {each.id for each in read.sources if each.document.path in below} if source is None else set()
    folders = places.originals
    for text in texts:
        if text.source in lower and not any((folder / text.file_name).is_file() for folder in folders):
            number = sum(len(spans_of(claim)) for claim in read.of(text.source))
            found.absent.append(f"{text.source}: {text.file_name} ({number} passages)")
            found.unseen += number
        else:
            _verify(text, read, folders, found)
    for name, number in _without_text(read, texts, source).items():
        what = f"{name}: nothing says which text it is, so {number} claims were not looked at"
        found.fail(what, _HEAD)
    _tell(found, folders)


def _without_text(read: AnnotatedFiles, texts: list[SourceText], source: str | None) -> Counter[str]:
    """The sources of which claims were read but no text is named, each with the number of its claims."""
    known = {text.source for text in texts} if source is None else {claim.source for claim in read.claims}
    return Counter(claim.source or "no source" for claim in read.claims if claim.source not in known)


def _verify(text: SourceText, read: AnnotatedFiles, folders: list[Path], found: _Verified) -> None:
    """Verify the passages of one source."""
    try:
        original = read_original(text, *folders)
    except InputError as error:
        found.fail(f"{text.source}: {error.message}", _RESTORE)
        return
    claims = read.of(text.source)
    spans = [(claim.id, span) for claim in claims for span in spans_of(claim)]
    bad = [check for check in passages.verify(spans, original) if not check.holds]
    found.total += len(spans)
    found.warnings += certainty_of_passages(claims, original.text)
    for check in bad:
        where = f"{check.claim}: {check.file}, characters {check.start}–{check.end}"
        if check.sha256 or not check.found:
            found.fail(f"{where} are not what was annotated", _RESTORE)
        else:
            passage = as_yaml(original.text, check.start, check.end)
            found.fail(f"{where} have no digest yet: passage: {passage}", _DIGEST)
    for claim, language, run in copies(claims, SourceWords(original.text)):
        where = f"{claim.document.finding('', '').file}:{claim.line('paraphrase', language)}: {claim.id}"
        what = f"the paraphrase ({language}) copies more than {LONGEST_RUN} words of the source: «{run}»"
        found.fail(f"{where}: {what}", _COPIED)
    _look_at_file(original, text, bool(bad), found)
    found.warnings += _language(original, text, read)
    click.echo(f"{original.path.name}: {len(spans) - len(bad)} of {len(spans)} passages stand")


def _language(original: Original, text: SourceText, read: AnnotatedFiles) -> list[Finding]:
    """A text in another script than its source's language is written in, as far as English and Persian go."""
    head = next((each for each in read.sources if each.id == text.source), None)
    tag = str(head.data.get("language", "")) if head else ""
    letters = [character for character in original.text if character.isalpha()]
    arabic = sum("\u0600" <= character <= "\u06ff" for character in letters) / max(1, len(letters))
    if (
        head is None
        or len(letters) < _ENOUGH
        or not ((tag == "fa" and arabic < _FEW) or (tag == "en" and arabic > 1 - _FEW))
    ):
        return []
    finding = head.finding(
        f"language: the text is hardly in {tag!r}", "write the language of the text", "language"
    )
    return [replace(finding, severity="warning")]


def _look_at_file(original: Original, text: SourceText, told: bool, found: _Verified) -> None:
    """What else is not as the head of the source says."""
    if not original.unchanged and not told:
        digests = f"(SHA-256 {original.digest[:16]}…, expected {original.expected[:16]}…)"
        what = f"{original.source}: {original.path.name} has changed, though in no passage {digests}"
        found.fail(what, "restore the original, or write its `sha256` and `characterCount` anew")
    if original.unchanged and text.characters not in (0, len(original.text)):
        what = f"characterCount is {text.characters}, the text has {len(original.text)}"
        found.fail(f"{original.source}: {what}", _COUNT)


def _tell(found: _Verified, folders: list[Path]) -> None:
    for warning in sorted(found.warnings):
        click.echo(f"warning: {warning}", err=True)
    if found.absent:
        looked = ", ".join(shown(folder) for folder in folders)
        click.echo(f"not verified, since the text is not in {looked}:", err=True)
        for each in found.absent:
            click.echo(f"  {each}", err=True)
        click.echo(
            "→ originals of corpora below yours are not handed on; whoever has them names their folder with "
            "--originals",
            err=True,
        )
    if found.failures:
        count = f"{len(found.failures)} failure{'s' if len(found.failures) != 1 else ''}"
        raise VerificationError("\n".join([count, *found.failures]), "; ".join(found.remedies))
    if not found.total:
        raise VerificationError(
            "no passage was verified", "name the corpus that has claims, and the folder of its originals"
        )
    unseen = f"; {found.unseen} passages could not be verified" if found.absent else ""
    click.echo(f"all {found.total} passages stand{unseen}")
