"""Corpora of one's own: above the shipped one or instead of it, in one language or another, by every verb."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner, Result

from araxes.endpoint.cli.main import VERBS, main
from araxes.ontology.errors import InputError
from araxes.ontology.namespaces import AX, OA, RDF, RDFS
from araxes.triples.authoring.corpus import read_layers
from araxes.triples.authoring.corpus_layers import (
    SHIPPED,
    layers_of,
    read_corpus_folder,
    shipped_corpus,
)
from araxes.triples.derived.digests import CONTENT_DIGEST
from araxes.triples.stores.versioned_store import current

CORPORA = Path(__file__).parent.parent / "corpora"
BUILT = shutil.ignore_patterns(".araxes")
LOW = "https://example.net/lowlands/"
HIGH = "https://example.org/highlands/"


def run(*arguments: str | Path) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def lowlands(tmp_path: Path) -> Path:
    """A copy of the corpus that stands by itself, in English and Armenian."""
    return Path(shutil.copytree(CORPORA / "lowlands", tmp_path / "lowlands", ignore=BUILT))


def above(folder: Path, name: str, entities: list[object], languages: str = '["en"]') -> Path:
    """A corpus with a few entities and no source."""
    (folder / name / "entities").mkdir(parents=True)
    space = f"https://example.org/{name}/"
    (folder / name / "corpus.toml").write_text(
        f'name = "{name}"\nnamespace = "{space}"\nlanguages = {languages}\n', "utf-8"
    )
    text = yaml.safe_dump(entities, allow_unicode=True, sort_keys=False)
    (folder / name / "entities" / "own.yaml").write_text(text, "utf-8")
    return folder / name


def refinement(**more: object) -> dict[str, object]:
    """What a corpus may add to a state of the lowlands."""
    return {"refines": "lowlands:state/upper-vale", "altLabel": {"en": ["Overdale"]}, **more}


def exported(store: Path) -> ox.Dataset:
    """What a store holds."""
    return ox.Dataset(ox.Store.read_only(str(current(store).path)))


def build(*arguments: str | Path) -> ox.Dataset:
    """What `araxes build` publishes of corpora."""
    done = run("build", "--without-shipped", *arguments)
    assert done.exit_code == 0, done.output
    named = [Path(str(each)) for each in arguments if str(each) != "--corpus"]
    return exported(named[-1] / ".araxes" / "store")


def digests(dataset: ox.Dataset) -> dict[str, str]:
    """Content digests by IRI."""
    found = (quad for quad in dataset if quad.predicate == CONTENT_DIGEST)
    return {str(quad.subject).strip("<>"): str(quad.object) for quad in found}


def test_the_shipped_corpus_is_a_corpus_like_any_other() -> None:
    corpus = shipped_corpus()
    assert corpus.root == SHIPPED
    assert corpus.languages == ("en", "fa")
    assert layers_of([SHIPPED]) == layers_of()
    assert not corpus.curators or {*corpus.curators} <= {
        each.id for each in read_layers(layers_of()).entities
    }


WRONG: dict[str, tuple[str, str]] = {
    "no name": ('namespace = "https://example.org/x/"\nlanguages = ["en"]', "name is missing"),
    "misspelt key": ('nmae = "x"\nnamespace = "https://e.org/"\nlanguages = ["en"]', "did you mean 'name'?"),
    "no slash": ('name = "x"\nnamespace = "https://example.org/x"\nlanguages = ["en"]', "toml:2: namespace"),
    "ours": (
        'name = "x"\nnamespace = "https://w3id.org/araxes/x/"\nlanguages = ["en"]',
        "on a domain of yours",
    ),
    "no language": ('name = "x"\nnamespace = "https://example.org/x/"\nlanguages = []', "toml:3: languages"),
    "odd language": (
        'name = "x"\nnamespace = "https://e.org/"\nlanguages = ["English"]',
        "toml:3: languages",
    ),
    "taken prefix": ('name = "owl"\nnamespace = "https://e.org/"\nlanguages = ["en"]', "taken as a prefix"),
    "no TOML": ("name = x", "cannot be read"),
}


@pytest.mark.parametrize("what", WRONG)
def test_everything_wrong_with_a_description_is_told_at_its_line(tmp_path: Path, what: str) -> None:
    text, told = WRONG[what]
    (tmp_path / "corpus.toml").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_corpus_folder(tmp_path)
    assert told in str(caught.value)
    assert "→" in str(caught.value)


def test_a_folder_without_description_is_no_corpus(tmp_path: Path) -> None:
    done = run("validate", "--corpus", tmp_path)
    assert done.exit_code == 1
    assert "holds no corpus.toml" in done.output
    assert run("validate", "--without-shipped").exit_code == 2


def test_two_corpora_cannot_have_one_name(lowlands: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(lowlands, tmp_path / "other"))
    done = run("validate", "--corpus", lowlands, "--corpus", other)
    assert done.exit_code == 1
    assert "have one name, 'lowlands'" in done.output


def test_a_corpus_stands_by_itself_in_languages_of_its_own(lowlands: Path) -> None:
    dataset = build("--corpus", lowlands)
    claims = {quad.subject for quad in dataset if quad.object == ox.NamedNode(AX + "Claim")}
    own = {claim for claim in claims if str(claim).startswith(f"<{LOW}claim/")}
    assert len(own) == 4
    labels = {
        quad.object.language
        for quad in dataset.quads_for_subject(ox.NamedNode(LOW + "state/upper-vale"))
        if quad.predicate.value == RDFS + "label" and isinstance(quad.object, ox.Literal)
    }
    assert labels == {"en", "hy"}
    assert not any("state/iran" in str(quad.subject) for quad in dataset)


def test_a_text_in_a_language_that_is_required_is_missed(lowlands: Path) -> None:
    path = lowlands / "corpus.toml"
    path.write_text(path.read_text("utf-8").replace('["en", "hy"]', '["en", "hy", "ka"]'), "utf-8")
    done = run("validate", "--without-shipped", "--corpus", lowlands)
    assert done.exit_code == 1
    assert "sharesWaterWith has no definition in ka" in done.output
    terms = lowlands / "ontology" / "lowlands.ttl"
    terms.write_text(re.sub(r'("[^"]*")@hy', r"\1@hy, \1@ka", terms.read_text("utf-8")), "utf-8")
    done = run("validate", "--without-shipped", "--corpus", lowlands)
    assert done.exit_code == 1
    assert "ka is missing" in done.output
    assert "hy is missing" not in done.output


def test_one_language_is_enough_and_others_may_stand_beside_if_they_are_named(lowlands: Path) -> None:
    path = lowlands / "corpus.toml"
    path.write_text(path.read_text("utf-8").replace('["en", "hy"]', '["en"]'), "utf-8")
    done = run("validate", "--without-shipped", "--corpus", lowlands)
    assert "name hy in corpus.toml" in done.output
    path.write_text(path.read_text("utf-8").replace('["en"]', '["en"]\nalso = ["hy"]'), "utf-8")
    assert run("validate", "--without-shipped", "--corpus", lowlands).exit_code == 0


def test_an_entity_below_is_refined_openly_and_its_digest_stays(lowlands: Path, tmp_path: Path) -> None:
    before = digests(build("--corpus", lowlands))
    high = above(tmp_path, "highlands", [refinement(label={"ka": "ზემო ხეობა"})])
    dataset = build("--corpus", lowlands, "--corpus", high)
    upper = ox.NamedNode(LOW + "state/upper-vale")
    added = {quad for quad in dataset.quads_for_subject(upper) if "Overdale" in str(quad.object)}
    assert {str(quad.graph_name) for quad in added} == {
        "DEFAULT",
        f"<{HIGH}refinement/highlands/state-upper-vale>",
    }
    note = ox.NamedNode(HIGH + "refinement/highlands/state-upper-vale")
    about = {(quad.predicate.value, str(quad.object)) for quad in dataset.quads_for_subject(note)}
    assert (OA + "hasTarget", str(upper)) in about
    assert (RDF + "type", f"<{OA}Annotation>") in about
    after = digests(dataset)
    assert {iri: after[iri] for iri in before} == before
    assert after.keys() - before.keys() == {note.value, HIGH + "corpus/highlands"}


CLASHES: dict[str, tuple[object, str]] = {
    "described twice": (
        {"id": "state/upper-vale", "type": "State", "label": {"en": "Uppervale"}},
        "add to it with `- refines: state/upper-vale`",
    ),
    "refines nothing": ({"refines": "state/uper-vale", "altLabel": {"en": ["x"]}}, "did you mean"),
    "label again": (refinement(label={"en": "Overdale"}), "has a label in en already, 'Upper Vale'"),
    "said already": (refinement(altLabel={"en": ["x"]}, label={"hy": "Վերին Հովիտ"}), "already"),
    "twin": (
        {"id": "state/vale-upper", "type": "State", "label": {"en": "Upper  vale"}},
        "too, in the corpus",
    ),
    "of another kind": (
        {"id": "place/mister-x", "type": "Person", "label": {"en": "Mister X"}},
        "begin the id with person/",
    ),
    "unheard id": ({"id": "corridor/x", "type": "Pipeline", "label": {"en": "X"}}, "infrastructure"),
    "no language": ({"id": "state/x", "type": "State", "label": "X"}, '{en: "X"}'),
}


@pytest.mark.parametrize("what", CLASHES)
def test_what_does_not_fit_to_the_corpus_below_is_told(lowlands: Path, tmp_path: Path, what: str) -> None:
    record, told = CLASHES[what]
    high = above(tmp_path, "highlands", [record])
    done = run("validate", "--without-shipped", "--corpus", lowlands, "--corpus", high)
    assert told in done.output
    assert "own.yaml" in done.output
    assert "all.yaml\n" not in done.output


@pytest.mark.parametrize(("second", "twins"), [("Ford (Overdale)", False), ("Ford (Vale)", True)])
def test_towns_that_share_a_name_are_told_apart_where_curators_write(
    lowlands: Path, tmp_path: Path, second: str, twins: bool
) -> None:
    labels: list[object] = [{"en": "Ford (Vale)", "az": "Keçid"}, {"en": second, "az": "Keçid"}]
    towns: list[object] = [
        {"id": f"place/ford-{number}", "type": "City", "label": label} for number, label in enumerate(labels)
    ]
    done = run(
        "validate", "--without-shipped", "--corpus", lowlands, "--corpus", above(tmp_path, "high", towns)
    )
    assert ("of the same kind and has the same name" in done.output) == twins


def claim_of(lowlands: Path, change: Callable[[dict[str, object]], object]) -> str:
    """What validation says of the corpus after a change of its second claim's statement."""
    path = lowlands / "sources" / "vale-1995.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data["claims"][1]["asserts"][0])
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return run("validate", "--without-shipped", "--corpus", lowlands).output


MISTAKES: dict[str, tuple[dict[str, object], str]] = {
    "label for an id": ({"tradesWith": "Upper Vale"}, "did you mean state/upper-vale (Upper Vale)?"),
    "part of a label": ({"tradesWith": "state/republic-of-upper-vale"}, "state/upper-vale"),
    "property by its words": ({"militaryCooperationWith": "state/upper-vale"}, "cooperatesMilitarilyWith"),
    "value of a list": ({"unit": "Florins", "value": 2}, "unknown term"),
    "prefix of nobody": ({"tradesWith": "araxis:state/upper-vale"}, "unknown entity"),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_remedy_names_what_was_meant(lowlands: Path, what: str) -> None:
    change, told = MISTAKES[what]
    assert told in claim_of(lowlands, lambda statement: statement.update(change))


def test_allowed_values_and_numbers_with_commas(lowlands: Path) -> None:
    path = lowlands / "sources" / "vale-1995.yaml"
    text = path.read_text("utf-8")
    odd = "{type: Observation, comparator: Over, value: 40,000, unit: ItemCount}"
    path.write_text(
        text.replace(
            "- {id: state/lower-vale, tradesWith", f"- {odd}\n  - {{id: state/lower-vale, tradesWith"
        ),
        "utf-8",
    )
    output = run("validate", "--without-shipped", "--corpus", lowlands).output
    assert "MoreThan" in output
    assert "write 40000" in output


def test_names_by_prefix_or_iri_are_those_of_the_corpus_below(lowlands: Path, tmp_path: Path) -> None:
    for written in ("state/lower-vale", "lowlands:state/lower-vale", f"{LOW}state/lower-vale"):
        folder = tmp_path / written.replace("/", "-").replace(":", "-")
        high = above(folder, "highlands", [
            {"id": "place/pass", "type": "Place", "label": {"en": "The Pass"}, "locatedIn": written}
        ])  # fmt: skip
        dataset = build("--corpus", lowlands, "--corpus", high)
        where = ox.NamedNode(HIGH + "place/pass"), ox.NamedNode(AX + "locatedIn")
        found = {quad.object for quad in dataset.quads_for_subject(where[0]) if quad.predicate == where[1]}
        assert found == {ox.NamedNode(LOW + "state/lower-vale")}


def test_built_corpora_are_loaded_together(lowlands: Path, tmp_path: Path) -> None:
    place = {"id": "place/pass", "type": "Place", "label": {"en": "The Pass"}}
    parts = []
    for name, entities in (("highlands", [refinement(), place]), ("islands", [place])):
        folder = above(tmp_path, name, list(entities))
        build("--corpus", lowlands, "--corpus", folder)
        parts.append(tmp_path / f"{name}.nq")
        assert (
            run("export", "dataset", "--corpus", folder, "--format", "nquads", "-o", parts[-1]).exit_code == 0
        )
    done = run("load", *parts, "--store", tmp_path / "both")
    assert done.exit_code == 0, done.output
    both, one = exported(tmp_path / "both"), exported(tmp_path / "highlands" / ".araxes" / "store")
    assert digests(both).items() >= digests(one).items()
    assert HIGH + "place/pass" in digests(both)
    assert "https://example.org/islands/place/pass" in digests(both)
    changed = parts[1].read_text("utf-8").replace("Upper Vale", "Ypper Vale")
    parts[1].write_text(changed, "utf-8")
    assert run("load", *parts, "--store", tmp_path / "third").exit_code == 1


def test_an_option_that_cannot_repeat_is_refused(lowlands: Path) -> None:
    for arguments in (
        ("validate", "--entities", "a", "--entities", "b"),
        ("build", "--store", "a", "--store", "b"),
        ("export", "claims", "--store", "a", "--store", "b"),
        ("serve", "--port", "1", "--port", "2"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert f"{arguments[-2]} is given 2 times" in done.output
    assert run("validate", "--entities", "a", "--corpus", lowlands).exit_code == 2


def test_the_variable_lists_corpora(lowlands: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    high = above(tmp_path, "highlands", [refinement()])
    monkeypatch.setenv("ARAXES_CORPUS", f"{lowlands}:{high}")
    done = run("validate", "--without-shipped")
    assert done.exit_code == 0, done.output
    assert "4 claims of 1 source" in done.output


def test_every_verb_takes_a_corpus(lowlands: Path) -> None:
    own = ("--corpus", lowlands, "--without-shipped")
    assert run("build", *own).exit_code == 0
    calls = {
        "validate": ("validate", *own),
        "verify": ("verify", *own),
        "locate": ("locate", *own, "source/vale-1995", "Lower Vale … Vale."),
        "coverage": ("coverage", *own, "vale-1995"),
        "atlas": ("atlas", *own),
        "mappings": ("mappings", "check", *own),
        "disputes": ("disputes", "--corpus", lowlands),
        "compare": ("compare", "--corpus", lowlands, "vale-1995", "state/upper-vale"),
        "export": ("export", "claims", "--corpus", lowlands),
        "info": ("info", "--corpus", lowlands),
        "query": (
            "query",
            "--corpus",
            lowlands,
            "SELECT ?c { ?c a <https://w3id.org/araxes/ontology/Claim> }",
        ),
    }
    for verb, arguments in calls.items():
        done = run(*arguments)
        assert done.exit_code == 0, (verb, done.output)
    assert "all 4 passages stand" in run(*calls["verify"]).output
    assert "paraphrase_en,paraphrase_fa,paraphrase_hy" in run(*calls["export"]).output
    assert f"{LOW}claim/vale-1995/01" in run(*calls["query"]).output
    for verb in VERBS.keys() - {"benchmark", "export", "import", "mappings", "migrate"}:
        assert "--corpus" in run(verb, "--help").output, verb


def test_originals_are_found_in_any_of_the_folders(
    lowlands: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARAXES_SOURCES", raising=False)
    (lowlands / "originals").rename(tmp_path / "texts")
    own = ("--corpus", lowlands, "--without-shipped")
    assert "--originals" in run("verify", *own).output
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run("verify", *own, "--originals", empty, "--originals", tmp_path / "texts")
    assert done.exit_code == 0, done.output


def test_questions_of_a_corpus_are_in_its_languages(lowlands: Path) -> None:
    (lowlands / "questions").mkdir()
    query = "# en: Who claims?\n# hy: Ո՞վ է պնդում։\n# family: claims\nSELECT ?c { ?c ?p ?o }\n"
    (lowlands / "questions" / "who.rq").write_text(query, "utf-8")
    output = run("questions", "--corpus", lowlands).output
    assert "Who claims?" in output
    assert "Ո՞վ է պնդում։" in output


def test_the_shipped_corpus_has_a_layer_above_it(tmp_path: Path) -> None:
    harbours = Path(shutil.copytree(CORPORA / "harbours", tmp_path / "harbours", ignore=BUILT))
    done = run("validate", "--corpus", harbours)
    assert done.exit_code == 0, done.output
    assert "triples/corpus" not in done.output
    assert run("verify", "--corpus", harbours, "--claim", "claim/ferries-2024/04").exit_code == 0
