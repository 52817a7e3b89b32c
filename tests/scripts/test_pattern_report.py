"""The report on rules: counted by hand on one sentence, and written as a table."""

import sys
from pathlib import Path

import pytest
from extractor.evaluate.names import resolve
from extractor.evaluate.statements import GoldArticle, Statement
from extractor.records import Article, Direction, Section
from extractor.relate.patterns import Rule, rules
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import typer  # noqa: E402

from measure_stages import plain_article  # noqa: E402
from pattern_report import HEADER, Reading, fires, main, markdown, read, rows, tally  # noqa: E402

SENTENCE = "Ketamine increased BDNF in the hippocampus of rats."


def article(text: str = SENTENCE) -> Article:
    return plain_article("a1", (text, Section.RESULTS))


def gold(direction: Direction = Direction.INCREASE, *, agent: str = "ketamine", region: str = "hippocampus") -> GoldArticle:
    molecule, species = resolve("molecule", "BDNF"), resolve("species", "rat")
    place, acting = resolve("region", region), resolve("agent", agent)
    assert molecule is not None
    assert species is not None
    assert place is not None
    assert acting is not None
    claim = Statement(place="gold:1", molecule=molecule, region=place, direction=direction, species=species, agents=(acting,), evidence=(SENTENCE,))
    return GoldArticle(id="a1", claims=(claim,))


def named(name: str) -> Rule:
    return next(rule for rule in rules() if rule.row.rule == name)


@pytest.fixture(scope="module")
def right() -> Reading:
    return read(article(), gold(), whole=True)


def test_a_rule_fires_in_the_sentence_that_it_reads(right: Reading) -> None:
    (units,) = right.sentences.values()
    assert fires(named("d.object"), units)
    assert fires(named("t.subject"), units) or fires(named("a.subject"), units)
    assert fires(named("r.molecule.in"), units) or fires(named("r.cue.in"), units)
    assert not fires(named("d.passive"), units)


def test_every_rule_is_counted_and_the_claim_counts_for_those_that_read_it(right: Reading) -> None:
    tallies = tally([right], all_rules=rules())
    assert list(tallies) == [rule.row.rule for rule in rules()]
    one = tallies["d.object"]
    assert len(one.sentences) == 1
    assert (one.claims, one.exact, one.lenient, one.aligned, one.right) == (1, 1, 1, 1, 1)
    assert tallies["d.passive"].claims == 0
    agents = [tallies[rule.row.rule] for rule in rules() if rule.row.target == "agent" and tallies[rule.row.rule].claims]
    regions = [tallies[rule.row.rule] for rule in rules() if rule.row.target == "region" and tallies[rule.row.rule].claims]
    assert agents
    assert regions
    assert all((one.aligned, one.right) == (1, 1) for one in (*agents, *regions))


def test_a_wrong_slot_counts_against_the_rules_of_its_kind_only() -> None:
    tallies = tally([read(article(), gold(agent="fluoxetine"), whole=True)], all_rules=rules())
    assert (tallies["d.object"].exact, tallies["d.object"].right) == (1, 1)
    agents = [tallies[rule.row.rule] for rule in rules() if rule.row.target == "agent" and tallies[rule.row.rule].claims]
    assert agents
    assert all((one.aligned, one.right) == (1, 0) for one in agents)


def test_a_wrong_direction_is_wrong_for_the_rule_that_tied_the_cue() -> None:
    one = tally([read(article(), gold(Direction.DECREASE), whole=True)], all_rules=rules())["d.object"]
    assert (one.claims, one.exact, one.lenient, one.aligned, one.right) == (1, 0, 0, 1, 0)


def test_the_table_has_a_row_a_rule_and_says_where_there_is_nothing_to_divide(right: Reading) -> None:
    table = rows(tally([right], all_rules=rules()), all_rules=rules())
    assert len(table) == len(rules())
    by_rule = {row[0]: dict(zip(HEADER, row, strict=True)) for row in table}
    assert by_rule["d.object"] | {"sentences": "1", "documents": "1", "exact_precision": "1.000"} == by_rule["d.object"]
    assert by_rule["d.passive"]["exact_precision"] == ""
    lines = markdown(table).splitlines()
    assert len(lines) == len(rules()) + 2
    assert len({line.count("|") for line in lines}) == 1
    assert "| n/a |" in next(line for line in lines if line.startswith("| `d.passive` |"))


def test_a_gold_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(main)
    refused = CliRunner().invoke(app, ["--out", str(tmp_path / "t.tsv"), "--only", "poems"])
    assert refused.exit_code == 2
    assert not (tmp_path / "t.tsv").exists()


def test_the_written_table_names_the_rules_of_the_package() -> None:
    lines = (ROOT / "docs" / "patterns.tsv").read_text(encoding="utf-8").splitlines()
    assert tuple(lines[0].split("\t")) == HEADER
    assert [line.split("\t")[0] for line in lines[1:]] == [rule.row.rule for rule in rules()]
