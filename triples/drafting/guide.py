"""The instruction for whoever drafts claims on a passage, person or language model: rules, terms, schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from araxes.ontology.errors import InputError
from araxes.ontology.languages import LANGUAGES
from araxes.triples.authoring.corpus import Record, as_list
from araxes.triples.authoring.json_schema import members
from araxes.triples.drafting.draft_schema import draft_schema
from araxes.triples.drafting.fitting_terms import FittingTerms, fitting_terms
from araxes.triples.drafting.terms import Term, Terms

_LINES = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")

RULES = """\
# Drafting claims on a passage

Write YAML (or JSON) as in the example, of the form of the schema below. One claim is one thing that somebody
holds.

1. `quote` copies the words that say it, exactly and whole; leave words out only with ` … ` between. What
   does not stand in the text is refused. If the words stand there more than once, quote more, or say
   `occurrence:`.
2. `paraphrase` says it in your own words, in one sentence that can be read alone; never more than ten words
   in a row from the text. Every number and name in it is in the quote.
3. `asserts` says the same with terms of the ontology: `[subject, property, object]`, or a mapping with `type`
   for an event, a figure, a position. Use only the terms listed here; what they cannot say, leave out.
   Things are named as in the text, or by the ids listed here. A name that means something new is described
   under `names:`, with its class.
4. `holder` is whoever the quote says holds it, with `authorStance`; leave it out where the author speaks.
   The quote must name the holder.
5. What hedges is not certain: `certainty: ModerateCertainty` or LowCertainty; "undoubtedly" is
   AbsoluteCertainty. What is denied is `modality: Denied`, with `{type: Denial, subject: …, property: …,
   object: …}` and nothing affirmed.
6. "Only", "mainly", "partly", "often", "for the first time" are a `degree`, of the claim or as
   `{type: Qualification, subject: …, property: …, object: …, degree: …}`; "if", "as long as" a condition.
7. A thing or year that the quote leaves to the context ("it", "that year") stands under `understood:`.
8. If the passage claims nothing that these terms can say, write no claim. Nothing is better than something
   invented.
"""

EXAMPLE = """\
source: source/example-2020
names:
  River Treaty: {type: Treaty, label: {@LABEL}}
claims:
- quote: "officials in Beta believe that Alpha probably signed the River Treaty in 1994 only under pressure"
  holder: Beta
  authorStance: Reports
  certainty: ModerateCertainty
  degree: OnlyDegree
  polarity: Conflictual
  paraphrase: {en: "Beta's officials think it likely that only pressure brought Alpha to the treaty of 1994."}
  asserts:
  - [Alpha, party to, River Treaty]
"""


_LABELS = {"en": "River Treaty", "fa": "پیمان رودخانه"}
_ARABIC = re.compile("[\u0620-\u06ff]")


def guide_text(
    text: str,
    lines: str | None,
    entities: Iterable[Record],
    terms: Terms,
    languages: Sequence[str] = LANGUAGES,
) -> str:
    """Rules, an example, the passage, known things, fitting terms and the schema, in Markdown.

    Args:
        text: the source.
        lines: which lines of it, such as ``10-24``; all by default.
        entities: known entities.
        terms: the ontology's.
        languages: BCP 47 tags of those in which things and terms are shown: those of the corpus; where the
            passage is Persian, its names are shown besides.

    Raises:
        InputError: the text has no such lines.
    """
    passage = _lines(text, lines)
    fitting = fitting_terms(passage, entities, terms)
    schema = draft_schema(terms.words, [term.name for term in fitting.properties])
    shown = [*languages, *(["fa"] if _ARABIC.search(passage) and "fa" not in languages else [])]
    label = ", ".join(f'{tag}: "{_LABELS.get(tag, "…")}"' for tag in languages)
    parts = [
        RULES.replace("in your own words, in", f"in your own words ({' and '.join(languages)}), in"),
        "## Example (of another text)\n\n```yaml\n" + EXAMPLE.replace("@LABEL", label) + "```\n",
        "## Passage\n\n" + "".join(f"> {line}\n" for line in passage.splitlines()),
        _section("Things that are known, by the names in the passage", _things(fitting, shown)),
        _section("Properties (subject → object)", _properties(fitting, terms, shown)),
        _section("Classes, for `type`", (_term_line(term, shown) for term in fitting.classes)),
        _section("Values", _values(terms)),
        "## Schema\n\n```json\n" + json.dumps(schema, ensure_ascii=False) + "\n```\n",
        "Check what you wrote: `araxes draft FILE`; each refusal tells the claim and why.\n",
    ]
    return "\n".join(parts)


def _lines(text: str, lines: str | None) -> str:
    listed = text.splitlines()
    if lines is None:
        return text
    found = _LINES.fullmatch(lines.strip())
    first = int(found[1]) if found else 0
    last = int(found[2] or found[1]) if found else 0
    if not 1 <= first <= last <= len(listed):
        raise InputError(f"the text has no lines {lines}", f"write first-last, from 1 to {len(listed)}")
    return "\n".join(listed[first - 1 : last])


def _section(title: str, lines: Iterable[str]) -> str:
    listed = list(lines)
    return f"## {title}\n\n" + ("\n".join(f"* {line}" for line in listed) if listed else "None.") + "\n"


def _things(fitting: FittingTerms, languages: Sequence[str]) -> Iterator[str]:
    for thing in fitting.things:
        label = thing.data.get("label")
        names = _labels(label, languages) if isinstance(label, dict) else ""
        yield f"`{thing.id}` {names} ({' and '.join(map(str, as_list(thing.data.get('type'))))})"


def _labels(labels: Mapping[str, object], languages: Sequence[str]) -> str:
    """The labels in some languages, or all where there are none."""
    return " / ".join(str(labels[tag]) for tag in languages if tag in labels) or " / ".join(
        map(str, labels.values())
    )


def _properties(fitting: FittingTerms, terms: Terms, languages: Sequence[str]) -> Iterator[str]:
    for term in fitting.properties:
        declared = terms.words.properties[term.name]
        subject = " or ".join(sorted(declared.domain)) or "anything"
        value = (
            " or ".join(sorted(declared.range)) if declared.kind == "object" else _datatype(declared.range)
        )
        yield f"{_term_line(term, languages)} — {subject} → {value or 'anything'}"


def _datatype(ranges: Iterable[str]) -> str:
    return " or ".join(sorted(each.rpartition("#")[2] for each in ranges)) or "text"


def _term_line(term: Term, languages: Sequence[str]) -> str:
    labels = _labels(term.labels, languages)
    return f"`{term.name}` {labels}: {term.definitions.get('en', '')}".rstrip(": ")


def _values(terms: Terms) -> Iterator[str]:
    for key, kind in (
        ("type of a claim", "Claim"), ("authorStance", "Stance"), ("modality", "Modality"),
        ("certainty", "Certainty"), ("polarity", "Polarity"), ("degree", "Degree"),
        ("periodBasis", "PeriodBasis"), ("comparator", "Comparator"),
        ("unit", "Unit"), ("conditionKind", "ConditionKind"),
    ):  # fmt: skip
        if listed := _choices(terms, kind):
            yield f"{key}: {', '.join(listed)}"


def _choices(terms: Terms, kind: str) -> Sequence[str]:
    words = terms.words
    if kind == "Claim":
        kinds = {name for name, above in words.classes.items() if "Claim" in above}
        return sorted(kinds - {"Claim"} - words.follows_only)
    return members(words, kind)
