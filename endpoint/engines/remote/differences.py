"""Where engines differ, and what the app makes of it: the table of endpoint/README.md is made from this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineDifference:
    """One row.

    Attributes:
        what: a feature.
        embedded: how it is with the engine of this machine.
        remote: with any SPARQL 1.1 endpoint, tried with Oxigraph's server.
        virtuoso: with Virtuoso 7.
        test: the test that holds it.
    """

    what: str
    embedded: str
    remote: str
    virtuoso: str
    test: str


_SAME = "the same"

DIFFERENCES: tuple[EngineDifference, ...] = (
    EngineDifference(
        "bare patterns see the default graph only",
        "yes",
        "must be so, else the app does not ask the engine",
        "made so: the default graph is a named one that no query sees",
        "test_answers_are_the_same",
    ),
    EngineDifference(
        "`GRAPH` with a variable, a constant, an empty group; `FROM`; the dataset of the protocol",
        "yes",
        _SAME,
        "made so: queries are rewritten",
        "test_answers_are_the_same",
    ),
    EngineDifference(
        "formats of answers", "all", _SAME + ": written here", _SAME + ": written here", "test_every_format"
    ),
    EngineDifference(
        "pages, linked data, search, reconciliation, exports of graphs",
        "yes",
        _SAME,
        "parts of an entity's page are missing, `/pair` is refused, by the next two rows",
        "test_documents, test_pages, test_names, test_search, test_graphs",
    ),
    EngineDifference(
        "truth values that a query computes and selects",
        "`true`, `false`",
        _SAME,
        "`1`, `0`: its own",
        "test_what_virtuoso_computes_otherwise",
    ),
    EngineDifference(
        "a function of an unbound variable, such as `YEAR(?none)`",
        "unbound (an error of the expression)",
        _SAME,
        "`engine-answer`: it gives the whole query up",
        "test_what_virtuoso_computes_otherwise",
    ),
    EngineDifference(
        "syntax errors with line, column and remedy; updates refused",
        "yes",
        _SAME + ": found here, never sent",
        _SAME + ": found here, never sent",
        "test_mistakes_are_replies",
    ),
    EngineDifference(
        "`SERVICE`",
        "allow-listed",
        "refused: nothing here could bound it",
        "refused: nothing here could bound it",
        "test_service_calls_of_a_remote_engine_cannot_be_allowed",
    ),
    EngineDifference(
        "`REGEX` and `REPLACE`",
        "XPath's dialect",
        "checked here, matched by the engine",
        "checked here, matched by the engine",
        "test_what_an_engine_must_not_see_never_reaches_it",
    ),
    EngineDifference(
        "the default graph asked for by rdflib's name for it",
        "yes",
        "in queries without `GRAPH`",
        "yes",
        "test_the_name_that_rdflib_gives_the_default_graph",
    ),
    EngineDifference(
        "nested groups, operators of a query",
        "as many as a process bears",
        "100 deep, 5,000 words and operators; else `too-complex`",
        "100 deep, 5,000 words and operators; else `too-complex`",
        "test_what_an_engine_must_not_see_never_reaches_it",
    ),
    EngineDifference(
        "an evaluation that is stopped (time, client gone)",
        "ends",
        "its connection is closed; Oxigraph's server goes on evaluating",
        "its connection is closed; Virtuoso notices when it writes",
        "test_a_client_that_leaves_closes_the_call",
    ),
    EngineDifference(
        "memory of one query",
        "`memory`",
        "the engine's own limit",
        "the engine's own limit",
        "python -m tests.benchmarks.bench_remote_wall",
    ),
    EngineDifference(
        "loading",
        "`araxes build`, `araxes load`",
        "`araxes publish`: the dataset at once where the engine takes it",
        "`araxes publish`: graph by graph",
        "test_publishing",
    ),
    EngineDifference(
        "new versions without a gap",
        "yes",
        "where the engine has datasets of several names (`{dataset}`)",
        "no: one dataset; a second server, and the address changed",
        "test_versions_in_datasets_of_their_own",
    ),
)
"""In the order in which a reader meets them."""
