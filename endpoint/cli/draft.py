"""``araxes draft``: quotes and names in; claims with offsets, digests and ids out, and new entities."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from araxes.endpoint.cli.options import Places, places_options
from araxes.endpoint.search.matching.record_names import RecordNames
from araxes.ontology.errors import InputError
from araxes.ontology.vocabulary import vocabulary
from araxes.triples.authoring.corpus import Corpus
from araxes.triples.authoring.findings import Finding, corpus_error
from araxes.triples.authoring.near_things import nearest
from araxes.triples.authoring.plausible_dates import doubtful_dates
from araxes.triples.drafting.draft_files import Draft, read_draft
from araxes.triples.drafting.drafted_claims import Drafted, DraftedClaim, draft_claims
from araxes.triples.drafting.folded_text import FoldedText
from araxes.triples.drafting.guide import guide_text
from araxes.triples.drafting.names import Undecided
from araxes.triples.drafting.terms import terms
from araxes.triples.drafting.written_drafts import claims_text, entities_text, write_marked
from araxes.triples.originals.annotated_files import SourceText, read_annotated, texts_of
from araxes.triples.originals.passages import read_text_file
from araxes.validation.drafts.agreement import agreement
from araxes.validation.drafts.quote_checks import check_quotes

_DIGEST = re.compile(r"[0-9a-f]{64}")


@click.command(
    epilog="\b\nExamples:\n  araxes draft my.draft.yaml\n"
    "  araxes draft my.draft.yaml --corpus my-corpus --write\n"
    "  araxes draft my.draft.yaml --format json > report.json\n"
    "  araxes draft --guide paper.txt --lines 10-24 > instruction.md"
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@places_options
@click.option(
    "--write",
    is_flag=True,
    help="Write accepted claims into sources/ of the uppermost --corpus, new entities into entities/.",
)
@click.option("--strict", is_flag=True, help="Refuse claims of which something is warned, too.")
@click.option("--force", is_flag=True, help="With --write: write over files that were changed by hand.")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option(
    "--guide",
    is_flag=True,
    help="FILE is a text: print rules, vocabulary and schema for drafting claims on it.",
)
@click.option(
    "--against",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A careful draft of the same text: print how far the accepted claims of both agree.",
)
@click.option("--lines", help="With --guide: only these lines of the text, such as 10-24.")
def draft(
    file: Path,
    places: Places,
    form: str,
    **how: Any,
) -> None:
    """Make claims of a draft, in which quotes stand for offsets and names for ids.

    Whatever a quote does not bear out is refused: words that are not in the text, numbers and names that
    the quote does not have, holders whom it does not name, terms that the ontology does not know, names of
    which it is not certain what they mean. Each finding tells the line, the claim, and what to do.
    Accepted claims are printed (with --write: written), new entities after `---`. New entities with which
    something is wrong are left out, and so are claims that name them; if something is wrong with the
    draft itself or with its description of the source, --write writes nothing.
    Exit code 0: all claims are accepted. 1: some are refused.
    """
    if how["guide"]:
        known = places.entities().entities
        languages = (*places.layers.top.languages, *places.layers.top.also)
        click.echo(guide_text(read_text_file(file)[0], how["lines"], known, terms(), languages), nl=False)
        return
    drafted = _drafted(file, places, _known(places, file))
    if how["against"]:
        _compare(drafted, _drafted(how["against"], places, _known(places, how["against"])))
        return
    if how["strict"]:
        for claim in drafted.claims:
            claim.findings = [_grave(finding) for finding in claim.findings]
    if form == "json":
        click.echo(json.dumps(report(drafted), ensure_ascii=False, indent=1))
    else:
        if not how["write"]:
            _print(drafted)
        elif drafted.whole:
            _write(drafted, _targets(file, places), file.name, force=how["force"])
        _tell(drafted)
        if how["write"] and not drafted.whole:
            click.echo(f"nothing was written: first correct {_spots(drafted)}", err=True)
    if drafted.findings or any(claim.refused for claim in drafted.claims):
        raise click.exceptions.Exit(1)


def _known(places: Places, file: Path) -> Corpus:
    """What is known already: but for what the draft itself was made into before."""
    corpus = places.entities()
    read = read_annotated(places.sources)
    corpus.sources += read.sources
    corpus.claims += read.claims
    own = _targets(file, places)
    return corpus.part(lambda path: path not in own)


def _targets(file: Path, places: Places) -> tuple[Path, Path]:
    """The files of claims and entities that a draft is written into."""
    top = places.layers.top
    name = f"{file.name.removesuffix('.yaml').removesuffix('.draft')}.drafted.yaml"
    return top.sources / name, top.entities / name


def _drafted(file: Path, places: Places, corpus: Corpus) -> Drafted:
    words = vocabulary()
    read, findings = read_draft(file, words, places.layers)
    if read is None:
        raise corpus_error(findings)
    text = FoldedText(_text(read, places, corpus))
    drafted = draft_claims(read, text, RecordNames(corpus.entities), corpus, terms())
    check_quotes(drafted, words)
    for claim in drafted.claims:
        claim.findings += doubtful_dates([claim.record])
    return drafted


def _text(read: Draft, places: Places, corpus: Corpus) -> str:
    """The text that a draft quotes.

    Raises:
        InputError: it is nowhere.
    """
    heads = [*([read.head] if read.head else []), *corpus.sources]
    if not read.source:
        raise corpus_error(read.findings)
    texts = texts_of(heads)
    names = [read.text] if read.text else [text.file_name for text in texts if text.source == read.source]
    folders = [read.document.path.parent, *places.layers.originals(places.named)]
    for name in names:
        for folder in folders:
            if (folder / name).is_file():
                found, digest = read_text_file(folder / name)
                _check_text(
                    folder / name, digest, texts_of(each for each in corpus.sources if each.id == read.source)
                )
                return found
    if not names:
        remedy = "write `text: file.txt` into the draft, or describe the source first (araxes new source)"
        called = {text.source: [text.label] for text in texts}
        raise InputError(f"nothing says which text {read.source} is", nearest(read.source, called, remedy))
    looked = ", ".join(str(folder) for folder in folders)
    raise InputError(f"{names[0]} is not in {looked}", "name its folder with --originals")


def _check_text(path: Path, digest: str, recorded: Sequence[SourceText]) -> None:
    """Refuse a text that is not the one of which the source's head has the digest.

    Raises:
        InputError: it is another, or was changed since.
    """
    digests = {text.sha256 for text in recorded if _DIGEST.fullmatch(text.sha256)}
    if digests and digest not in digests:
        source = recorded[0].source
        raise InputError(
            f"{path} is not the text of {source}: its SHA-256 is {digest}, {source} has {', '.join(digests)}",
            "name the text that was annotated, or write its new sha256 and characterCount into the source",
        )


def _compare(drafted: Drafted, careful: Drafted) -> None:
    if drafted.draft.source != careful.draft.source:
        raise InputError("the two drafts are of different sources", "name drafts of one text")
    claims = [[claim.record for claim in each.accepted()] for each in (careful, drafted)]
    for line in agreement(*claims).lines():
        click.echo(line)


def _grave(finding: Finding) -> Finding:
    return Finding(finding.place, finding.subject, finding.message, finding.remedy, shape=finding.shape)


def _print(drafted: Drafted) -> None:
    """The accepted claims as a file of claims, and after a line ``---`` the new entities."""
    accepted = drafted.accepted()
    claims, new = _claims_text(drafted), drafted.new_of(accepted)
    click.echo(f"{claims}---\n{entities_text(new)}" if new else claims, nl=False)


def _claims_text(drafted: Drafted) -> str:
    read = drafted.draft
    return claims_text(read.source, drafted.accepted(), read.head, read.document.data.get("curation"))


def _write(drafted: Drafted, targets: tuple[Path, Path], name: str, *, force: bool) -> None:
    """Write the two files of a draft; one that would be empty is written only if it is there."""
    accepted = drafted.accepted()
    new = drafted.new_of(accepted)
    wanted = (bool(accepted or drafted.draft.head), bool(new))
    texts = (_claims_text(drafted), entities_text(new) or "[]\n")
    for path, text, filled in zip(targets, texts, wanted, strict=True):
        if filled or path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_marked(path, text, name, force=force)
            click.echo(f"{path} written", err=True)


def _spots(drafted: Drafted) -> str:
    """Where something is wrong with the draft itself."""
    return ", ".join(sorted({str(finding.place) for finding in drafted.loose}))


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
    if unsound := sorted(drafted.unsound()):
        click.echo(f"new entities left out until they are right: {', '.join(unsound)}", err=True)


def _open_names(undecided: Iterable[Undecided]) -> list[str]:
    """Lines that can be copied into the draft and decided there."""
    first = {each.name: each for each in reversed(list(undecided))}
    if not first:
        return []
    lines = ["names to decide, as lines of the draft:", "names:"]
    for name in sorted(first):
        shown = [f"{each.id}  # {each.label}" for each in first[name].candidates[:3]]
        kind = sorted(first[name].wanted)
        others = f", or of type {' or '.join(kind[1:4])}" if kind[1:] else ""
        new = f"{{type: {kind[0] if kind else '…'}}}  # new{others}"
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
