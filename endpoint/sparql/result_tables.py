"""Answers as HTML and as plain text tables, written as a stream."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import IO

import pyoxigraph as ox

from araxes.endpoint.sparql.xml_answers import visible

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


class EscapingWriter:
    """A binary file that escapes what is written for HTML text."""

    def __init__(self, output: IO[bytes]) -> None:
        """Write to ``output``."""
        self._output = output

    def write(self, data: bytes) -> int:
        """Escape and pass on; returns the number of bytes taken."""
        taken = bytes(data)
        self._output.write(taken.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;"))
        return len(taken)

    def flush(self) -> None:
        """Flush the file below."""
        self._output.flush()


def term_html(term: Term) -> str:
    """A term for people: IRIs as links if they are web addresses, literals with language and direction.

    Characters that HTML cannot hold are shown by their numbers.

    >>> term_html(ox.Literal("<b>", language="fa"))
    '<span lang="fa" dir="auto">&lt;b&gt;</span>'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        shown = html.escape(term.value)
        # Other schemes, javascript: above all, must not become links.
        if term.value.lower().startswith(("http://", "https://")):
            return f'<a href="{shown}" rel="nofollow noreferrer" dir="ltr">{shown}</a>'
        return f'<span dir="ltr">{shown}</span>'
    if isinstance(term, ox.Literal):
        text = html.escape(visible(term.value))
        if term.language:
            return f'<span lang="{html.escape(term.language)}" dir="auto">{text}</span>'
        datatype = html.escape(term.datatype.value)
        return f'<span dir="auto" title="{datatype}">{text}</span>'
    return html.escape(visible(str(term)))


def write_table(results: ox.QuerySolutions, output: IO[bytes]) -> None:
    """All solutions as an HTML table."""
    names = [variable.value for variable in results.variables]
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names)
    output.write(f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n'.encode())
    count = 0
    for solution in results:
        cells = "".join(f"<td>{term_html(solution[name])}</td>" for name in names)
        output.write(f"<tr>{cells}</tr>\n".encode())
        count += 1
    output.write(f'</tbody></table></div><p class="count">{count:,} solutions</p>'.encode())


def write_boolean(value: bool, output: IO[bytes]) -> None:
    """The answer of an ASK query as HTML."""
    output.write(f'<p class="boolean">{"true" if value else "false"}</p>'.encode())


def plain(term: Term) -> str:
    """A term for a terminal: no quotes, no control characters.

    >>> plain(ox.Literal("a\\nb")), plain(ox.NamedNode("http://e/x"))
    ('a b', 'http://e/x')
    """
    if term is None:
        return ""
    text = str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value
    return "".join(character if character.isprintable() else " " for character in text)


def text_table(names: Sequence[str], rows: Iterable[Sequence[str]], widest: int = 60) -> Iterable[str]:
    """Lines of a table with aligned columns; cells are cut at ``widest`` characters with an ellipsis."""
    cut = [[cell if len(cell) <= widest else cell[: widest - 1] + "…" for cell in row] for row in rows]
    widths = [max([len(name), *(len(row[index]) for row in cut)]) for index, name in enumerate(names)]
    yield "  ".join(name.ljust(width) for name, width in zip(names, widths, strict=True)).rstrip()
    yield "  ".join("─" * width for width in widths)
    for row in cut:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
