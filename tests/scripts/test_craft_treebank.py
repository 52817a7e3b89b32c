"""The treebank on run-time tokens: reading, the tree of a sentence carried over, documents, and what is counted as mismatch."""

import json
import sys
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.parse.language import blank_language
from spacy.language import Language

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from craft_treebank import GoldSentence, Tree, document, gold_tree, mismatch, project, read_treebank  # noqa: E402


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank_language()


def conllu(*sentences: str, article: str = "1") -> str:
    """Blocks of a CoNLL-U file from lines of `word tag head label`; `_` at the end of a word means that no blank follows."""
    blocks = []
    for number, sentence in enumerate(sentences):
        rows = [line.split() for line in sentence.strip().splitlines()]
        lines = [f"# newdoc id = {article}"] if not number else []
        lines += [f"# newpar id = {article}-p{number}"]
        for i, (word, tag, head, label) in enumerate(rows, 1):
            lines.append("\t".join([str(i), word.rstrip("_"), "x", "X", tag, "_", head, label, "_", "SpaceAfter=No" if word.endswith("_") else "_"]))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n\n"


def read(tmp_path: Path, *sentences: str) -> list[GoldSentence]:
    path = tmp_path / "a.conllu"
    path.write_text(conllu(*sentences), "utf-8")
    return read_treebank(path)


def rows(tree: Tree) -> list[tuple[str, str, str, str]]:
    return [(word, tag, label, tree.words[head]) for word, tag, label, head in zip(tree.words, tree.tags, tree.labels, tree.heads, strict=True)]


def test_reading_keeps_text_heads_and_places(tmp_path: Path) -> None:
    first, second = read(tmp_path, "Zinc NN 2 nsubj\nrose_ VBD 0 root\n. . 2 punct", "Title NN 0 root")
    assert (first.text, first.article, first.paragraph, second.paragraph) == ("Zinc rose.", "1", "1-p0", "1-p1")
    assert [(n.start, n.end, n.tag, n.head, n.label) for n in first.nodes] == [(0, 4, "NN", 1, "nsubj"), (5, 9, "VBD", 1, "ROOT"), (9, 10, ".", 1, "punct")]


def test_concept_spans_are_cut_to_their_sentences(tmp_path: Path) -> None:
    bank, concepts = tmp_path / "a.conllu", tmp_path / "a.jsonl"
    bank.write_text(conllu("Zinc NN 2 nsubj\nrose VBD 0 root", "Zinc NN 2 nsubj\nfell VBD 0 root"), "utf-8")
    concepts.write_text(json.dumps({"pmid": "1", "text": "Zinc rose\n\nZinc fell", "spans": [[[[0, 4]], "CHEBI:1"], [[[11, 15]], "CHEBI:1"]]}) + "\n", "utf-8")
    first, second = read_treebank(bank, concepts=concepts)
    assert (first.names, second.names) == (((0, 4),), ((0, 4),))
    assert (first.line, second.line) == (0, 2)


@pytest.mark.parametrize(("line", "message"), [
    ("1\tZinc\tzinc", r"a\.conllu:2: 3 columns; expected 10, separated by tabs"),
    ("1\tZinc\tx\tX\tNN\t_\t7\tnsubj\t_\t_", r"a\.conllu:2: head '7'; expected a number from 0 to 1"),
])  # fmt: skip
def test_a_broken_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(f"# newdoc id = 1\n{line}\n\n", "utf-8")
    with pytest.raises(DataError, match=message):
        read_treebank(path)


def test_tokens_that_agree_are_carried_over_as_they_are(tmp_path: Path, nlp: Language) -> None:
    (sentence,) = read(tmp_path, "The DT 2 det\nlevel NN 3 nsubj\nrose_ VBD 0 root\n. . 3 punct")
    assert project(sentence, nlp) == gold_tree(sentence)
    assert rows(project(sentence, nlp))[1] == ("level", "NN", "nsubj", "rose")


def test_gold_tokens_that_are_one_at_run_time_keep_the_head_that_leads_out(tmp_path: Path, nlp: Language) -> None:
    (sentence,) = read(tmp_path, "Abc1_ NN 5 compound\n-_ SYM 1 punct\n/_ HYPH 4 punct\n- SYM 1 punct\nmice NNS 6 nsubj\nsurvived VBD 0 root")
    tree = project(sentence, nlp)
    assert tree.words == ("Abc1-/-", "mice", "survived")
    assert rows(tree)[0] == ("Abc1-/-", "NN", "compound", "mice")


def test_pieces_of_one_gold_token_hang_on_its_last_word(tmp_path: Path, nlp: Language) -> None:
    (sentence,) = read(tmp_path, "An DT 3 det\nanti-goat JJ 3 amod\nserum NN 0 root")
    assert rows(project(sentence, nlp))[1:4] == [("anti", "AFX", "nmod", "goat"), ("-", "HYPH", "punct", "goat"), ("goat", "JJ", "amod", "serum")]


def test_names_are_split_at_their_edges_only(tmp_path: Path, nlp: Language) -> None:
    (sentence,) = read(tmp_path, "The DT 4 det\nbeta_ NN 4 compound\n-_ HYPH 2 punct\ncells NNS 0 root")
    named = GoldSentence(sentence.article, sentence.paragraph, sentence.text, sentence.nodes, ((4, 14),))
    assert project(sentence, nlp).words == ("The", "beta", "-", "cells")
    assert rows(project(named, nlp)) == [("The", "DT", "det", "beta-cells"), ("beta-cells", "NNS", "ROOT", "beta-cells")]


def test_a_document_joins_sentences(tmp_path: Path, nlp: Language) -> None:
    trees = [project(s, nlp) for s in read(tmp_path, "Zinc NN 2 nsubj\nrose_ VBD 0 root\n. . 2 punct", "It PRP 2 nsubj\nfell VBD 0 root")]
    doc = document(trees, nlp.vocab)
    assert doc.text.rstrip() == "Zinc rose. It fell"
    assert [sent.root.text for sent in doc.sents] == ["rose", "fell"]


def test_mismatch_counts_tokens_of_either_side(tmp_path: Path, nlp: Language) -> None:
    sentences = read(tmp_path, "Zinc NN 2 nsubj\nrose VBD 0 root", "An DT 3 det\nanti-goat JJ 3 amod\nserum NN 0 root")
    found = mismatch(sentences, [project(s, nlp) for s in sentences])
    assert found == pytest.approx(
        {"gold_tokens": 5, "run_time_tokens": 7, "run_time_tokens_differing": 3 / 7, "gold_tokens_differing": 1 / 5, "sentences_differing": 1 / 2}
    )
