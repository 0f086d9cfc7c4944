"""Options that several verbs share."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from araxes.ontology.errors import InputError
from araxes.triples.authoring.corpus import ENTITIES, SOURCES, Corpus, read_entities_of, source_files
from araxes.triples.authoring.corpus_layers import Layers, layers_of, layers_of_folders, read_corpus_folder
from araxes.triples.stores.versioned_store import DEFAULT_ROOT, KEEP, MOST_KEPT

Command = Callable[..., None]
"""What click makes a verb of."""

_FOLDER = click.Path(file_okay=False, path_type=Path)

corpus_option = click.option(
    "--corpus",
    "corpora",
    type=_FOLDER,
    multiple=True,
    envvar="ARAXES_CORPUS",
    show_envvar=True,
    is_eager=True,
    metavar="DIR",
    help=f"Folder of a corpus (with corpus.toml), above the shipped one; repeat it for several, the lowest "
    f"first. The variable lists them, with {os.pathsep!r} between.",
)
"""``--corpus``, also ``ARAXES_CORPUS``."""

without_shipped_option = click.option(
    "--without-shipped", is_flag=True, is_eager=True, help="Leave the shipped corpus out."
)
"""``--without-shipped``."""

entities_option = click.option(
    "--entities", type=_FOLDER, help="Folder of entity files without corpus.toml, instead of any corpus."
)
"""``--entities``."""

annotations_option = click.option(
    "--annotations", type=_FOLDER, help="Folder of annotated sources without corpus.toml, likewise."
)
"""``--annotations``."""


def corpus_options(command: Command) -> Command:
    """Give a command the options that name corpora, and for them one argument ``layers``."""

    @corpus_option
    @without_shipped_option
    @entities_option
    @annotations_option
    @wraps(command)
    def with_layers(
        *,
        corpora: tuple[Path, ...],
        without_shipped: bool,
        entities: Path | None,
        annotations: Path | None,
        **others: Any,
    ) -> None:
        layers = chosen_layers(corpora, without_shipped, entities, annotations)
        command(layers=layers, **others)

    return with_layers


def chosen_layers(
    corpora: tuple[Path, ...], without_shipped: bool, entities: Path | None, annotations: Path | None
) -> Layers:
    """The corpora that options name.

    Raises:
        UsageError: the options contradict each other.
        InputError: a folder is no corpus.
    """
    if entities is None and annotations is None:
        refuse_nothing_left(corpora, without_shipped)
        layers = layers_of(corpora, shipped=not without_shipped)
        _use_ontology_of(layers)
        return layers
    given = click.get_current_context().get_parameter_source("corpora")
    if without_shipped or (corpora and given == ParameterSource.COMMANDLINE):
        raise click.UsageError(
            "--entities and --annotations stand instead of any corpus, so --corpus cannot stand beside them"
        )
    return layers_of_folders(entities or ENTITIES, annotations or SOURCES)


def refuse_nothing_left(corpora: tuple[Path, ...], without_shipped: bool) -> None:
    """Refuse to leave the shipped corpus out where no other is named.

    Raises:
        UsageError: so it is.
    """
    if without_shipped and not corpora:
        raise click.UsageError("--without-shipped leaves nothing: name a corpus with --corpus")


def _use_ontology_of(layers: Layers) -> None:
    from araxes.triples.authoring.corpus_modules import use_ontology_of  # noqa: PLC0415 - servers do without

    use_ontology_of(layers)


def _in_corpus(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    """A folder that nobody named, beside the uppermost corpus if one is named."""
    source = context.get_parameter_source(parameter.name or "")
    corpora = context.params.get("corpora") or context.meta.get("araxes.corpora")
    if source != ParameterSource.DEFAULT or not corpora:
        return value
    return read_corpus_folder(corpora[-1]).root / value


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep an option about corpora in mind; without it, what the verb above was given stays."""
    key = f"araxes.{parameter.name}"
    context.meta[key] = value or context.meta.get(key, value)


def remembered_layers(context: click.Context) -> Layers:
    """The corpora that a verb with a store was given, or the verb above it.

    Raises:
        UsageError: the options leave none.
        InputError: a folder is no corpus.
    """
    alone = context.meta.get("araxes.without_shipped", False)
    return chosen_layers(context.meta.get("araxes.corpora", ()), alone, None, None)


def _of_remembered(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    """A folder that nobody named, beside the uppermost corpus if one is named, whose terms are put to use."""
    remembered_layers(context)
    return _in_corpus(context, parameter, value)


def kept_option(
    *names: str,
    variable: str,
    default: Path,
    text: str,
    callback: Callable[[click.Context, click.Parameter, Path], Path] = _in_corpus,
) -> Callable[[Command], Command]:
    """An option that names a folder for what is made, by default within the uppermost corpus."""
    return click.option(
        *names,
        type=_FOLDER,
        envvar=variable,
        default=default,
        show_default=f"{default}, in the folder of the uppermost --corpus",
        show_envvar=True,
        callback=callback,
        help=text,
    )


datasets_option = click.option(
    "--keep",
    "keep",
    type=click.IntRange(KEEP, MOST_KEPT),
    metavar="N",
    help="From now on keep the last N different datasets, so that they can be asked as they were (?dataset=, "
    f"/versions).  [default: what was said last, at first {KEEP}]",
)
"""``--keep``."""

_HOLDS = "Folder that holds the store."

built_store_option = kept_option(
    "--store", "store", variable="ARAXES_STORE", default=DEFAULT_ROOT, text=_HOLDS
)
"""``--store`` for verbs that read corpora too, and have ``--corpus`` already."""

_store_folder = kept_option(
    "--store",
    "store",
    variable="ARAXES_STORE",
    default=DEFAULT_ROOT,
    text=_HOLDS,
    callback=_of_remembered,
)

_store_of_corpus = click.option(
    "--corpus",
    "corpora",
    type=_FOLDER,
    multiple=True,
    envvar="ARAXES_CORPUS",
    show_envvar=True,
    is_eager=True,
    expose_value=False,
    callback=_remember,
    metavar="DIR",
    help="Corpus whose store is meant (the last, if several): DIR/.araxes/store.",
)

_without_shipped_of_store = click.option(
    "--without-shipped",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_remember,
    help="With --corpus: it was built without the shipped corpus.",
)


def store_option(command: Command) -> Command:
    """Give a command ``--store`` (``ARAXES_STORE``) and ``--corpus``, in whose folder a store may lie."""
    return _store_of_corpus(_without_shipped_of_store(_store_folder(command)))


def refuse_repeats(command: click.Command, context: click.Context, name: str, arguments: list[str]) -> None:
    """Refuse an option with a value that is given twice and cannot be, of a verb or of a verb below it.

    Raises:
        UsageError: one is; click would take the last and drop the others without a word.
    """
    inner = command.context_class(command, info_name=name, parent=context, **command.context_settings)
    try:
        _, rest, order = command.make_parser(inner).parse_args(list(arguments))
    except click.UsageError:
        return  # the verb itself tells it
    for option, times in Counter(order).items():
        if (
            isinstance(option, click.Option)
            and times > 1
            and not (option.multiple or option.is_flag or option.count)
        ):
            raise click.UsageError(f"{option.opts[0]} is given {times} times: give it once", inner)
    if isinstance(command, click.Group) and rest and (below := command.get_command(inner, rest[0])):
        refuse_repeats(below, inner, rest[0], rest[1:])


originals_option = click.option(
    "--originals",
    "--sources",
    "originals",
    type=_FOLDER,
    multiple=True,
    envvar="ARAXES_SOURCES",
    show_envvar=True,
    help="Folder of original texts, besides those that corpora name; may be repeated.",
)
"""``--originals``, also ``ARAXES_SOURCES``."""


@dataclass(frozen=True)
class Places:
    """Where the files of corpora are.

    Attributes:
        layers: the corpora.
        named: folders of original texts that options name.
    """

    layers: Layers
    named: tuple[Path, ...]

    @property
    def sources(self) -> list[Path]:
        """The files of annotated sources of all corpora."""
        return [path for folder in self.layers.folders for path in source_files(folder)[0]]

    @property
    def originals(self) -> list[Path]:
        """Folders of original texts.

        Raises:
            InputError: none is known.
        """
        folders = self.layers.originals(self.named)
        if not folders:
            raise InputError(
                "the folder of the original texts is not known",
                "name it with --originals or ARAXES_SOURCES, or in corpus.toml; "
                "the originals are not part of the project",
            )
        return folders

    def entities(self) -> Corpus:
        """The entities of all corpora; what cannot be read is in its findings."""
        found = Corpus()
        for folder in self.layers.folders:
            found = found.joined(read_entities_of(folder, self.layers))
        return found


def places_options(command: Command) -> Command:
    """Give a command the options of :class:`Places`, and for them one argument ``places``."""

    @originals_option
    @corpus_options
    @wraps(command)
    def with_places(*, originals: tuple[Path, ...], layers: Layers, **others: Any) -> None:
        command(places=Places(layers, originals), **others)

    return with_places
