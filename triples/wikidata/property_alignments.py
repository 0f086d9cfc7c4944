"""The alignments of properties with Wikidata, taken from the SSSOM table into the ontology's alignments.

``mappings/properties.sssom.tsv`` is the only place where such an alignment is decided: strength, evidence
and reason. ``python -m araxes.triples.wikidata.property_alignments`` writes those of the ontology's own
terms to ``wikidata.tsv`` beside the ontology's other alignments, so that its OWL module has them too.

SSSOM speaks of the property's page (``wd:P530``), which has a label and statements of its own. What stands
between two things in Wikidata's RDF is the direct property (``wdt:P530``,
https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Predicates): that is what a property of the
ontology corresponds to, and what a query has in its place.
"""

from __future__ import annotations

import sys

from araxes.ontology.alignments import ALIGNMENT_PREFIXES, WIKIDATA_TABLE
from araxes.ontology.alignments import REPAIR as MODULE_REPAIR
from araxes.ontology.module_files import ALIGNMENTS
from araxes.ontology.namespaces import AX, WIKIDATA, prefixed
from araxes.ontology.whole_files import write_whole
from araxes.triples.wikidata.sssom_tables import MappingRow, read_mappings

REPAIR = "python -m araxes.triples.wikidata.property_alignments"
"""The command that renews the table of the ontology."""


def wikidata_table() -> str:
    """The table of alignments with Wikidata's properties.

    Raises:
        ValueError: a row gives no reason.
    """
    lines = ["subject\tpredicate\tobject\treason"]
    lines += [_line(row) for row in read_mappings().rows() if _joins_properties(row)]
    return "\n".join(lines) + "\n"


def _joins_properties(row: MappingRow) -> bool:
    return row.iri("subject_id").startswith(AX) and row.iri("object_id").startswith(WIKIDATA + "P")


def _line(row: MappingRow) -> str:
    if not row["comment"]:
        raise ValueError(f"{row.path.name}, line {row.line}: say in the column comment why the two match")
    direct = row.iri("object_id").replace(WIKIDATA, ALIGNMENT_PREFIXES["wdt"])
    iris = (row.iri("subject_id"), row.iri("predicate_id"), direct)
    terms = (prefixed(iri, ALIGNMENT_PREFIXES) for iri in iris)
    return "\t".join((*terms, f"“{row['object_label']}”: {row['comment']}"))


if __name__ == "__main__":
    write_whole(ALIGNMENTS / WIKIDATA_TABLE, wikidata_table())
    sys.stdout.write(f"{WIKIDATA_TABLE} renewed; now run `{MODULE_REPAIR}`\n")
