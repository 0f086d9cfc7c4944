"""What every engine answers alike: queries over the small dataset, and the rows that are right."""

from __future__ import annotations

from dataclasses import dataclass

from tests.endpoint.endpoint_fixtures import NAMESPACE

CLAIM = NAMESPACE + "claim/s/1"
IRAN = NAMESPACE + "state/iran"
AX = NAMESPACE + "ontology/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


@dataclass(frozen=True)
class Case:
    """A query, and its rows as sorted CSV lines without the head; ``None``: only their number is told."""

    name: str
    query: str
    rows: tuple[str, ...]


PREFIXES = f"PREFIX ax: <{AX}> PREFIX rdfs: <{RDFS}> PREFIX k: <http://kasei.us/> "

CASES = (
    Case("bare patterns see the default graph alone", "SELECT ?o { <http://kasei.us/data1> a ?o }", ()),
    Case(
        "a variable of GRAPH runs over the named graphs",
        "SELECT ?g { GRAPH ?g { ?s ?p ?o } }",
        tuple(sorted([CLAIM, *(f"http://kasei.us/data{number}" for number in (1, 2, 3))])),
    ),
    Case(
        "an empty group lists them once",
        "SELECT ?g { GRAPH ?g {} }",
        tuple(sorted([CLAIM, *(f"http://kasei.us/data{number}" for number in (1, 2, 3))])),
    ),
    Case(
        "a constant graph is seen",
        f"SELECT * {{ GRAPH <{CLAIM}> {{ ?s ax:recognizes ?o }} }}",
        (f"{NAMESPACE}state/azerbaijan,{IRAN}",),
    ),
    Case(
        "a prefixed constant is seen", "SELECT ?s { GRAPH k:data1 { ?s a ?o } }", ("http://kasei.us/data1",)
    ),
    Case(
        "a claim's graph is joined with what is said of it",
        "SELECT ?claim ?holder { GRAPH ?claim { ?s ax:recognizes ?o } ?claim ax:holder/rdfs:label ?holder }",
        (f"{CLAIM},An Author",),
    ),
    Case(
        "a constant and a variable graph in one query",
        f"SELECT * {{ GRAPH <{CLAIM}> {{ <{IRAN}> ax:recognizes ?o }} GRAPH ?g {{ k:data1 a ?t }} }}",
        (f"http://kasei.us/data1,{NAMESPACE}state/azerbaijan,http://example.org/Data",),
    ),
    Case(
        "an optional graph",
        f"SELECT ?l ?g {{ <{IRAN}> rdfs:label ?l OPTIONAL {{ GRAPH ?g {{ ?x rdfs:label ?l }} }} }}",
        ("Iran,", "ایران,"),
    ),
    Case(
        "a graph within EXISTS",
        "SELECT ?c { ?c a ax:FactualClaim FILTER EXISTS { GRAPH ?c { ?s ax:recognizes ?o } } }",
        (CLAIM,),
    ),
    Case("FROM is the default graph", "SELECT ?s FROM k:data2 { ?s ?p ?o }", ("http://kasei.us/data2",)),
    Case(
        "FROM NAMED alone leaves the default graph empty",
        "SELECT ?s ?g FROM NAMED k:data2 { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
        ("http://kasei.us/data2,http://kasei.us/data2",),
    ),
    Case("languages", f'SELECT ?l {{ <{IRAN}> rdfs:label ?l FILTER (LANG(?l) = "fa") }}', ("ایران",)),
    Case(
        "markup in literals",
        'SELECT ?l { ?s rdfs:label ?l FILTER (CONTAINS(?l, "<")) }',
        ("<script>alert(1)</script>",),
    ),
    Case(
        "a path through blank nodes",
        f"SELECT ?n {{ <{CLAIM}> ax:passage/ax:start ?n }}",
        ("1",),
    ),
    Case("counting", "SELECT (COUNT(*) AS ?n) { ?a <http://example.org/next> ?b }", ("1000",)),
    Case(
        "grouping, ordering and cutting",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o FILTER (STRSTARTS(STR(?p), 'http://example.org/')) } "
        "GROUP BY ?p ORDER BY DESC(?n) ?p LIMIT 1",
        ("http://example.org/next,1000",),
    ),
    Case(
        "a subquery",
        "SELECT ?b { { SELECT ?a { ?a a ax:State } ORDER BY ?a LIMIT 1 } ?a rdfs:label ?b }",
        ("Azerbaijan",),
    ),
    Case("values", "SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) (2 3) } }", ("1,", "2,3")),
    Case(
        "minus",
        "SELECT ?s { ?s a ax:State MINUS { ?s rdfs:label 'Iran'@en } }",
        (f"{NAMESPACE}state/azerbaijan",),
    ),
)

GRAPHS = (
    (f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{CLAIM}> {{ ?s ?p ?o }} }}", 1),
    ("CONSTRUCT { ?a <a:p> ?b } { ?a <http://example.org/next> ?b }", 1000),
)
"""CONSTRUCT queries and the number of their triples."""
