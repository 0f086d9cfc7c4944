"""``araxes fingerprints``: fingerprints of all passages, by which readers check them on their own copies."""

from __future__ import annotations

from pathlib import Path

import click

from araxes.endpoint.cli.options import Places, places_options
from araxes.ontology.errors import InputError
from araxes.ontology.whole_files import write_whole
from araxes.triples.authoring.yaml_lines import read_text
from araxes.triples.originals.annotated_files import read_annotated, spans_of, texts_of
from araxes.triples.originals.fingerprints import FILE, Fingerprint, OwnCopy, key_of, written
from araxes.triples.originals.passages import read_original


@click.command(
    epilog="\b\nExamples:\n  araxes fingerprints --originals ../sources\n"
    "  araxes fingerprints --originals ../sources --check"
)
@click.option("--check", is_flag=True, help="Only tell whether they are right; exit with 1 if not.")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"File to write.  [default: {FILE} in the folder of the uppermost corpus]",
)
@places_options
def fingerprints(places: Places, check: bool, output: Path | None) -> None:
    """Take the fingerprints of all passages from the original texts.

    They hold no text. `araxes build` puts them beside the store, and pages of sources then offer to look
    for the passages in a reader's own copy, which never leaves her browser.
    """
    read = read_annotated(places.sources)
    prints: dict[str, Fingerprint] = {}
    for text in texts_of(read.sources):
        copy = OwnCopy(read_original(text, *places.originals).text)
        for claim in read.of(text.source):
            prints |= {
                key_of(span.sha256, span.start): copy.fingerprint(span.start, span.end)
                for span in spans_of(claim)
            }
    path = output or places.layers.top.root / FILE
    content = written(prints)
    if path.is_file() and read_text(path)[0] == content:
        click.echo(f"{path}: {len(prints)} fingerprints, as they should be")
    elif check:
        raise InputError(f"{path} is not what the originals give", "run `araxes fingerprints`")
    else:
        write_whole(path, content)
        click.echo(f"{path}: {len(prints)} fingerprints")
