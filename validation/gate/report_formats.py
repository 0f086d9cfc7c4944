"""What validation found, for people and machines: text, JSON, Turtle (SHACL), HTML, JUnit XML.

=======  =====================================================================================
text     one block for each file, findings in order of line, then a count
json     one object: ``conforms``, ``counts`` and a list ``findings``
ttl      a SHACL validation report (https://www.w3.org/TR/shacl/#validation-report)
html     one page that needs no other file and no script
junit    JUnit XML, one suite for each file, a failure for each violation
=======  =====================================================================================
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, PREFIXES, RDF, SH
from araxes.triples.authoring.problems import Problem, shown
from araxes.validation.gate.shacl import Finding
from araxes.validation.gate.shapes_from_ontology import SHAPES

SEVERITIES = ("violation", "warning", "info")
"""Severities, the gravest first; only violations stop publication."""


@dataclass(frozen=True)
class Entry:
    """One thing found.

    Attributes:
        severity: one of :data:`SEVERITIES`.
        problem: file, line, claim, message and remedy.
        finding: the shape's result; none where the file itself could not be read as it should.
    """

    severity: str
    problem: Problem
    finding: Finding | None = None

    @property
    def file(self) -> str:
        """The file, as a user in this folder would type it."""
        return shown(self.problem.path)


@dataclass(frozen=True)
class Report:
    """All that a run found, in order of file and line, and what it looked at."""

    entries: tuple[Entry, ...]
    summary: str

    @property
    def conforms(self) -> bool:
        """Whether the data may be published."""
        return all(entry.severity != "violation" for entry in self.entries)

    @property
    def counts(self) -> dict[str, int]:
        """Number of findings by severity."""
        counted = Counter(entry.severity for entry in self.entries)
        return {severity: counted[severity] for severity in SEVERITIES}


def report_of(entries: Iterable[Entry], summary: str) -> Report:
    """A report with its findings in order, each once."""
    once = dict.fromkeys(entries)
    ordered = sorted(
        once, key=lambda e: (e.file, e.problem.line, SEVERITIES.index(e.severity), str(e.problem))
    )
    return Report(tuple(ordered), summary)


def _by_file(report: Report) -> Iterable[tuple[str, list[Entry]]]:
    return ((file, list(entries)) for file, entries in groupby(report.entries, lambda entry: entry.file))


def _counted(report: Report) -> str:
    parts = [f"{number} {name}{'s' * (number != 1)}" for name, number in report.counts.items() if number]
    return ", ".join(parts) or "nothing found"


def as_text(report: Report) -> str:
    """Blocks for a terminal."""
    lines = []
    for file, entries in _by_file(report):
        lines += ["", file, "─" * len(file)]
        width = len(str(max(entry.problem.line for entry in entries)))
        for entry in entries:
            problem = entry.problem
            subject = f"[{problem.subject}] " if problem.subject else ""
            mark = "" if entry.severity == "violation" else f"{entry.severity}: "
            lines.append(f"{problem.line or '':>{width}}  {mark}{subject}{problem.message}")
            lines.append(f"{'':>{width}}  → {problem.remedy}")
    verdict = "may be published" if report.conforms else "must not be published"
    lines += ["", f"{_counted(report)}; {report.summary}: {verdict}"]
    return "\n".join(lines).lstrip("\n") + "\n"


def as_json(report: Report) -> str:
    """One JSON object."""
    findings = [
        {
            "severity": entry.severity,
            "file": entry.file,
            "line": entry.problem.line,
            "subject": entry.problem.subject,
            "message": entry.problem.message,
            "remedy": entry.problem.remedy,
            "shape": entry.finding.shape if entry.finding else "",
            "focus": entry.finding.focus if entry.finding else "",
            "path": entry.finding.path if entry.finding else "",
            "value": entry.finding.value if entry.finding else "",
        }
        for entry in report.entries
    ]
    whole = {
        "conforms": report.conforms,
        "summary": report.summary,
        "counts": report.counts,
        "findings": findings,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def as_turtle(report: Report) -> str:
    """A SHACL validation report; file and line are in the result message."""
    root, default = ox.BlankNode("report"), ox.DefaultGraph()
    quads = [
        ox.Quad(root, _node(RDF, "type"), _node(SH, "ValidationReport"), default),
        ox.Quad(root, _node(SH, "conforms"), ox.Literal(report.conforms), default),
    ]
    for number, entry in enumerate(report.entries, start=1):
        result = ox.BlankNode(f"r{number}")
        severity = {"violation": "Violation", "warning": "Warning", "info": "Info"}[entry.severity]
        finding = entry.finding
        focus = finding.focus if finding and finding.focus else BASE + entry.problem.subject
        parts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            ("focusNode", ox.NamedNode(focus)),
            ("resultSeverity", _node(SH, severity)),
            ("resultMessage", ox.Literal(str(entry.problem), language="en")),
            ("sourceConstraintComponent", ox.NamedNode(_component(finding))),
        ]
        if finding and finding.path.startswith("http"):
            parts.append(("resultPath", ox.NamedNode(finding.path)))
        if finding and finding.shape.startswith("http"):
            parts.append(("sourceShape", ox.NamedNode(finding.shape)))
        quads.append(ox.Quad(root, _node(SH, "result"), result, default))
        quads.append(ox.Quad(result, _node(RDF, "type"), _node(SH, "ValidationResult"), default))
        quads += [ox.Quad(result, _node(SH, name), value, default) for name, value in parts]
    prefixes = {"sh": SH, "ax": AX, "claim": PREFIXES["claim"]}
    written = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return (written or b"").decode("utf-8")


def _component(finding: Finding | None) -> str:
    """The constraint component: the shape's own, or that of the checks outside SHACL."""
    return finding.component if finding and finding.component else SHAPES + "InputCheck"


def _node(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + name)


_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem;
       color: #222; background: #fff }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #ccc; padding: .35rem .5rem; text-align: start; vertical-align: top }
td:first-child { text-align: end; white-space: nowrap }
.violation { color: #a00000 } .warning { color: #7a5000 } .info { color: #005080 }
code { overflow-wrap: anywhere }
"""


def as_html(report: Report) -> str:
    """One page for a browser."""
    parts = []
    for file, entries in _by_file(report):
        rows = "\n".join(
            f"<tr><td>{entry.problem.line or ''}</td>"
            f'<td class="{entry.severity}">{entry.severity}</td>'
            f"<td><code>{html.escape(entry.problem.subject)}</code></td>"
            f"<td>{html.escape(entry.problem.message)}<br>→ {html.escape(entry.problem.remedy)}</td></tr>"
            for entry in entries
        )
        head = "".join(
            f'<th scope="col">{name}</th>' for name in ("Line", "Severity", "Record", "What and remedy")
        )
        parts.append(
            f"<h2>{html.escape(file)}</h2>\n<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
        )
    verdict = "May be published" if report.conforms else "Must not be published"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Araxes: validation</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{verdict}</h1>\n"
        f"<p>{html.escape(_counted(report))}; {html.escape(report.summary)}.</p>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def as_junit(report: Report) -> str:
    """JUnit XML; a run without findings has one passing case."""
    suites = []
    for file, entries in _by_file(report):
        cases = []
        for entry in entries:
            problem = entry.problem
            name = f"{problem.subject or file}:{problem.line} {problem.message}"
            body = f"{escape(str(problem))}"
            inner = (
                f"<failure message={quoteattr(problem.message)}>{body}</failure>"
                if entry.severity == "violation"
                else f"<system-out>{escape(entry.severity)}: {body}</system-out>"
            )
            cases.append(f"  <testcase classname={quoteattr(file)} name={quoteattr(name)}>{inner}</testcase>")
        failures = sum(entry.severity == "violation" for entry in entries)
        suites.append(
            f' <testsuite name={quoteattr(file)} tests="{len(entries)}" failures="{failures}">\n'
            + "\n".join(cases)
            + "\n </testsuite>"
        )
    if not suites:
        suites = [
            ' <testsuite name="araxes" tests="1" failures="0">\n'
            f"  <testcase name={quoteattr(report.summary)}/>\n </testsuite>"
        ]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n' + "\n".join(suites) + "\n</testsuites>\n"


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "ttl": as_turtle,
    "html": as_html,
    "junit": as_junit,
}
"""Name of a format → its writer."""
