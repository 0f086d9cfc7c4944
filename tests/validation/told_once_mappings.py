"""Mistakes in tables of mappings, each with the place and the words of the one finding that it makes."""

from __future__ import annotations

from tests.validation.told_once_cases import Change, added, cut, replace

TABLE = "entities.sssom.tsv"
MAPPINGS: dict[str, tuple[Change, tuple[str, str], str]] = {
    **{
        f"{verb} {part}": (replace(name, f"araxes:{old}\t", f"araxes:{part}\t"), (name, part), words)
        for verb, name, old in (("mapping", TABLE, "state/gamma"), ("name", "names.tsv", "source/test"))
        for part, words in {
            "source/test#author": "`author:`",
            "source/test#text": "name the source, araxes:source/test",
            "source/test#reading-1": "name the curator",
            "source/test#nothing": "is a part of a source",
            "claim/test/001": "is a claim",
            "claim/test/999": "is a claim",
            "state/gama": "did you mean",
        }.items()
    },
    "prefix that is no IRI": (
        replace(TABLE, "wd: http://www.wikidata.org/entity/", "wd: wikidata"),
        (TABLE, "wd: "),
        "is no IRI",
    ),
    "prefix of pages": (
        replace(TABLE, "wd: http://www.wikidata.org/entity/", "wd: http://www.wikidata.org/wiki/"),
        (TABLE, "wd: "),
        "write http://www.wikidata.org/entity/",
    ),
    "prefix of another place": (
        replace(TABLE, "araxes: https://w3id.org/araxes/", "araxes: https://example.org/"),
        (TABLE, "araxes: "),
        "not for",
    ),
    **{
        f"no prefix {prefix}": (cut(TABLE, f"#  {prefix}:", "\n#", "#"), (TABLE, "curie_map"), f"'{prefix}'")
        for prefix in ("araxes", "wd", "skos", "semapv")
    },
    "relation of another vocabulary": (
        replace(TABLE, "skos:exactMatch", "owl:sameAs", -1),
        (TABLE, "owl:sameAs"),
        "use a SKOS match: skos:exactMatch, skos:closeMatch",
    ),
    "misspelt prefix of one row": (replace(TABLE, "wd:Q2", "wdd:Q2"), (TABLE, "wdd:"), "did you mean 'wd'"),
    "misspelt prefix of all rows": (
        replace(TABLE, "\twd:Q", "\twdd:Q", -1),
        (TABLE, "curie_map"),
        "3 rows have it",
    ),
    "text for prefixes": (
        cut(TABLE, "#curie_map:", "#sssom_version", "#title: x\n#curie_map: hello\n"),
        (TABLE, "hello"),
        "'hello'",
    ),
    "list for prefixes": (
        cut(TABLE, "#curie_map:", "#sssom_version", "#title: x\n#curie_map: [wd]\n"),
        (TABLE, "[wd]"),
        "no mapping",
    ),
    "empty prefixes": (
        cut(TABLE, "#curie_map:", "#sssom_version", "#title: x\n#curie_map: {}\n"),
        (TABLE, "curie_map"),
        "is empty",
    ),
    "prefixes without a value": (
        cut(TABLE, "#curie_map:", "#sssom_version", "#title: x\n#curie_map:\n"),
        (TABLE, "curie_map"),
        "is empty",
    ),
    "no prefixes": (replace(TABLE, "#curie_map", "#curies"), (TABLE, "#"), "have no curie_map"),
    "broken metadata": (replace(TABLE, "#license: ", "#license: : "), (TABLE, "#license"), "malformed"),
    "no metadata": (cut(TABLE, "#curie_map:", "subject_id"), (TABLE, "subject_id"), "has no metadata"),
    "subject in full": (
        replace(TABLE, "araxes:state/gamma\t", "https://w3id.org/araxes/state/gamma\t"),
        (TABLE, "https://w3id.org/araxes/state/gamma"),
        "write araxes:state/gamma",
    ),
    "objects in full": (
        replace(TABLE, "\twd:Q", "\thttp://www.wikidata.org/entity/Q", -1),
        (TABLE, "http://www.wikidata.org/entity/Q1"),
        "write wd:Q1",
    ),
    "subject without a prefix": (
        replace(TABLE, "araxes:state/gamma\t", "state/gamma\t"),
        (TABLE, "state/gamma\t"),
        "write araxes:",
    ),
    "no subject": (replace(TABLE, "araxes:state/gamma\tGamma", "\tGamma"), (TABLE, "\tGamma"), "is empty"),
    "mapper that left": (
        replace(TABLE, "araxes:curator/tester\t", "araxes:curator/nobody\t", -1),
        (TABLE, "nobody\t"),
        "also in line",
    ),
    "object of no dataset": (
        replace(TABLE, "\twd:Q", "\tsemapv:Q", -1),
        (TABLE, "semapv:Q1"),
        "no dataset known here",
    ),
    "name with an unknown prefix": (
        replace("names.tsv", "araxes:source", "arax:source"),
        ("names.tsv", "arax:"),
        "did you mean 'araxes'",
    ),
    "name of a term": (
        replace("names.tsv", "araxes:source/test", "ax:aids"),
        ("names.tsv", "ax:"),
        "is no entity",
    ),
    "code with an unknown prefix": (
        added("codes.tsv", "wdd:Q1\tax:cowCode\t7\tfile\n"),
        ("codes.tsv", "wdd"),
        "did you mean 'wd'",
    ),
    "code of an unknown kind": (
        added("codes.tsv", "wd:Q1\tax:cowcode\t7\tfile\n"),
        ("codes.tsv", "cowcode"),
        "did you mean 'cowCode'",
    ),
    "code that is blank": (
        added("codes.tsv", "wd:Q9\tax:cowCode\t\tfile\n"),
        ("codes.tsv", "Q9"),
        "is missing",
    ),
}
"""Mistakes in tables of mappings, names and codes."""
