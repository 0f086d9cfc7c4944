"""What an id or term that nobody knows may be meant for: what can stand there, first of all."""

from __future__ import annotations

from araxes.triples.authoring.corpus import Record
from araxes.triples.authoring.findings import did_you_mean, near_words
from araxes.triples.authoring.known_things import Known

CONDITION_NODE = (
    'write `condition: "#c"`, and below `asserts:` the nodes `- {id: "#c", type: Condition, '
    'conditionKind: If, conditionThat: "#m"}` '
    'and `- {id: "#m", type: MentionedStatement, subject: …, property: …, object: …}`'
)
"""What to write instead of a condition in words."""

_LISTED = 20
"""So many values are named in a remedy."""


def of_unknown_id(record: Record, value: str, name: str, known: Known, otherwise: str = "") -> str:
    """What to do about an id that nobody describes.

    Args:
        record: where it stands.
        value: the id.
        name: the property whose value it is.
        known: what ids may refer to.
        otherwise: what to say where nothing is like it.
    """
    otherwise = otherwise or _described(record)
    likely = known.names.suggested(value, _range(name, known)) or otherwise
    remedy = did_you_mean(value, _alike(value, name, known), likely)
    return (_unfit(value, name, known) or remedy) if remedy == otherwise else remedy


def of_unknown_term(name: str, value: str, known: Known) -> str:
    """What to write where a value of a property is neither an id nor a controlled individual."""
    wanted = _range(name, known)
    fitting = sorted(each for each, kinds in known.words.individuals.items() if kinds & wanted)
    named = " or ".join(sorted(wanted)[:4]) or "a thing"
    otherwise = f"write the id of one: {named}; what is not described yet is described in entities/"
    if value.casefold() in ("author", "the author"):
        otherwise = "write the source's id with #author, such as source/miller-2024#author"
    if fitting and len(fitting) <= _LISTED:
        otherwise = f"use {', '.join(fitting)}"
    if wanted == {"Condition"}:  # no thing with a name
        return CONDITION_NODE
    suggested = known.names.suggested(value, wanted)
    unfit = "" if fitting else _unfit(value, name, known)
    return suggested or unfit or did_you_mean(value, fitting or known.words.individuals, otherwise)


def _alike(value: str, name: str, known: Known) -> list[str]:
    """The ids that resemble an unknown one in their last part and can stand there; of its kind if any."""
    segment, _, slug = value.partition("/")
    if "#" in value or segment == "source":
        return sorted(known.ids)
    slugs = {each.partition("/")[2] for each in known.ids}
    near = set(near_words(slug, slugs))
    wanted = _range(name, known)
    found = sorted(each for each in known.ids if each.partition("/")[2] in near)
    found = [each for each in found if not wanted or each not in known.kinds or wanted & known.kinds[each]]
    return [each for each in found if each.startswith(f"{segment}/")] or found


def _unfit(value: str, name: str, known: Known) -> str:
    """What to do where all that a name may mean is of another class than is asked for; else nothing."""
    likely = [*_alike(value, "", known), *known.names.likely(value)]
    wanted = " or ".join(sorted(_range(name, known))[:4])
    if not likely or not wanted or "/" not in likely[0]:
        return ""
    return f"{likely[0]} is like it, but {name} takes {wanted}: name one, or choose another property"


def _range(name: str, known: Known) -> frozenset[str]:
    """The classes that a property's values belong to; empty for any."""
    declared = known.words.properties.get(name)
    return declared.range if declared else frozenset()


def _described(record: Record) -> str:
    folder = record.document.folder
    where = f"entities/ of the corpus {folder.name}" if folder else "triples/corpus/entities"
    return f"describe it in {where}"
