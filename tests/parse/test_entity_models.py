"""The shipped entity models: they load, are small, safe and picklable, and find names of our own that no lexicon has."""

import json
import pickle
from pathlib import Path

import pytest
from extractor.annotations import ParsedSentence
from extractor.parse.entities import GIVES, MODELS, load_entities
from extractor.parse.language import blank_language, tokenised
from extractor.records import Sentence
from spacy.language import Language

MEBIBYTE = 2**20


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    return blank_language()


def found(text: str, model: str, nlp: Language) -> list[str]:
    sentence = ParsedSentence(Sentence(0, len(text), 0), tokenised(text, offset=0, mentions=(), nlp=nlp), ())
    return [mention.text for mention in load_entities([model], kinds=GIVES[model]).find([sentence])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Labelled neurons lay in the ventral tegmental nucleus and the caudal pallial belt.", "ventral tegmental nucleus"),
        ("Neurons of the rostral amygdalar nucleus project to the caudal pallial belt.", "rostral amygdalar nucleus"),
    ],
)
def test_regions_are_found_without_a_lexicon(tokenizer: Language, text: str, expected: str) -> None:
    assert any(expected in name for name in found(text, "region", tokenizer))


def test_new_drugs_are_found_without_a_lexicon(tokenizer: Language) -> None:
    assert found("Rats were given ABG-4471 (10 mg/kg) for two weeks.", "chemistry", tokenizer) == ["ABG-4471"]


def test_plain_words_are_no_names(tokenizer: Language) -> None:
    assert [name for model in GIVES for name in found("The animals were weighed every day and slept well.", model, tokenizer)] == []


def test_all_models_together_stay_below_the_limit_and_none_is_a_pickle() -> None:
    files = [path for path in MODELS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40 * MEBIBYTE
    assert not [p for p in files if p.suffix in {".pkl", ".pickle", ".joblib"} or p.read_bytes()[:2] in {b"\x80\x03", b"\x80\x04", b"\x80\x05"}]


@pytest.mark.parametrize("model", sorted(GIVES))
def test_every_model_has_its_card_and_its_metrics(model: str) -> None:
    card = (MODELS / f"{model}.md").read_text(encoding="utf-8")
    assert card.startswith(f"# Model card: {model}\n")
    assert f"--only {model}" in card
    assert f"[{model}.md]({model}.md)" in (MODELS / "README.md").read_text(encoding="utf-8")
    assert _metrics(MODELS / model)


def test_the_metrics_are_those_of_the_cards() -> None:
    region = _metrics(MODELS / "region")["whitetext"]["model"]
    assert region["lenient_f1"] >= 0.88
    assert region["exact_f1"] >= 0.78
    card = (MODELS / "region.md").read_text(encoding="utf-8")
    assert f"{region['exact_f1']:.3f}" in card
    assert f"{region['lenient_f1']:.3f}" in card
    molecules = _metrics(MODELS / "chemistry")["mentions_dev"]["model"]
    card = (MODELS / "chemistry.md").read_text(encoding="utf-8")
    assert f"{molecules['exact_f1']:.3f}" in card


@pytest.mark.parametrize("model", sorted(GIVES))
def test_the_models_survive_pickling(model: str, tokenizer: Language) -> None:
    text = "Labelled neurons lay in the ventral tegmental nucleus after ABG-4471."
    sentence = ParsedSentence(Sentence(0, len(text), 0), tokenised(text, offset=0, mentions=(), nlp=tokenizer), ())
    finder = load_entities([model])
    assert pickle.loads(pickle.dumps(finder)).find([sentence]) == finder.find([sentence])


def _metrics(folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    metrics: dict[str, dict[str, dict[str, float]]] = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    return metrics
