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
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from araxes.ontology.namespaces import AX, BASE, PREFIXES, SH
from araxes.ontology.oxigraph_terms import DEFAULT_GRAPH, RDF_TYPE
from araxes.triples.authoring.findings import SEVERITIES, Finding, told, visible
from araxes.validation.gate.shapes_from_ontology import SHAPES


@dataclass(frozen=True)
class Report:
    """All that a run found, in order of file and line, and what it looked at."""

    findings: tuple[Finding, ...]
    summary: str

    @property
    def conforms(self) -> bool:
        """Whether the data may be published."""
        return all(finding.severity != "violation" for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """Number of findings by severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in SEVERITIES}


def report_of(findings: Iterable[Finding], summary: str) -> Report:
    """A report with its findings in order, each once, without those that only follow from others."""
    ordered = sorted(
        dict.fromkeys(told(findings)),
        key=lambda f: (f.file, f.place.line, SEVERITIES.index(f.severity), str(f)),
    )
    return Report(tuple(ordered), summary)


def _by_file(report: Report) -> Iterable[tuple[str, list[Finding]]]:
    return ((visible(file), list(found)) for file, found in groupby(report.findings, lambda each: each.file))


def _counted(report: Report) -> str:
    parts = [f"{number} {name}{'s' * (number != 1)}" for name, number in report.counts.items() if number]
    return ", ".join(parts) or "nothing found"


def as_text(report: Report) -> str:
    """Blocks for a terminal."""
    lines = []
    for file, findings in _by_file(report):
        lines += ["", file, "─" * len(file)]
        width = len(str(max(finding.place.line for finding in findings)))
        for finding in findings:
            subject = f"[{finding.subject}] " if finding.subject else ""
            mark = "" if finding.severity == "violation" else f"{finding.severity}: "
            said = visible(f"{mark}{subject}{finding.message}")
            lines.append(f"{finding.place.line or '':>{width}}  {said}")
            lines.append(f"{'':>{width}}  → {visible(finding.remedy)}")
    verdict = "may be published" if report.conforms else "must not be published"
    lines += ["", f"{_counted(report)}; {report.summary}: {verdict}"]
    return "\n".join(lines).lstrip("\n") + "\n"


def as_json(report: Report) -> str:
    """One JSON object."""
    findings = [
        {
            "severity": finding.severity,
            "file": visible(finding.file),
            "line": finding.place.line,
            "subject": finding.subject,
            "message": finding.message,
            "remedy": finding.remedy,
            "shape": finding.shape,
            "focus": finding.focus,
            "path": finding.path,
            "value": finding.value,
        }
        for finding in report.findings
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
    root = ox.BlankNode("report")
    quads = [
        ox.Quad(root, RDF_TYPE, _node(SH, "ValidationReport"), DEFAULT_GRAPH),
        ox.Quad(root, _node(SH, "conforms"), ox.Literal(report.conforms), DEFAULT_GRAPH),
    ]
    for number, finding in enumerate(report.findings, start=1):
        result = ox.BlankNode(f"r{number}")
        severity = {"violation": "Violation", "warning": "Warning", "info": "Info"}[finding.severity]
        # The constraint component is the shape's own, or that of the checks outside SHACL.
        parts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            ("focusNode", _focus(finding)),
            ("resultSeverity", _node(SH, severity)),
            ("resultMessage", ox.Literal(str(finding), language="en")),
            ("sourceConstraintComponent", ox.NamedNode(finding.component or SHAPES + "InputCheck")),
        ]
        if finding.path.startswith("http"):
            parts.append(("resultPath", ox.NamedNode(finding.path)))
        if finding.shape.startswith("http"):
            parts.append(("sourceShape", ox.NamedNode(finding.shape)))
        quads.append(ox.Quad(root, _node(SH, "result"), result, DEFAULT_GRAPH))
        quads.append(ox.Quad(result, RDF_TYPE, _node(SH, "ValidationResult"), DEFAULT_GRAPH))
        quads += [ox.Quad(result, _node(SH, name), value, DEFAULT_GRAPH) for name, value in parts]
    prefixes = {"sh": SH, "ax": AX, "claim": PREFIXES["claim"]}
    written = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return (written or b"").decode("utf-8")


def _focus(finding: Finding) -> ox.NamedNode:
    """What was looked at; of an id that makes no IRI what has to be is percent-encoded."""
    try:
        return ox.NamedNode(finding.focus or BASE + finding.subject)
    except ValueError:
        return ox.NamedNode(BASE + quote(finding.subject, safe="/#"))


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
    for file, findings in _by_file(report):
        rows = "\n".join(
            f"<tr><td>{finding.place.line or ''}</td>"
            f'<td class="{finding.severity}">{finding.severity}</td>'
            f"<td><code>{_html(finding.subject)}</code></td>"
            f"<td>{_html(finding.message)}<br>→ {_html(finding.remedy)}</td></tr>"
            for finding in findings
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


def _html(text: str) -> str:
    return html.escape(visible(text))


def as_junit(report: Report) -> str:
    """JUnit XML; a run without findings has one passing case."""
    suites = []
    for file, findings in _by_file(report):
        cases = "\n".join(_case(file, finding) for finding in findings)
        failures = sum(finding.severity == "violation" for finding in findings)
        suites.append(
            f' <testsuite name={quoteattr(file)} tests="{len(findings)}" failures="{failures}">\n'
            f"{cases}\n </testsuite>"
        )
    if not suites:
        suites = [
            ' <testsuite name="araxes" tests="1" failures="0">\n'
            f"  <testcase name={quoteattr(report.summary)}/>\n </testsuite>"
        ]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n' + "\n".join(suites) + "\n</testsuites>\n"


def _case(file: str, finding: Finding) -> str:
    message, body = visible(finding.message), escape(str(finding))
    name = visible(f"{finding.subject or file}:{finding.place.line} {finding.message}")
    inner = (
        f"<failure message={quoteattr(message)}>{body}</failure>"
        if finding.severity == "violation"
        else f"<system-out>{escape(finding.severity)}: {body}</system-out>"
    )
    return f"  <testcase classname={quoteattr(file)} name={quoteattr(name)}>{inner}</testcase>"


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "ttl": as_turtle,
    "html": as_html,
    "junit": as_junit,
}
"""Name of a format → its writer."""
