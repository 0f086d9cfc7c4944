"""The answer to a query as part of an HTML page: labels, links of this server, and hints where it is empty.

Written here and not by the web process, since its size is up to whoever asks.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast

import pyoxigraph as ox

from araxes.endpoint.engines.embedded.query_hints import Hint, Quads, query_hints
from araxes.endpoint.engines.jobs import QueryJob, ResultPage
from araxes.endpoint.search.index.names_index import Index
from araxes.endpoint.sparql.local_links import held_link, local_link
from araxes.endpoint.sparql.query_outline import selects_all, variable_order
from araxes.endpoint.sparql.result_tables import EscapingWriter, Term
from araxes.endpoint.sparql.xml_answers import visible
from araxes.ontology.languages import LANGUAGES
from araxes.ontology.namespaces import BASE, XSD, prefixed
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, LABEL, PARAPHRASE
from araxes.triples.labels import in_digits

_NUMBERS = frozenset(
    XSD + kind for kind in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
_IRI = re.compile(r"&lt;(https?://[^&\s]*)&gt;")


@dataclass(frozen=True, slots=True)
class HeldTable:
    """Solutions that were read already.

    Attributes:
        variables: their names.
        rows: the solutions themselves.
    """

    variables: Sequence[ox.Variable]
    rows: Sequence[ox.QuerySolution]

    def __iter__(self) -> Iterator[ox.QuerySolution]:
        """As the engine's solutions do."""
        return iter(self.rows)


Results = ox.QuerySolutions | HeldTable | ox.QueryBoolean | Iterable[ox.Triple]


def write_result(
    results: Results,
    job: QueryJob,
    store: Quads,
    names: Index | None,
    output: IO[bytes],
    labels: Quads | None = None,
) -> None:
    """Write the page of a result.

    Args:
        results: the engine's.
        job: the query, with the page around its result.
        store: that was asked, for labels and hints.
        names: the index of names, for hints.
        output: where the page goes.
        labels: those of the terms in the result, where they are not to be looked up one by one.
    """
    writer = _ResultWriter(job, store, names, output, labels or store)
    output.write(job.page.head.encode())
    if isinstance(results, ox.QuerySolutions | HeldTable):
        writer.table(results)
    elif isinstance(results, ox.QueryBoolean):
        writer.truth(bool(results))
    else:
        writer.graph(results)
    output.write(job.page.tail.encode())


class _ResultWriter:
    """Writes one result."""

    def __init__(
        self, job: QueryJob, store: Quads, names: Index | None, output: IO[bytes], labels: Quads
    ) -> None:
        self._job, self._store, self._names, self._output = job, store, names, output
        self._page = job.page
        self._words = dict(job.page.words)
        self._cells = _Cells(labels, job.page)

    def _write(self, text: str) -> None:
        self._output.write(text.encode("utf-8", "replace"))

    def _said(self, name: str, **given: str | int) -> str:
        """What the page says, numbers in the digits of its language."""
        shown = {
            key: in_digits(str(value), self._page.language) if isinstance(value, int) else value
            for key, value in given.items()
        }
        return self._words.get(name, name).format(**shown)

    def table(self, results: ox.QuerySolutions | HeldTable) -> None:
        """The solutions as a table, its columns in the order of the query."""
        columns = [variable.value for variable in results.variables]
        if selects_all(self._job.query):
            order = {name: place for place, name in enumerate(variable_order(self._job.query))}
            columns.sort(key=lambda name: order.get(name, len(order)))
        solutions = iter(results)
        first = next(solutions, None)
        if first is None:
            self._empty()
            return
        label = html.escape(self._said("table"))
        head = "".join(f'<th scope="col"><bdi>{html.escape(name)}</bdi></th>' for name in columns)
        self._write(f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">')
        self._write(f"<table><thead><tr>{head}</tr></thead><tbody>\n")
        count, most = 0, self._page.rows
        for solution in itertools.chain([first], solutions):
            if most and count == most:
                break
            self._write(f"<tr>{''.join(self._cells.cell(solution[name]) for name in columns)}</tr>\n")
            count += 1
        else:
            most = 0
        said = self._said("first" if most else "row" if count == 1 else "rows", number=count)
        self._write(f'</tbody></table></div>\n<p class="count">{html.escape(said)}</p>')

    def truth(self, value: bool) -> None:
        """The answer to ASK."""
        self._write(
            f'<p class="boolean"><strong>{html.escape(self._said("yes" if value else "no"))}</strong></p>'
        )
        if not value:
            self._hints()

    def graph(self, results: Iterable[ox.Triple]) -> None:
        """Triples as Turtle."""
        triples = iter(results)
        first = next(triples, None)
        if first is None:
            self._empty()
            return
        self._write('<pre class="rdf" dir="ltr" tabindex="0">')
        triples = itertools.chain([first], triples)
        escaped = cast("IO[bytes]", EscapingWriter(self._output))
        ox.serialize(triples, escaped, format=ox.RdfFormat.TURTLE)
        self._write("</pre>")

    def _empty(self) -> None:
        self._write(f'<p class="empty"><strong>{html.escape(self._said("nothing"))}</strong></p>')
        self._hints()

    def _hints(self) -> None:
        """What the writer of the query can look at first."""
        found = query_hints(self._store, self._names, self._job.query, self._page.namespace)
        lines = "".join(f"<li>{self._hint(hint)}</li>\n" for hint in found)
        self._write(f'<ul class="hints">{lines}</ul>')

    def _hint(self, hint: Hint) -> str:
        """A hint, with the IRIs in it as links."""

        def link(found: re.Match[str]) -> str:
            iri = html.unescape(found[1])
            target = html.escape(held_link(iri, self._page.namespace) or "")
            return f'<a href="{target}" dir="ltr">{html.escape(prefixed(iri))}</a>'

        name, given = hint
        text = html.escape(visible(self._said(name, **given)), quote=False)
        code = re.sub(r"`([^`]*)`", r'<code dir="ltr">\1</code>', text)
        return _IRI.sub(link, code)


class _Cells:
    """Terms as cells of a table, every label looked up once."""

    def __init__(self, store: Quads, page: ResultPage) -> None:
        self._store, self._page = store, page
        self._named: dict[str, str] = {}
        self._tags = tuple(dict.fromkeys((page.language, *LANGUAGES)))

    def cell(self, term: Term) -> str:
        """One cell."""
        if term is None:
            return "<td></td>"
        if isinstance(term, ox.NamedNode):
            if term.value not in self._named:
                self._named[term.value] = self._node(term)
            return self._named[term.value]
        if isinstance(term, ox.Literal):
            return f"<td>{self._literal(term)}</td>"
        return f'<td dir="ltr">{html.escape(visible(str(term)))}</td>'

    def _literal(self, term: ox.Literal) -> str:
        text, language = visible(term.value), term.language or ""
        if term.datatype.value in _NUMBERS:
            text = in_digits(text, self._page.language)
        mark = f' lang="{html.escape(language)}"' if language and language != self._page.language else ""
        plain = language or term.datatype.value == XSD + "string"
        title = "" if plain else f' title="{html.escape(prefixed(term.datatype.value))}"'
        return f"<bdi{mark}{title}>{html.escape(text)}</bdi>"

    def _node(self, node: ox.NamedNode) -> str:
        """An IRI: its label if it has one, a claim by its short name with the paraphrase to be pointed at."""
        label, tag = self._text(node, LABEL)
        paraphrase, _ = self._text(node, PARAPHRASE)
        is_claim = bool(paraphrase)
        iri = node.value
        target = (held_link if label or paraphrase else local_link)(iri, self._page.namespace)
        shown = label or (iri.removeprefix(BASE + "claim/") if is_claim else prefixed(iri))
        title = html.escape(visible(paraphrase or (iri if label else "")))
        about = f' title="{title}"' if title else ""
        mark = f' lang="{html.escape(tag)}"' if label and tag and tag != self._page.language else ""
        way = "" if label else ' dir="ltr"'
        text = f"<bdi{mark}{way}>{html.escape(visible(shown))}</bdi>"
        if target:
            away = "" if target.startswith("/") else ' rel="nofollow noreferrer"'
            text = f'<a href="{html.escape(target)}"{about}{away}>{text}</a>'
        return f'<td class="claim">{text}</td>' if is_claim else f"<td>{text}</td>"

    def _text(self, node: ox.NamedNode, predicate: ox.NamedNode) -> tuple[str, str]:
        """A text of a node and its language: that of the page, else the nearest there is."""
        found: list[tuple[int, str, str]] = []
        for quad in self._store.quads_for_pattern(node, predicate, None, DEFAULT_GRAPH):
            if isinstance(quad.object, ox.Literal):
                tag = quad.object.language or ""
                place = self._tags.index(tag) if tag in self._tags else len(self._tags)
                found.append((place, tag, quad.object.value))
        _, tag, text = min(found, default=(0, "", ""))
        return text, tag
