import pytest
from extractor.errors import DataError
from extractor.evaluate.gold import load_gold
from extractor.evaluate.scores import score
from extractor.evaluate.table1 import by_citation, load_table1, reference_numbers, table1_path

HEADER = (
    "ref\trow\tcell\tdoi\tmolecule\tmolecule_id\tform\tregion\tregion_id\tdirection\tspecies\tspecies_id\tmodel\tqualifiers\tconfidence\tsource_check\tstatus"
)
ROWS = (
    "9\tBDNF\tHPC\t10.1000/Nine\tBDNF\thgnc:1033\tlevel\thippocampus\t\tincrease\trat\t\tanimal\ttime: 1 h\thigh\tagrees\tprinted",
    "9\tmTOR\tPFC\t10.1000/Nine\tmTOR\t\tphospho\tprefrontal cortex\t\tdecrease\trat\t\tanimal\t\thigh\tcontradicts\tprinted",
    "12\tBDNF\tPFC\t\tBDNF\thgnc:1033\tlevel\tprefrontal cortex\t\tno_change\tmouse\t\tin_vitro\t\thigh\tunseen\tprinted",
)


@pytest.fixture
def table(tmp_path):
    def make(*rows, samples=None):
        folder = tmp_path / "gold"
        folder.mkdir(exist_ok=True)
        (folder / "columns.tsv").write_text("column\thead\tmodel\tregion\nPFC\tPFC\tanimal\tPFC\nHPC\tHPC\tanimal\tHPC\n", "utf-8")
        if samples:
            (tmp_path / "corpus").mkdir(exist_ok=True)
            (tmp_path / "corpus" / "samples.tsv").write_text(samples, "utf-8")
        path = folder / "table1_claims.tsv"
        path.write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
        return path

    return make


def test_one_partial_article_for_each_cited_paper(table):
    nine, twelve = load_table1(table(*ROWS))
    assert (nine.id, twelve.id) == ("reference 9", "reference 12")
    assert not nine.complete
    assert (nine.aliases, twelve.aliases) == (("10.1000/nine",), ())
    first, second = nine.claims
    assert first.core == "BDNF ↑ | hippocampus | rat"
    assert (first.form, first.agent_type, [agent.shown for agent in first.agents], first.qualifiers) == ("level", "drug", ["ketamine"], "time: 1 h; animal")
    assert (first.certainty, first.attribution, first.presupposed) == (None, None, None)
    assert first.cell is not None
    assert second.cell is not None
    assert (first.cell.row, first.cell.column) == ("BDNF", "HPC")
    assert second.cell.column_order < first.cell.column_order, "columns.tsv prints PFC before HPC"


def test_what_the_cited_paper_contradicts_can_be_left_out(table):
    assert [len(article.claims) for article in load_table1(table(*ROWS), which="table1:supported")] == [1, 1]


def test_a_paper_is_found_by_doi_and_by_the_article_modelled_on_it(table, record):
    samples = "id\tmodelled_on_doi\ttable1_reference\nsample02\t\t12\n"
    gold = load_table1(table(*ROWS, samples=samples))
    nine = record("PMC1", doi="10.1000/nine")
    scores = score({"PMC1": [nine], "sample02": [], "9": [nine]}, gold, resamples=0)
    assert [one.read for one in scores.alignments] == [True, True]
    assert scores.figures["exact.recall"].value == pytest.approx(1 / 3)


def test_precision_is_counted_in_the_closed_world(table, record):
    gold = load_table1(table(*ROWS))
    claims = [record("P", doi="10.1000/nine", claim_id=molecule, molecule=molecule) for molecule in ("BDNF", "glutamate", "IL-6")]
    scores = score({"P": claims}, gold, resamples=0)
    assert scores.partial
    assert scores.figures["exact.precision"].value == 1
    assert scores.unjudged == 2


def test_claims_of_a_review_count_for_the_papers_that_they_cite(record):
    both, one, none = record(claim_id="a", citations=["B9", "B12"]), record(claim_id="b", citations=["bib12"]), record(claim_id="c")
    cited = by_citation([both, one, none])
    assert cited == {"reference 9": [both], "reference 12": [both, one]}
    assert reference_numbers(["ref-007", "7", "smith"]) == ("7",)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((ROWS[0], ROWS[0]), r"table1_claims\.tsv:3: reference 9 in 'BDNF', 'HPC' a second time; expected each value once; see .*:2"),
        ((ROWS[0].replace("\trat\t", "\tunicorn\t"),), r"table1_claims\.tsv:2: species 'unicorn'"),
        ((ROWS[0].replace("increase", "up"),), r"table1_claims\.tsv:2: column direction: Input should be"),
        ((ROWS[0] + "\tmore",), r"table1_claims\.tsv:2: 18 cells; expected 17"),
    ],
)
def test_broken_tables_are_named_with_file_and_line(table, rows, message):
    with pytest.raises(DataError, match=message):
        load_table1(table(*rows))


def test_the_table_of_the_project_loads():
    assert table1_path().is_file()
    everything, supported = load_gold("table1"), load_gold("table1:supported")
    total = sum(len(article.claims) for article in everything)
    assert total > 140
    assert sum(len(article.claims) for article in supported) < total
    assert all(claim.cell for article in everything for claim in article.claims)


PROSE = "ref\trow\tcell\tmolecule\tform\tdirection\tqualifiers\ttold\tregion\tspecies\n"


def test_what_the_prose_tells_has_the_places_and_animals_that_it_names(table):
    path = table(*ROWS)
    told = ("9\tBDNF\tHPC\tBDNF\tlevel\tincrease\ttime: 1 h\tyes\tdentate gyrus\tnot stated", "9\tmTOR\tPFC\tmTOR\tphospho\tdecrease\t\tno\t\t")
    rest = "12\tBDNF\tPFC\tBDNF\tlevel\tno_change\t\tyes\tprefrontal cortex\tmouse"
    path.with_name("table1_prose.tsv").write_text(PROSE + "\n".join((*told, rest)) + "\n", "utf-8")
    assert [[claim.core for claim in one.claims] for one in load_table1(path, which="table1:prose")] == [
        ["BDNF ↑ | dentate gyrus | not stated"],
        ["BDNF – | prefrontal cortex | mouse"],
    ]
    path.with_name("table1_prose.tsv").write_text(PROSE + rest + "\n", "utf-8")
    with pytest.raises(DataError, match="reference 9 in 'BDNF', 'HPC'.*expected a line in table1_prose.tsv"):
        load_table1(path, which="table1:prose")
