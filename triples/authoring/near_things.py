"""What an id that nobody knows may be meant for: things whose ids or labels are like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from araxes.triples.authoring.entity_names import folded
from araxes.triples.authoring.findings import quoted

_SHOWN = 3
_ALIKE = 0.72
_WITHIN = 0.85


def near_things(name: str, labels: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids that a name is most like, by id, by the end of the id, or by any label; the likest first.

    Args:
        name: what somebody wrote: an id, a part of one, or a name.
        labels: id → what it is called.

    >>> near_things("Nagorno Karabach", {"place/nk": ["Nagorno-Karabakh"], "state/iran": ["Iran"]})
    ['place/nk']
    >>> near_things("Pashinian", {"person/np": ["Nikol Pashinyan"], "state/iran": ["Iran"]})
    ['person/np']
    >>> near_things("state/irna", {"place/nk": ["Nagorno-Karabakh"], "state/iran": ["Iran"]})
    ['state/iran']
    """
    whole = _plain(name)
    wanted = {whole, _plain(name.rpartition("/")[2])} - {""}
    scores: dict[str, float] = {}
    for each, called in labels.items():
        names = {_plain(each), _plain(each.rpartition("/")[2]), *map(folded, called)} - {""}
        score = max((_alike(one, other) for one in wanted for other in names), default=0.0)
        if score >= _ALIKE:
            scores[each] = score + (name.partition("/")[0] == each.partition("/")[0] and "/" in name) * 0.15
    return sorted(scores, key=lambda each: (-scores[each], len(each), each))[:_SHOWN]


def nearest(name: str, labels: Mapping[str, Iterable[str]], otherwise: str) -> str:
    """A remedy that names what is near, each with its first label.

    Args:
        name: what somebody wrote.
        labels: id → what it is called.
        otherwise: what to say if nothing is near.

    >>> nearest("Iran", {"state/iran": ["Iran"]}, "")
    'did you mean state/iran (Iran)?'
    """
    found = near_things(name, labels)
    shown = [f"{each}{_bracketed(labels[each])}" for each in found]
    return f"did you mean {' or '.join(shown)}?" if shown else otherwise


def _bracketed(called: Iterable[str]) -> str:
    first = next(iter(called), "")
    return f" ({quoted(first)[1:-1]})" if first else ""


def _plain(name: str) -> str:
    return folded(name.replace("-", " ").replace("/", " ").replace("#", " "))


def _alike(one: str, other: str) -> float:
    """How alike two names are, 0 to 1; one that has all words of the other is nearly it."""
    if one == other:
        return 1.0
    fewer, more = sorted((set(one.split()), set(other.split())), key=len)
    if fewer and fewer <= more and len(fewer) * 3 > len(more) and any(len(word) > 3 for word in fewer):
        return _WITHIN
    whole = _ratio(one, other)
    if whole < _WITHIN and " " in other and " " not in one and len(one) > 4:
        return max(whole, *(_ratio(one, word) - 0.1 for word in other.split()))
    return whole


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()
