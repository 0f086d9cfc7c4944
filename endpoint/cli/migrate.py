"""``araxes migrate``: YAML of version 0.1 of the ontology becomes YAML of version 0.2."""

from __future__ import annotations

import click

from araxes.endpoint.cli.options import corpus_options
from araxes.ontology.errors import InputError
from araxes.triples.authoring.corpus_layers import Layers
from araxes.triples.authoring.migrate_files import migrated, write


@click.command(name="migrate")
@corpus_options
@click.option("--check", is_flag=True, help="Only say what would change.")
def migrate_command(layers: Layers, check: bool) -> None:
    """Carry a corpus over from version 0.1 of the ontology to version 0.2: the uppermost that is named.

    Terms are renamed and kinds split where they stand; order, comments and layout stay. A second run changes
    nothing. Every claim is compared before and after: each of its statements must be there in the new terms.

    \b
    Examples:
      araxes migrate --check
      araxes migrate --corpus mine
      araxes migrate --entities my/entities --annotations my/sources
    """
    files = list(migrated(layers.top.entities, layers.top.sources))
    differences = [each for file in files for each in file.differences]
    lost = [each for each in differences if each.lost or each.added]
    for each in lost:
        click.echo(f"{each.claim}: lost {list(each.lost)}, added {list(each.added)}", err=True)
    if lost:
        raise InputError(f"{len(lost)} claims would not say the same", "nothing was written; report this")
    changed = sum(file.changed for file in files) if check else write(files)
    before, after = sum(each.before for each in differences), sum(each.after for each in differences)
    click.echo(
        f"{len(files)} files, {changed} {'to change' if check else 'changed'}; "
        f"{len(differences)} claims with {before} statements before and {after} after, none lost"
    )
