"""Content negotiation, with no server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from araxes.endpoint.sparql.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from araxes.endpoint.sparql.negotiation import choose, parse_accept, weight_of

_TYPES = [media_type for entry in SOLUTION_FORMATS for media_type in entry.media_types]
_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
_OLD_BROWSER = "text/html, application/xhtml+xml, image/jxr, */*"

_JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
_JAVA_21 = "text/html, image/gif, image/jpeg, */*; q=0.2"


@pytest.mark.parametrize(
    ("header", "solutions", "graph"),
    [
        (None, "application/sparql-results+json", "text/turtle"),
        ("", "application/sparql-results+json", "text/turtle"),
        ("*/*", "application/sparql-results+json", "text/turtle"),
        ("text/*", "text/csv", "text/turtle"),
        ("application/*", "application/sparql-results+json", "application/n-triples"),
        (_BROWSER, "text/html", "text/html"),
        ("application/json", "application/json", "application/json"),
        ("application/xml", "application/xml", "application/xml"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values", None),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json", "text/turtle"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml", "text/turtle"),
        ("TEXT/TURTLE; charset=utf-8", None, "text/turtle"),
        ("text/turtle;q=0.9, application/rdf+xml;q=0.9", None, "text/turtle"),
        ("application/rdf+xml, text/turtle;q=0.99", None, "application/rdf+xml"),
        ("image/png", None, None),
        ("*/*;q=0", None, None),
        ("text/csv;q=2", None, None),
        ("text/csv;q=", None, None),
        ("garbage", None, None),
        ("*/csv", None, None),
        ("*;q=0.5", "application/sparql-results+json", "text/turtle"),
        ("*", "application/sparql-results+json", "text/turtle"),
        (_JAVA, "application/sparql-results+json", "text/turtle"),
        (_JAVA_21, "application/sparql-results+json", "text/turtle"),
        (_JAVA + ", text/csv", "text/csv", "text/html"),
        ("text/html, image/gif, image/jpeg", "text/html", "text/html"),
        ("text/csv;q=.5", "text/csv", None),
        ("text/turtle;q=.2, application/rdf+xml;q=.25", None, "application/rdf+xml"),
        ("text/csv;q=.", None, None),
        ("text/csv;q=.1234", "text/csv", None),
        ("text/csv;q=0.99999, text/html;q=0.99998", "text/csv", "text/html"),
        ("text/csv;q=1.00000, text/html;q=0.9999", "text/csv", "text/html"),
        ("text/csv;q=0.00000, */*", "application/sparql-results+json", "text/turtle"),
        ("text/csv;q=1.0001", None, None),
        ("text/csv;q=0.\u0665", None, None),
        (" ,", "application/sparql-results+json", "text/turtle"),
        (",", "application/sparql-results+json", "text/turtle"),
        (",\t, ,", "application/sparql-results+json", "text/turtle"),
        (", ,text/csv,, ,", "text/csv", None),
        (", garbage,", None, None),
        (_OLD_BROWSER, "text/html", "text/html"),
        ('text/turtle;profile="a;q=0"', None, "text/turtle"),
        ('text/turtle;profile="a, text/csv";q=0.5', None, "text/turtle"),
        ('text/turtle;profile="a\\";q=0", text/csv', "text/csv", "text/turtle"),
        ("text/csv;q=0.001", "text/csv", None),
        ("text/html;level=1", "text/html", "text/html"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', None, "application/ld+json"),
    ],
)
def test_choice(header: str | None, solutions: str | None, graph: str | None) -> None:
    for formats, expected in ((SOLUTION_FORMATS, solutions), (GRAPH_FORMATS, graph)):
        found = choose(header, formats)
        assert (found[1] if found else None) == expected


@given(st.text())
def test_no_header_breaks_it(header: str) -> None:
    for entry in parse_accept(header):
        assert 0 <= entry.weight <= 1
    choose(header, SOLUTION_FORMATS)


_WEIGHT = st.integers(0, 1000).map(lambda number: number / 1000)
_RANGES = st.dictionaries(st.sampled_from([*_TYPES, "*/*", "text/*", "application/*"]), _WEIGHT, min_size=1)


@given(_RANGES)
def test_the_chosen_one_has_the_highest_weight(ranges: dict[str, float]) -> None:
    header = ", ".join(f"{name};q={weight:.3f}" for name, weight in ranges.items())
    parsed = parse_accept(header)
    best = max(weight_of(name, parsed) for name in _TYPES)
    found = choose(header, SOLUTION_FORMATS)
    if found is None:
        assert best == 0
    else:
        assert weight_of(found[1], parsed) == best > 0


@given(_RANGES, st.randoms(use_true_random=False))
def test_order_of_the_header_does_not_matter(ranges: dict[str, float], random: object) -> None:
    items = [f"{name};q={weight:.3f}" for name, weight in ranges.items()]
    assert choose(", ".join(items), SOLUTION_FORMATS) == choose(" ,".join(reversed(items)), SOLUTION_FORMATS)


def test_every_format_can_be_had_by_each_of_its_types() -> None:
    for formats in (SOLUTION_FORMATS, GRAPH_FORMATS):
        first = {media_type: entry for entry in reversed(formats) for media_type in entry.media_types}
        for media_type, entry in first.items():
            assert choose(media_type, formats) == (entry, media_type)
