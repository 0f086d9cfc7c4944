r"""REGEX and REPLACE speak XPath (F&O 3.1 §5.6), whether their arguments are constants or not.

Expected values were taken from the standard; elementpath, an implementation of XPath 3.1 by others,
is set against ours where it follows the standard (it does not for \w, \s, \p{…} with the flag i, and $N
without a group).
"""

from __future__ import annotations

import re
from typing import Any, cast

import elementpath
import pyoxigraph as ox
import pytest
from elementpath.xpath31 import XPath31Parser
from hypothesis import given, settings
from hypothesis import strategies as st

from araxes.endpoint.sparql.regex_calls import FUNCTIONS, RegexCallProblem, translate_calls
from araxes.endpoint.sparql.unicode_blocks import block_range
from tests.endpoint.endpoint_fixtures import Server

_STORE = ox.Store()


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'


def _value(expression: str, values: str = "") -> str | None:
    query = translate_calls(f"SELECT ({expression} AS ?x) {{ {values} }}")
    (row,) = cast("ox.QuerySolutions", _STORE.query(query, custom_functions=FUNCTIONS))
    found = row["x"]
    return None if found is None else str(cast("ox.Literal", found).value)


def _dynamic(function: str, text: str, *arguments: str) -> str | None:
    """The same with arguments that are known only during the evaluation."""
    names = [f"?v{number}" for number in range(len(arguments))]
    row = " ".join(map(_string, arguments))
    return _value(
        f"{function}({_string(text)}, {', '.join(names)})", f"VALUES ({' '.join(names)}) {{ ({row}) }}"
    )


REPLACED = [
    # text, pattern, replacement, flags, value
    ("2020-01", r"(\d+)-(\d+)", "$1year$2month", "", "2020year01month"),
    ("abc", "(b)", "$1_$1", "", "ab_bc"),
    ("abc", "b", r"\$", "", "a$c"),
    ("abc", "b", r"\\", "", r"a\c"),
    ("abc", "b", r"\\\$1", "", r"a\$1c"),
    ("abcdefghijkl", "(a)(b)", "$11", "", "a1cdefghijkl"),
    ("abcdefghijkl", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", "$11-$12-$110", "", "k-a2-k0l"),
    ("abc", "b", "$0$0", "", "abbc"),
    ("abc", "b", "<$00>", "", "a<b>c"),
    ("abc", "b", "$5", "", "ac"),
    ("abc", "(x)?b", "[$1]", "", "a[]c"),
    ("abracadabra", "bra", "*", "", "a*cada*"),
    ("abracadabra", "a.*a", "*", "", "*"),
    ("abracadabra", "a.*?a", "*", "", "*c*bra"),
    ("abracadabra", "a(.)", "a$1$1", "", "abbraccaddabbra"),
    ("AAAA", "A+", "b", "", "b"),
    ("AAAA", "A+?", "b", "", "bbbb"),
    ("darted", "^(.*?)d(.*)$", "$1c$2", "", "carted"),
    ("a.b", ".", "$1", "q", "a$1b"),
    (r"a\b", "\\", r"\\", "q", r"a\\b"),
    ("ABC", "b", "x", "iq", "AxC"),
    ("hello", "[a-z-[aeiou]]", "x", "", "xexxo"),
    ("HELLO", "[a-z-[aeiou]]", "x", "i", "xExxO"),
    ("abcdef", "[^a-c-[f]]", "x", "", "abcxxf"),
    ("abcdef", "[a-f-[b-e-[c]]]", "x", "", "xbxdex"),
    ("a b", "a b", "x", "x", "a b"),
    ("ab", " a\tb\n", "x", "x", "x"),
    ("a b", "a[ ]b", "x", "x", "x"),
    ("a#b", "a#b", "x", "x", "x"),
    ("a\nb", "a.b", "x", "", "a\nb"),
    ("a\rb", "a.b", "x", "", "a\rb"),
    ("a\nb", "a.b", "x", "s", "x"),
    ("a\nb\nc", "^[a-z]$", "x", "m", "x\nx\nx"),
    ("a\nb\nc", "^[a-z]$", "x", "", "a\nb\nc"),
    ("é_b", r"\w", "W", "", "W_W"),
    ("a$b+c", r"\W", "_", "", "a$b+c"),
    ("a\u00a0b c", r"\s", "_", "", "a\u00a0b_c"),
    ("a:b-c d", r"\i\c*", "N", "", "N N"),
    ("-a", r"\I", "_", "", "_a"),
    ("a b", r"\C", "_", "", "a_b"),
    ("سلام abc ﭐ", r"\p{IsArabic}+", "A", "", "A abc ﭐ"),
    ("سلام a", r"[\P{IsArabic}]", "_", "", "سلام__"),
    ("a€", r"\p{IsCurrencySymbols}", "e", "", "ae"),
    ("aXbY", r"\p{Lu}", "_", "i", "a_b_"),
    ("aXbY", r"[\p{Lu}b]", "_", "i", "a___"),
    ("aXbY", r"[^\p{Lu}]", "_", "i", "_X_Y"),
    ("a1۱", r"\d", "n", "", "ann"),
    ("a&&b~", "[a&&~]", "x", "", "xxxbx"),
    ("[a]", r"[\[\]]", "", "", "a"),
    ("a-b", "[a-]", "x", "", "xxb"),
    ("a-b", "[-a]", "x", "", "xxb"),
    ("a^b", "[b^]", "x", "", "axx"),
    ("a/b", r"\/", "x", "", "axb"),
    ("a]b}", "[^a]}|]", "x", "", "axx"),
    ("aaaa", "a{2}", "x", "", "xx"),
    ("aaaa", "a{2,}", "x", "", "x"),
    ("aaaa", "a{1,3}?", "x", "", "xxxx"),
    ("ab", "(?:a)(b)", "$1", "", "b"),
    ("a|b", r"a\|b", "x", "", "x"),
    ("tab\there", r"\t", "_", "", "tab_here"),
    ("", "a", "b", "", ""),
]


@pytest.mark.parametrize(("text", "pattern", "replacement", "flags", "value"), REPLACED)
def test_replace_is_xpaths(text: str, pattern: str, replacement: str, flags: str, value: str) -> None:
    constant = ", ".join(map(_string, (text, pattern, replacement, flags)))
    assert _value(f"REPLACE({constant})") == value
    assert _dynamic("REPLACE", text, pattern, replacement, flags) == value
    if not flags:
        assert _value(f"replace({', '.join(map(_string, (text, pattern, replacement)))})") == value
        assert _dynamic("REPLACE", text, pattern, replacement) == value
    found = _value(f"REGEX({', '.join(map(_string, (text, pattern, flags)))})")
    assert found == _dynamic("REGEX", text, pattern, flags)


REFUSED = [
    # pattern, flags, position in the pattern, words
    (r"(a)\1", "", 4, "no back-references"),
    ("(?=a)a", "", 1, "looking ahead or behind"),
    ("a(?!b)", "", 2, "looking ahead or behind"),
    ("(?<=a)b", "", 1, "looking ahead or behind"),
    ("(?<!a)b", "", 1, "looking ahead or behind"),
    ("(?i)a", "", 1, "use the flag i"),
    ("(?P<n>a)", "", 1, 'no "(?P<'),
    ("(?>a)", "", 1, 'no "(?>'),
    (r"\bword\b", "", 1, r'no escape "\b"'),
    (r"a\B", "", 2, r'no escape "\B"'),
    (r"\Aa", "", 1, "write ^"),
    (r"a\z", "", 2, "write $"),
    (r"\x41", "", 1, r'no escape "\x"'),
    (r"\Qa\E", "", 1, "flag q"),
    (r"\p{Latin}", "", 1, 'no category or block "Latin"'),
    (r"\p{IsNonsense}", "", 1, 'no category or block "IsNonsense"'),
    (r"a\pL", "", 2, "in braces"),
    (r"\p{L", "", 1, "in braces"),
    ("[[:alpha:]]", "", 2, '"[" stands in a class'),
    ("[a-z&&[^b]]", "", 7, '"[" stands in a class'),
    ("[]a]", "", 2, '"]" stands in a class'),
    ("[a", "", 1, "never closed"),
    ("[b-a]", "", 2, "no range"),
    ("[a-c-e]", "", 5, '"-" stands between'),
    (r"[\d-z]", "", 4, '"-" stands between'),
    ("[a-[b]c]", "", 7, "nothing may follow"),
    ("a++", "", 3, "repeats what is repeated"),
    ("a*+", "", 3, "repeats what is repeated"),
    ("a{,2}", "", 2, "no count"),
    ("a{2,1}", "", 2, "greater count"),
    ("{", "", 1, "stands alone"),
    ("*a", "", 1, "follows nothing"),
    ("(a", "", 1, "never closed"),
    ("a)", "", 2, "closes nothing"),
    ("a\\", "", 2, "at the end"),
    ("a^", "m", 2, "with the flag m"),
    (r"[^\p{Lu}a]", "i", 1, "with the flag i"),
    ("a", "g", 1, "no flag"),
    ("a{100000}", "", 1, "too large"),
    ("(" * 200 + ")" * 200, "", 102, "too deeply"),
]


@pytest.mark.parametrize(("pattern", "flags", "place", "words"), REFUSED)
def test_what_cannot_be_said_is_refused(pattern: str, flags: str, place: int, words: str) -> None:
    with pytest.raises(RegexCallProblem) as caught:
        translate_calls(f"ASK {{ FILTER REGEX(?x, {_string(pattern)}, {_string(flags)}) }}")
    assert words in caught.value.message
    assert f"character {place}: " in caught.value.message
    # During the evaluation it is an error of the expression (F&O: FORX0001, FORX0002).
    assert _dynamic("REGEX", "a", pattern, flags) is None


@pytest.mark.parametrize("replacement", ["$$", "$", "a$b", "$x1", r"\n", "\\", r"\1", "a\\"])
def test_wrong_replacements_are_refused(replacement: str) -> None:
    with pytest.raises(RegexCallProblem, match="the replacement"):
        translate_calls(f'SELECT (REPLACE(?x, "b", {_string(replacement)}) AS ?y) {{}}')
    assert _dynamic("REPLACE", "abc", "b", replacement) is None
    assert _value(f'REPLACE("abc", "b", {_string(replacement)}, "q")') == f"a{replacement}c"


@pytest.mark.parametrize("pattern", ["a*", "a?", "", "a|", "(a*)+", "^", "x{0,3}", "(?:)"])
def test_patterns_that_match_nothing_replace_nothing(pattern: str) -> None:
    with pytest.raises(RegexCallProblem, match="empty string"):
        translate_calls(f'SELECT (REPLACE(?x, {_string(pattern)}, "b") AS ?y) {{}}')
    assert _dynamic("REPLACE", "abc", pattern, "x") is None


def test_the_problem_says_where(server: Server) -> None:
    problem = server.post('SELECT * {\n  ?s ?p ?o FILTER REGEX(?o, "\\u0061\\\\b")\n}').json()
    assert (problem["status"], problem["code"]) == (400, "regex")
    assert (problem["line"], problem["column"]) == (2, 36)
    assert 'the regular expression "a\\b", character 2' in problem["detail"]
    assert "write (^|\\W)" in problem["detail"]


def test_a_query_is_what_it_was_for_errors_and_tags(server: Server) -> None:
    broken = server.post('SELECT (REPLACE("a","(a)","$1x$1x$1x") AS ?x) { ?s ?p ?o ] }').json()
    assert (broken["code"], broken["column"]) == ("syntax", 58)
    query = r'SELECT (REPLACE("2020-01","(\\d+)-(\\d+)","$1year$2month") AS ?x) {}'
    right = server.query(query, "text/csv")
    assert right.text.split() == ["x", "2020year01month"]
    assert right.headers["ETag"]


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ('SELECT ?x { BIND("b" AS ?p)BINDREGEX }', None),
        ('SELECT ("x" AS ?x) { FILTERREGEX("a_b", "^a\\\\Wb$") }', "x"),
        ("SELECT (REPLACE('''a'b''', '''(')''', '''$1$1''') AS ?x) {}", "a''b"),
        ('SELECT (REPLACE("abc", REPLACE("(x)", "x", "b"), "$1y") AS ?x) {}', "abyc"),
        ('SELECT (REPLACE(REPLACE("abc", "(b)", "$1y"), "(y)", "$1z") AS ?x) {}', "abyzc"),
        ('SELECT (REPLACE("abc", "(b)", REPLACE("$1q", "q", "y")) AS ?x) {}', "abyc"),
        ('SELECT (REPLACE("abc", CONCAT("(", "b)"), "$1y", LCASE("I")) AS ?x) {}', "abyc"),
        ('SELECT (REPLACE("abc", "(b)", "$1y", LCASE("I")) AS ?x) {}', "abyc"),
        ('SELECT (REPLACE("abc", "b"^^<http://www.w3.org/2001/XMLSchema#string>, "$0y") AS ?x) {}', "abyc"),
        ('SELECT (REPLACE("abc"@en, "(b)", "$1y") AS ?x) {}', "abyc"),
        ('SELECT ("REPLACE(1,\\"(\\",\\"$$\\")" AS ?x) {} # REGEX(1,"(")', 'REPLACE(1,"(","$$")'),
        ('SELECT (IF(REGEX("a","b"),REPLACE("a","a","\\\\$"),REPLACE("a","(a)","$1b")) AS ?x) {}', "ab"),
    ],
)
def test_calls_are_found_wherever_they_stand(query: str, value: str | None) -> None:
    text = translate_calls(query)
    try:
        rows = list(cast("ox.QuerySolutions", _STORE.query(text, custom_functions=FUNCTIONS)))
    except SyntaxError:
        assert value is None
        return
    assert str(cast("ox.Literal", rows[0]["x"]).value) == value


@pytest.mark.parametrize("service", ["SERVICE <http://h/>", "service silent <http://h/>", "trueSERVICE ?e"])
def test_what_others_evaluate_goes_to_them_as_it_is(service: str) -> None:
    """Behind SERVICE stands another engine, which knows its own dialect."""
    inside = '{ ?s ?p ?o FILTER(REGEX(?o, "\\\\bx")) { BIND(REPLACE(?o, "(a)", "$1b") AS ?r) } }'
    outside = 'FILTER(REGEX(?r, "\\\\w"))'
    found = translate_calls(f"SELECT * {{ {service} {inside} {outside} {service} {inside} }}")
    assert found.count(inside) == 2
    assert outside not in found


def test_a_pattern_computed_twice_is_refused() -> None:
    """Nested in each other such calls would double with each level."""
    with pytest.raises(RegexCallProblem, match="bind the pattern"):
        translate_calls("SELECT (REPLACE(?a, REPLACE(?b, ?c, ?d), ?e) AS ?x) {}")


def test_blocks_are_those_of_the_standard() -> None:
    assert block_range("Arabic") == (0x600, 0x6FF)
    assert block_range("Greek") == block_range("GreekandCoptic") == (0x370, 0x3FF)
    assert block_range("PrivateUse") == (0xE000, 0xF8FF)
    assert block_range("HighSurrogates") is None


_PARTS = r"""a b B 1 . ^ $ | ( ) (?: [ ] [^ - a-c -[b] * + ? {2} {1,2} \d \. \[ \n \$ \p{Ll} \P{L} (a) [a-c]
[a-z-[b]]"""
_ODD = re.compile(r"\\p|\\P")


@settings(deadline=None)  # a busy machine is no fault of the translation
@given(
    st.lists(st.sampled_from([*_PARTS.split(), " ", "\n"]), max_size=7).map("".join),
    st.text(alphabet=st.sampled_from("abBc1.- $\n["), max_size=8),
    st.sets(st.sampled_from("smix")).map("".join),
    st.lists(st.sampled_from(["$0", "x", "\\$", "\\\\", "y1"]), max_size=3).map("".join),
)
def test_others_who_speak_xpath_agree(pattern: str, text: str, flags: str, replacement: str) -> None:
    """What is not refused has the value that elementpath gives it, where that gives one."""
    if _ODD.search(pattern) and "i" in flags:
        return
    for function, arguments in (("REGEX", (pattern, flags)), ("REPLACE", (pattern, replacement, flags))):
        try:
            ours = _value(f"{function}({', '.join(map(_string, (text, *arguments)))})")
        except RegexCallProblem:
            assert _dynamic(function, text, *arguments) is None
            continue
        assert _dynamic(function, text, *arguments) == ours
        if function == "REPLACE" and "\\\\$" in replacement:
            continue  # elementpath 5 takes `\\$0`, an escaped backslash and the match, for an escaped `$`
        theirs = _theirs("matches" if function == "REGEX" else "replace", text, *arguments)
        assert theirs in (None, ours), (function, arguments, ours, theirs)


def _theirs(function: str, *arguments: str) -> str | None:
    quoted = ", ".join('"' + argument.replace('"', '""') + '"' for argument in arguments)
    try:
        found: Any = elementpath.select(None, f"{function}({quoted})", parser=XPath31Parser, item=1)
    except (elementpath.ElementPathError, re.error):
        return None
    return str(found).lower() if isinstance(found, bool) else str(found)
