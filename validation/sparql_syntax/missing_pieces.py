"""What a refused query lacks, in words: GROUP BY.

That a selected variable must be grouped (SPARQL 1.1 §11.4) is no matter of grammar, and the
engine's own message names no variable. It is read off the tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

from araxes.validation.sparql_syntax.tokens import Token, tokens

_AGGREGATES = frozenset("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT".split())  # noqa: SIM905 -- readable so
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
# And where aggregates stand instead.
_WITHOUT_AGGREGATES = {"FILTER": "HAVING", "BIND": "selection"}
_CLAUSES = _FORMS | set(_WITHOUT_AGGREGATES) | {"GROUP", "HAVING", "ORDER", "WHERE"}
_AFTER_GROUP = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing, and the offset in the query that shows it."""

    message: str
    offset: int


def missing_group(query: str) -> Lack | None:
    """Variables that a SELECT selects without grouping them, and aggregates where nothing is grouped.

    >>> missing_group("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }").message
    '?s is selected beside an aggregate, but not grouped: add GROUP BY ?s'
    >>> missing_group("ASK { ?s ?p ?o FILTER(COUNT(?o) > 1) }").message
    'COUNT cannot stand in FILTER: aggregates stand in the HAVING of a SELECT, with GROUP BY'
    """
    sequence = list(tokens(query))
    found = _misplaced(sequence)
    for index, token in enumerate(sequence):
        if found is None and token.kind == "word" and token.text.upper() in _FORMS:
            found = _ungrouped(sequence, index)
    return found


def _misplaced(sequence: list[Token]) -> Lack | None:
    """The first aggregate in FILTER or BIND."""
    # Of every group that is open: the clause that is being read, and the query to which it belongs.
    levels: list[tuple[str, int]] = [("", 0)]
    for index, token in enumerate(sequence):
        clause, form = levels[-1]
        if token.text == "{":
            levels.append(("", form))
        elif token.text == "}" and len(levels) > 1:
            levels.pop()
        elif _is_aggregate(sequence, index) and clause in _WITHOUT_AGGREGATES:
            names, _ = _grouped(sequence, _read_selection(sequence, form).end)
            names = names or set(_read_selection(sequence, form).plain) - {"*"}
            group = " ".join(["GROUP BY", *(f"?{name}" for name in sorted(names))])
            place = _WITHOUT_AGGREGATES[clause]
            words = (
                f"{token.text.upper()} cannot stand in {clause}: aggregates stand in the {place} of a SELECT"
            )
            return Lack(f"{words}, with {group}", token.start)
        elif token.kind == "word" and token.text.upper() in _CLAUSES:
            upper = token.text.upper()
            levels[-1] = (upper, index if upper in _FORMS else form)
    return None


@dataclass(frozen=True, slots=True)
class _Selection:
    """What a SELECT selects.

    Attributes:
        plain: variables outside aggregates, and "*"; with their offsets.
        aliases: what AS names.
        aggregate: whether an aggregate is selected.
        end: the token after the clause.
    """

    plain: dict[str, int]
    aliases: set[str]
    aggregate: bool
    end: int


def _read_selection(sequence: list[Token], start: int) -> _Selection:
    """What the SELECT at one token selects; nothing of other forms of query."""
    selected: dict[str, int] = {}
    aliases: set[str] = set()
    at, depth, aggregate, inside = start + 1, 0, False, 0
    if _is_word(sequence[start], "CONSTRUCT"):
        at = _after_braces(sequence, at) if sequence[at : at + 1] and sequence[at].text == "{" else at
    while at < len(sequence) and sequence[at].text != "{" and not _is_word(sequence[at], "WHERE"):
        token = sequence[at]
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "word" and token.text.upper() in _AGGREGATES:
            aggregate, inside = True, inside or depth + 1
        elif inside and depth < inside:
            inside = 0
        if token.kind == "variable":
            if _is_word(sequence[at - 1], "AS"):
                aliases.add(token.text[1:])
            elif not inside:
                selected.setdefault(token.text[1:], token.start)
        elif token.text == "*" and depth == 0 and not aliases and not selected:
            selected["*"] = token.start
        at += 1
    if not _is_word(sequence[start], "SELECT"):
        selected.clear()
    return _Selection(selected, aliases, aggregate, at)


def _ungrouped(sequence: list[Token], start: int) -> Lack | None:
    """What the query at one token does not group."""
    selection = _read_selection(sequence, start)
    grouped, has_group = _grouped(sequence, selection.end)
    outside = _aggregate_behind(sequence, _after_braces(sequence, selection.end))
    if not (selection.aggregate or has_group or outside):
        return None
    if outside is not None and not _is_word(sequence[start], "SELECT"):
        name = outside.text.upper()
        message = f"{name} cannot stand here: aggregates stand in a SELECT, also in one inside the pattern"
        return Lack(message, outside.start)
    names = {
        name: offset for name, offset in selection.plain.items() if name not in grouped | selection.aliases
    }
    if "*" in names:
        beside = "GROUP BY" if has_group else "aggregates"
        return Lack(f"SELECT * cannot stand with {beside}: name what is grouped", names["*"])
    if not names:
        return None
    shown = " ".join(f"?{name}" for name in names)
    verb = "is" if len(names) == 1 else "are"
    beside = "beside an aggregate" if selection.aggregate or not has_group else "with GROUP BY"
    whole = " ".join([*(f"?{name}" for name in sorted(grouped)), shown])
    return Lack(
        f"{shown} {verb} selected {beside}, but not grouped: add GROUP BY {whole}", min(names.values())
    )


def _aggregate_behind(sequence: list[Token], at: int) -> Token | None:
    """The first aggregate in HAVING and ORDER BY, which begin at a token."""
    while at < len(sequence) and sequence[at].text != "}" and not _is_word(sequence[at], "VALUES"):
        if sequence[at].text == "{":
            at = _after_braces(sequence, at)
        elif _is_aggregate(sequence, at):
            return sequence[at]
        else:
            at += 1
    return None


def _is_aggregate(sequence: list[Token], at: int) -> bool:
    """Whether an aggregate is called at a token."""
    token, after = sequence[at], sequence[at + 1 : at + 2]
    return token.kind == "word" and token.text.upper() in _AGGREGATES and bool(after) and after[0].text == "("


def _after_braces(sequence: list[Token], at: int) -> int:
    """The token after the group that begins at or after a token."""
    depth = 0
    while at < len(sequence):
        depth += (sequence[at].text == "{") - (sequence[at].text == "}")
        at += 1
        if depth <= 0 and sequence[at - 1].text == "}":
            break
    return at


def _grouped(sequence: list[Token], at: int) -> tuple[set[str], bool]:
    """The variables after GROUP BY, behind the pattern that begins at or after a token."""
    at = _after_braces(sequence, at)
    names: set[str] = set()
    if not (at < len(sequence) and _is_word(sequence[at], "GROUP")):
        return names, False
    level = 0
    for index in range(at + 1, len(sequence)):
        token = sequence[index]
        if token.text == "}" or (token.kind == "word" and token.text.upper() in _AFTER_GROUP):
            break
        level += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (level == 0 or _is_word(sequence[index - 1], "AS")):
            names.add(token.text[1:])
    return names, True


def _is_word(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.upper() == word
