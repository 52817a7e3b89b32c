"""The molecule lexicons: every row is sound, spellings lead where the field expects, ordinary words are no molecules."""

import re
import sys
from collections import Counter
from pathlib import Path

import bioregistry
import pytest
from extractor.tables import LEXICONS, TermRow, numbered_rows, read_rows
from extractor.terms import Terms
from spacy.lang.en.stop_words import STOP_WORDS

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from build_genes import STOP, StopRow, build_rows, gene_row, safe_symbols, stopped  # noqa: E402

TABLES = ("molecules.tsv", "genes.tsv")
LABELS = {
    "transmitter", "amino acid", "metabolite", "lipid", "vitamin", "ion", "second messenger", "hormone", "neuropeptide", "growth factor", "cytokine", "receptor",
    "transporter", "channel", "enzyme", "kinase", "transcription factor", "epigenetic", "synaptic protein", "protein", "mirna", "oxidative stress",
    "clinical chemistry", "ratio", "family", "gene",
}  # fmt: skip
PREFIXES = {"chebi", "fplx", "hgnc", "hgnc.symbol", "uniprot"}


@pytest.fixture(scope="module")
def rows() -> list[TermRow]:
    return [row for table in TABLES for row in read_rows(LEXICONS / table, TermRow)]


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms({"molecule": tuple((f"{table}:{no}", row) for table in TABLES for no, row in numbered_rows(LEXICONS / table, TermRow))})


def test_there_are_enough_molecules_and_genes() -> None:
    assert len(read_rows(LEXICONS / "molecules.tsv", TermRow)) >= 3000
    assert len(read_rows(LEXICONS / "genes.tsv", TermRow)) >= 10_000


def test_the_gene_table_is_small() -> None:
    assert Path(str(LEXICONS / "genes.tsv")).stat().st_size < 1_000_000


def test_labels_are_the_documented_ones(rows: list[TermRow]) -> None:
    assert {row.label for row in rows} == LABELS
    section = Path(str(LEXICONS / "README.md")).read_text("utf-8").split("## molecules")[1]
    assert [label for label in sorted(LABELS) if f"`{label}`" not in section] == []


def test_identifiers_are_normalised_and_known_to_the_bioregistry(rows: list[TermRow]) -> None:
    curies = [curie for row in rows for curie in (row.id, *row.xrefs) if curie]
    assert len(curies) > 2000
    assert [curie for curie in curies if curie.partition(":")[0] not in PREFIXES] == []
    assert [curie for curie in curies if bioregistry.normalize_curie(curie) != curie] == []
    assert [curie for curie in curies if not bioregistry.is_valid_curie(curie)] == []


def test_no_two_rows_share_an_identifier_or_a_name(rows: list[TermRow]) -> None:
    identifiers = Counter(curie for row in rows for curie in (row.id, *row.xrefs) if curie)
    assert [curie for curie, count in identifiers.items() if count > 1] == []
    assert len({row.name for row in rows}) == len(rows)


def test_no_circle_of_parents(terms: Terms, rows: list[TermRow]) -> None:
    climbed = [terms.ancestors(term) for row in rows if (term := terms.named(row.name, "molecule")) is not None]
    assert len(climbed) == len(rows)
    assert max(map(len, climbed)) >= 3


def test_every_source_is_explained(rows: list[TermRow]) -> None:
    section = Path(str(LEXICONS / "README.md")).read_text("utf-8").split("## molecules")[1]
    assert [source for source in sorted({row.source for row in rows}) if f"| `{source}` |" not in section] == []


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("NR2B", "GluN2B"), ("NMDAR2B", "GluN2B"), ("GRIN1", "GluN1"), ("GluR1", "GluA1"), ("GluR-1", "GluA1"), ("p70S6 kinase", "p70S6K"), ("p-p70S6K", "p70S6K"),
        ("5-HT(1A) receptors", "5-HT1A receptor"), ("5HT1A receptor", "5-HT1A receptor"), ("5-hydroxytryptamine", "serotonin"), ("norepinephrine", "noradrenaline"),
        ("brain-derived neurotrophic factor", "BDNF"), ("pro-BDNF", "proBDNF"), ("TNFα", "TNF-alpha"), ("tumour necrosis factor-alpha", "TNF-alpha"), ("IL-1β", "IL-1beta"),
        ("interleukin-6", "IL-6"), ("EAAT2", "GLT-1"), ("EAAT3", "EAAC1"), ("GSK3β", "GSK-3beta"), ("glycogen synthase kinase 3 beta", "GSK-3beta"), ("pCREB", "CREB"),
        ("ERK1/2", "ERK"), ("p44/42 MAPK", "ERK"), ("ERK44", "ERK1"), ("Na(+)/K(+)-ATPase", "Na+/K+-ATPase"), ("Ca(2+)", "Ca2+"), ("25(OH)D", "25-hydroxyvitamin D"),
        ("HDL-C", "HDL cholesterol"), ("haemoglobin", "hemoglobin"), ("HbA1c", "HbA1c"), ("oestradiol", "estradiol"), ("NGFI-A", "Egr-1"), ("zif268", "Egr-1"),
        ("NF-κB", "NF-kappaB"), ("corticotrophin-releasing factor", "CRH"), ("CRF", "CRH"), ("DA", "dopamine"), ("NO", "nitric oxide"), ("CAT", "catalase"),
        ("5-HIAA/5-HT ratio", "5-HIAA/5-HT"), ("Glx cycling", "Glx"), ("GRM4", "mGlu4 receptor"), ("neuregulin 1", "neuregulin-1"), ("AMPA", "AMPA receptor"),
        ("β-adrenoceptors", "beta-adrenoceptors"), ("alpha 2-adrenoceptor", "alpha2-adrenoceptors"), ("synapsin 1", "synapsin I"), ("Rpl19", "RPL19"), ("MYO5B", "MYO5B"),
        ("PaO2", "oxygen tension"), ("PaCO2", "carbon dioxide tension"), ("CCL-18", "CCL18"), ("25OHD3", "25-hydroxyvitamin D"), ("A1c", "HbA1c"),
        ("isovaleric acid", "isovalerate"), ("cytochrome P-450", "cytochrome P450"), ("NaV channels", "sodium channels"), ("Cav channels", "calcium channels"),
        ("KCa3.1", "KCa3.1"), ("GABABR", "GABA-B receptor"), ("Gβγ", "G beta gamma"), ("βIV spectrin", "betaIV spectrin"), ("ankyrin G", "ankyrin G"),
        ("4EBP", "4E-BP1"), ("Wisp1", "Wisp1"), ("CyclinD1", "cyclin D1"), ("PERK", "PERK"), ("blood lead", "blood lead"), ("bile salts", "bile acids"),
    ],
)  # fmt: skip
def test_spelling_leads_to_its_molecule(terms: Terms, spelling: str, name: str) -> None:
    found = terms.find(spelling, "molecule")
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("member", "family"),
    [
        ("GluA1", "ionotropic glutamate receptor"), ("ERK1", "MAPK"), ("GABA-A receptor alpha1 subunit", "GABA-A receptor"), ("IL-1beta", "cytokines"),
        ("serotonin", "monoamines"), ("dopamine", "catecholamines"), ("corticosterone", "glucocorticoids"), ("5-HT2C receptor", "serotonin receptors"),
        ("LH", "gonadotropins"), ("malondialdehyde", "lipid peroxides"), ("PSD-95", "synaptic proteins"), ("mu-opioid receptor", "opioid receptors"),
        ("LDL cholesterol", "cholesterol"), ("HDAC5", "HDAC"), ("proBDNF", "BDNF"), ("caspase-3", "caspases"), ("PDE4B", "phosphodiesterases"),
        ("desmosterol", "sterols"), ("valerate", "fatty acids"), ("CCL18", "chemokines"), ("C1qB", "complement proteins"), ("Cav2.3", "calcium channels"),
    ],
)  # fmt: skip
def test_member_has_its_family_above_it(terms: Terms, member: str, family: str) -> None:
    term = terms.named(member, "molecule")
    assert term is not None
    assert family in [ancestor.name for ancestor in terms.ancestors(term)]


ORDINARY = [
    "rest", "set", "met", "was", "arc", "bad", "jun", "step", "chat", "ache", "tag", "tags", "net", "dat", "cart", "camp", "sat", "star", "bun",
    "cat", "comp", "trail", "fat", "cap", "her", "P21", "P16", "P62", "P35", "complement", "protein", "receptor", "antibody", "golf", "mao", "plc",
    "perk", "chop", "fit", "age", "impact", "stop", "mice", "and", "for", "with", "not", "can", "type", "post", "art", "may", "act", "dose", "ten",
    "increase", "decrease", "level", "expression", "control", "brain", "rat", "mouse", "treatment", "dna", "rna", "acid", "no", "th", "da", "ne",
    "at", "as", "in", "it", "is", "he", "so", "be", "mr", "ms", "eGFR", "CO2", "FEV1", "GAD7", "MCF7", "ICD10", "ANOVA", "MRI", "PCR", "EEG", "DSM",
    "HPLC", "LTP", "WAS", "τ", "mg", "cr", "per", "clock",
    "lead", "oxygen", "sucrose", "nucleotide", "retinal", "notch", "numb", "task 1", "stim 1", "sept 2", "FST", "NSF", "DCN", "PAH", "APC", "SI",
]  # fmt: skip


@pytest.mark.parametrize("word", [*ORDINARY, "period 1", "per 1", "per 2", "at 1", "p 21", "her 2", "map 2", "step 61", "chat 2"])
def test_no_ordinary_word_is_a_molecule(terms: Terms, word: str) -> None:
    assert terms.find(word, "molecule") is None


def test_hits_need_no_lower_case_word_of_english(terms: Terms) -> None:
    loose = {spelling.folded for spelling in terms.spellings() if spelling.exact is None}
    assert loose & STOP_WORDS == set()
    assert [form for form in loose if len(form) < 3 and form.isascii() and form.isalpha()] == []


def test_gene_row_has_the_human_and_the_rodent_symbol() -> None:
    row = gene_row("CAPRIN2", names=frozenset({"Caprin-2"}), attested=frozenset())
    assert row.exact == ("CAPRIN2", "Caprin2", "Caprin-2")
    assert (row.id, row.source) == ("", "reach")


def test_attested_gene_row_has_an_identifier() -> None:
    row = gene_row("FURIN", names=frozenset(), attested=frozenset({"FURIN"}))
    assert (row.id, row.exact, row.source) == ("hgnc.symbol:FURIN", ("FURIN", "Furin"), "bel")


def test_four_letter_symbol_has_no_rodent_form_that_reads_as_a_word() -> None:
    assert gene_row("MICE", names=frozenset(), attested=frozenset({"MICE"})).exact == ("MICE",)


def test_safe_symbols_come_in_series_or_are_attested() -> None:
    names = [f"ABC{no}" for no in range(1, 10)] + ["XYZ1", "QRST", "CD99", "WAS", "E12", "Rab"]
    found = list(safe_symbols(names, attested=frozenset({"QRST", "WAS"})))
    assert found == [*(f"ABC{no}" for no in range(1, 10)), "CD99", "QRST"]


def test_a_series_with_an_attested_member_is_safe() -> None:
    assert list(safe_symbols(["XYZ1", "UVW1"], attested=frozenset({"XYZ2"}))) == ["XYZ1", "XYZ2"]


def test_stopped_spellings_and_series_are_left_out() -> None:
    stop = stopped(["THP1", "KIAA*"])
    assert [word for word in ("THP1", "KIAA12", "KIAAX", "THP12") if stop.fullmatch(word)] == ["THP1", "KIAA12"]
    rows = build_rows(["THP1", "CD99", "Zyxagerin", "BDNF"], attested=frozenset({"THP1", "BDNF"}), known=Terms({}), stop=stop)
    assert [row.name for row in rows] == ["BDNF", "CD99", "zyxagerin"]


def test_what_the_molecules_know_is_not_built_again() -> None:
    known = Terms({"molecule": (("here:1", TermRow(name="GluA1", label="receptor", synonyms=("GRIA1",))),)})
    assert build_rows(["GRIA1"], attested=frozenset({"GRIA1"}), known=known, stop=stopped(["x"])) == []


def test_stop_table_names_a_reason_for_each_spelling() -> None:
    stop = read_rows(STOP, StopRow)
    assert len(stop) > 100
    assert [row.spelling for row in stop if not re.fullmatch(r"[A-Z][A-Z0-9]+\*?|[a-z]+", row.spelling)] == []
