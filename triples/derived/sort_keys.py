"""Keys by which labels sort as people sort them, in plain order of code points.

SPARQL may sort strings by code point (§15.1), and then پ چ ژ ک گ ی come last and É after Z. A key is the
label with each character as two signs that have its place: spaces, digits, the Latin alphabet without
its marks, then the Persian alphabet from آ to ی with Arabic spellings at their Persian letters. Other scripts
come last, in order of code point. Marks, case, joiners and punctuation do not count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, ONTOLOGY
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, LABEL
from araxes.triples.derived.spaces import own_spaces

SORT_KEY = ox.NamedNode(AX + "sortKey")
"""The property that holds a key, in the language of its label."""

_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ORDER = " 0123456789abcdefghijklmnopqrstuvwxyzآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_PLACES = {character: f"{_SIGNS[n // 36]}{_SIGNS[n % 36]}" for n, character in enumerate(_ORDER)}
_SPELLINGS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "ؤ": "و",
        "أ": "ا", "إ": "ا", "ٱ": "ا", "ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe",
    }
)  # fmt: skip
_LAST = "z"


def sort_key(text: str) -> str:
    """The key of a label; empty if nothing of it counts.

    >>> sort_key("Ab") == sort_key("áb") < sort_key("B") < sort_key("آب") < sort_key("اب") < sort_key("پا")
    True
    """
    plain: list[str] = []
    for character in text.casefold().translate(_SPELLINGS):
        if character == "آ":
            plain.append(character)
            continue
        for part in unicodedata.normalize("NFKD", character).translate(_SPELLINGS):
            kind = unicodedata.category(part)
            if kind == "Nd":
                plain.append(str(unicodedata.digit(part)))
            elif kind[0] == "L" and part != "ء":
                plain.append(part)
            elif kind[0] in "ZP":
                plain.append(" ")
    words = " ".join("".join(plain).split())
    return "".join(_PLACES.get(character, f"{_LAST}{ord(character):06x}") for character in words)


def sort_key_quads(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The key of each label that the default graph gives to something of the project but the ontology."""
    data = list(quads)
    spaces = own_spaces(data)
    for quad in data:
        subject, label = quad.subject, quad.object
        if quad.predicate != LABEL or quad.graph_name != DEFAULT_GRAPH:
            continue
        if not isinstance(subject, ox.NamedNode) or not isinstance(label, ox.Literal) or not label.language:
            continue
        own = subject.value.startswith(spaces) and not subject.value.startswith(ONTOLOGY)
        key = sort_key(label.value) if own else ""
        if key:
            yield ox.Quad(subject, SORT_KEY, ox.Literal(key, language=label.language))
