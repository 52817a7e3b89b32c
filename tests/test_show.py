"""Claims on a terminal: the evidence in colour, a line a claim, and which article is meant."""

import io
import re
from types import SimpleNamespace

import pytest
from extractor.batch import Stages
from extractor.emit.jsonl import write_jsonl
from extractor.errors import InputError, UsageError
from extractor.records import AgentType, Article, Claim, Cue, Direction, Distance, Evidence, Form, Passage, Receipt, Section, Slot
from extractor.schema import claim_record
from extractor.show import claim_line, claims_of, claims_table, highlighted, print_article
from rich.console import Console

TEXT = "Rats were used. Ketamine raised BDNF in the hippocampus."


def article(name="PMC1"):
    passages = (Passage(0, len(TEXT), "paragraph", Section.RESULTS),)
    return Article(id=name, text=TEXT, passages=passages, title=f"On {name}", source="one.txt", sha256="0" * 64, receipt=Receipt(read=len(TEXT)))


def slot(word, name=None):
    start = TEXT.index(word)
    return Slot(word, start, start + len(word), None, name, Distance.SENTENCE)


def claim(**changes):
    start = TEXT.index("Ketamine")
    plain = {
        "claim_id": "c1", "loose_id": "l1", "agents": (slot("Ketamine", "ketamine"),), "agent_type": AgentType.DRUG, "molecule": slot("BDNF"),
        "form": Form.LEVEL, "region": slot("hippocampus"), "direction": Direction.INCREASE, "cue": Cue("raised", start + 9, start + 15),
        "species": slot("Rats", "rat"), "certainty": "asserted", "presupposed": False, "attribution": "own", "citations": (), "qualifiers": {},
        "evidence": (Evidence(start, len(TEXT), TEXT[start:], Section.RESULTS, (), ("r1",)),), "confidence": 0.93,
    }  # fmt: skip
    return claim_record(Claim(**{**plain, **changes}), article())


def marked(text):
    """The coloured parts of a text, by colour."""
    return {str(span.style): text.plain[span.start : span.end] for span in text.spans}


def test_a_claim_is_one_compact_line():
    assert claim_line(claim()).plain == "ketamine ↑ BDNF (level) · hippocampus · rat  0.93 [results]"


def test_what_is_not_stated_and_what_is_special_is_said():
    line = claim_line(
        claim(direction=Direction.NO_CHANGE, region=None, species=None, certainty="hedged", presupposed=True, attribution="background", agents=())
    )
    assert line.plain == "agent not stated = BDNF (level) · region not stated · species not stated  0.93 [results] hedged, presupposed, background"


def test_parts_inside_the_evidence_have_their_colours_and_parts_outside_have_none():
    record = claim()
    text = highlighted(record.evidence[0], [record])
    assert text.plain == "Ketamine raised BDNF in the hippocampus."
    assert marked(text) == {"bold magenta": "Ketamine", "bold red": "raised", "bold green": "BDNF", "cyan": "hippocampus"}


def printed(claims, **options):
    out = io.StringIO()
    print_article(claims, Console(file=out, width=100, **options))
    return out.getvalue()


def test_evidence_is_printed_once_for_all_its_claims():
    text = printed([claim(), claim(claim_id="c2", direction=Direction.DECREASE)])
    assert text.count("Ketamine raised BDNF") == 1
    assert text.index("ketamine ↑ BDNF") < text.index("ketamine ↓ BDNF")
    assert text.startswith("On PMC1  [PMC1]\n")
    assert printed([]) == "no claims\n"


def test_colours_are_for_terminals_only():
    assert "\x1b[" in printed([claim()], force_terminal=True, color_system="standard")
    assert "\x1b[" not in printed([claim()])


def test_the_table_has_a_row_a_claim():
    out = io.StringIO()
    Console(file=out, width=120).print(claims_table([claim(), claim(claim_id="c2")]))
    assert len(re.findall("ketamine.*↑.*BDNF.*level.*hippocampus.*rat.*0.93.*results", out.getvalue())) == 2


def claims_file(tmp_path, *names):
    path = tmp_path / "claims.jsonl"
    records = [claim() for _ in names]
    write_jsonl([one.model_copy(update={"article": one.article.model_copy(update={"id": name})}) for one, name in zip(records, names, strict=True)], path)
    return path


def test_an_article_is_picked_from_a_claims_file(tmp_path):
    assert [one.article.id for one in claims_of(claims_file(tmp_path, "A", "A"))] == ["A", "A"]
    assert [one.article.id for one in claims_of(claims_file(tmp_path, "A", "B", "A"), article_id="A")] == ["A", "A"]
    with pytest.raises(UsageError, match="claims.jsonl: 2 articles; expected one of A, B; name one with --article"):
        claims_of(claims_file(tmp_path, "A", "B"))
    with pytest.raises(UsageError, match="claims.jsonl: no article C; expected one of A, B"):
        claims_of(claims_file(tmp_path, "A", "B"), article_id="C")


def stages(*found):
    def run(paper):
        plain = claim()
        slots = {"molecule": slot("BDNF"), "agents": (slot("Ketamine"),), "cue": Cue("raised", 25, 31), "region": None, "species": None}
        evidence = (Evidence(16, len(TEXT), paper.text[16:], Section.RESULTS, (), ()),)
        same = {"certainty": "asserted", "presupposed": False, "attribution": "own", "citations": (), "qualifiers": {}, "confidence": 0.5}
        made = Claim(claim_id="x", loose_id="y", agent_type=None, form=plain.form, direction=plain.direction, evidence=evidence, **slots, **same)
        return SimpleNamespace(claims=(made,), counts={}, trace=None)

    return Stages(read=lambda _: iter(found), make_runner=lambda _settings, *, model, **_: SimpleNamespace(run=run, model=model))


def test_an_article_file_is_run_through_the_pipeline(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(TEXT, "utf-8")
    assert [one.article.id for one in claims_of(path, stages=stages(article("A")))] == ["A"]
    assert [one.article.id for one in claims_of(path, article_id="B", stages=stages(InputError("torn"), article("A"), article("B")))] == ["B"]
    with pytest.raises(UsageError, match="2 articles; expected one of A, B; name one with --article"):
        claims_of(path, stages=stages(article("A"), article("B")))
    with pytest.raises(InputError, match="torn"):
        claims_of(path, stages=stages(InputError("torn")))
    with pytest.raises(UsageError, match="no such file"):
        claims_of(tmp_path / "gone.txt")
