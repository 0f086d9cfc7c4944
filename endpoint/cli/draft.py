"""``araxes draft``: quotes and names in; claims with offsets, digests and ids out, and new entities."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from araxes.endpoint.cli.options import Places, places_options
from araxes.endpoint.search.record_names import RecordNames
from araxes.ontology.errors import InputError
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Corpus, read_entities
from araxes.triples.authoring.findings import Finding, corpus_error
from araxes.triples.drafting.draft_files import Draft, read_draft
from araxes.triples.drafting.drafted_claims import Drafted, DraftedClaim, draft_claims
from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.guide import guide_text
from araxes.triples.drafting.names import Undecided
from araxes.triples.drafting.terms import terms
from araxes.triples.drafting.written_drafts import claims_text, entities_text, write_marked
from araxes.triples.originals.annotated_files import read_annotated, texts_of
from araxes.triples.originals.passages import originals_folder, read_text_file
from araxes.validation.drafts.quote_checks import check_quotes


@click.command(
    epilog="\b\nExamples:\n  araxes draft my.draft.yaml\n  araxes draft my.draft.yaml --into my-corpus\n"
    "  araxes draft my.draft.yaml --format json > report.json\n"
    "  araxes draft --guide paper.txt --lines 10-24 > instruction.md"
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@places_options
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of a corpus: write the accepted claims below its sources/, new entities below entities/.",
)
@click.option("--strict", is_flag=True, help="Refuse claims of which something is warned, too.")
@click.option("--force", is_flag=True, help="With --into: write over files that were changed by hand.")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option(
    "--guide",
    is_flag=True,
    help="FILE is a text: print rules, vocabulary and schema for drafting claims on it.",
)
@click.option("--lines", help="With --guide: only these lines of the text, such as 10-24.")
def draft(
    file: Path,
    places: Places,
    into: Path | None,
    form: str,
    **how: Any,
) -> None:
    """Make claims of a draft, in which quotes stand for offsets and names for ids.

    Whatever a quote does not bear out is refused: words that are not in the text, numbers and names that
    the quote does not have, holders whom it does not name, terms that the ontology does not know, names of
    which it is not certain what they mean. Each finding tells the line, the claim, and what to do.
    Accepted claims are printed (with --into: written), new entities after `---`.
    Exit code 0: all claims are accepted. 1: some are refused.
    """
    if how["guide"]:
        known = read_entities(places.entities).entities
        click.echo(guide_text(read_text_file(file)[0], how["lines"], known, terms()), nl=False)
        return
    target = _targets(file, into)
    corpus = _known(places, target)
    drafted = _drafted(file, places.originals, corpus)
    if how["strict"]:
        for claim in drafted.claims:
            claim.findings = [_grave(finding) for finding in claim.findings]
    if form == "json":
        click.echo(json.dumps(report(drafted), ensure_ascii=False, indent=1))
    else:
        _write(drafted, target, file, how["force"])
        _tell(drafted)
    if drafted.findings or any(claim.refused for claim in drafted.claims):
        raise click.exceptions.Exit(1)


@dataclass(frozen=True)
class _Target:
    """A corpus that a draft is written into, and the names of its two files there."""

    folder: Path
    name: str

    @property
    def claims(self) -> Path:
        return self.folder / "sources" / self.name

    @property
    def entities(self) -> Path:
        return self.folder / "entities" / self.name


def _targets(file: Path, into: Path | None) -> _Target | None:
    if into is None:
        return None
    if not into.is_dir():
        raise InputError(f"{into} is no folder", "make one with `araxes new corpus`")
    return _Target(into, f"{file.name.removesuffix('.yaml').removesuffix('.draft')}.drafted.yaml")


def _known(places: Places, target: _Target | None) -> Corpus:
    """What is known already: but for what the draft itself was made into before."""
    folders = [(places.entities, places.annotations)]
    if target:
        folders.append((target.folder / "entities", target.folder / "sources"))
    corpus = Corpus()
    for entity_folder, source_folder in dict.fromkeys(folders):
        if entity_folder.is_dir():
            corpus = corpus.joined(read_entities(entity_folder))
        read = read_annotated(sorted(source_folder.glob("*.yaml")))
        corpus.sources += read.sources
        corpus.claims += read.claims
    if target is None:
        return corpus
    return corpus.part(lambda path: path not in (target.claims, target.entities))


def _drafted(file: Path, originals: Path | None, corpus: Corpus) -> Drafted:
    words = vocabulary()
    read, findings = read_draft(file, words)
    if read is None:
        raise corpus_error(findings)
    text = FoldedText(_text(read, originals, corpus))
    drafted = draft_claims(read, text, RecordNames(corpus.entities), corpus, terms())
    check_quotes(drafted, words)
    return drafted


def _text(read: Draft, originals: Path | None, corpus: Corpus) -> str:
    """The text that a draft quotes.

    Raises:
        InputError: it is nowhere.
    """
    heads = [*([read.head] if read.head else []), *corpus.sources]
    names = [read.text] if read.text else []
    names += [text.file_name for text in texts_of(heads) if text.source == read.source]
    folders = [read.document.path.parent, *filter(None, [originals_folder(originals)])]
    for name in names:
        for folder in folders:
            if (folder / name).is_file():
                return read_text_file(folder / name)[0]
    if not names:
        remedy = "write `text: file.txt` into the draft, or describe the source first (araxes new source)"
        raise InputError(f"nothing says which text {read.source or 'the draft'} is", remedy)
    looked = ", ".join(str(folder) for folder in folders)
    raise InputError(f"{names[0]} is not in {looked}", "name its folder with --originals")


def _grave(finding: Finding) -> Finding:
    return Finding(finding.place, finding.subject, finding.message, finding.remedy, shape=finding.shape)


def _write(drafted: Drafted, target: _Target | None, file: Path, force: bool) -> None:
    accepted = drafted.accepted()
    new = drafted.new_of(accepted)
    read = drafted.draft
    claims = claims_text(read.source, accepted, read.head, read.document.data.get("curation"))
    entities = entities_text(new)
    if target is None:
        click.echo(f"{claims}---\n{entities}" if new else claims, nl=False)
        return
    for path, text in ((target.claims, claims if accepted or read.head else ""), (target.entities, entities)):
        if text:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_marked(path, text, file.name, force=force)
            click.echo(f"{path} written", err=True)


def _tell(drafted: Drafted) -> None:
    """What is wrong and what is to be looked at, in the order of the draft; names to decide; a summary."""
    for finding in sorted({*drafted.findings, *(f for claim in drafted.claims for f in claim.findings)}):
        level = "" if finding.severity == "violation" else f"{finding.severity}: "
        click.echo(f"{level}{finding}", err=True)
    for line in _open_names(drafted.undecided):
        click.echo(line, err=True)
    accepted = drafted.accepted()
    click.echo(
        f"{len(accepted)} of {len(drafted.claims)} claims accepted, "
        f"{len(drafted.claims) - len(accepted)} refused; {len(drafted.new_of(accepted))} new entities",
        err=True,
    )


def _open_names(undecided: Iterable[Undecided]) -> list[str]:
    """Lines that can be copied into the draft and decided there."""
    first = {each.name: each for each in reversed(list(undecided))}
    if not first:
        return []
    lines = ["names to decide, as lines of the draft:", "names:"]
    for name in sorted(first):
        shown = [f"{each.id}  # {each.label}" for each in first[name].candidates[:3]]
        kind = sorted(first[name].wanted)
        new = f"{{type: {' or '.join(kind[:4]) or '…'}}}  # new"
        lines += [f"  {json.dumps(name, ensure_ascii=False)}: {choice}" for choice in [*shown, new]]
    return lines


def report(drafted: Drafted) -> dict[str, Any]:
    """All that a draft comes to, as JSON data: for programs that let somebody correct it."""
    accepted = drafted.accepted()
    return {
        "source": drafted.draft.source,
        "accepted": len(accepted),
        "refused": len(drafted.claims) - len(accepted),
        "findings": [_as_json(finding) for finding in drafted.findings],
        "claims": [_claim(claim) for claim in drafted.claims],
        "entities": [entity.data for entity in drafted.new_of(accepted)],
        "undecided": [
            {
                "name": each.name,
                "candidates": [vars(one) for one in each.candidates],
                "wanted": sorted(each.wanted),
            }
            for each in drafted.undecided
        ],
    }


def _claim(claim: DraftedClaim) -> dict[str, Any]:
    return {
        "id": claim.record.id,
        "line": claim.record.line(),
        "accepted": not claim.refused,
        "findings": [_as_json(finding) for finding in claim.findings],
        "claim": claim.record.data,
    }


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.shape or "form",
        "severity": finding.severity,
        "line": finding.place.line,
        "message": finding.message,
        "remedy": finding.remedy,
    }
