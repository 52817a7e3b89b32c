from extractor.evaluate.statements import overlapping, shown, statement


def test_a_claim_becomes_comparable(record):
    made = statement(record(qualifiers={"dose": "10 mg/kg", "time": "1 h"}))
    assert (made.molecule.shown, shown(made.region), made.direction, shown(made.species)) == ("BDNF", "hippocampus", "increase", "rat")
    assert made.core == "BDNF ↑ | hippocampus | rat"
    assert (made.form, made.agent_type, made.certainty, made.attribution, made.presupposed) == ("level", "drug", "asserted", "own", False)
    assert made.qualifiers == "10 mg/kg; 1 h"
    assert made.rungs == {"region": "sentence", "species": "sentence", "agent": "sentence"}
    assert made.sections == ("results",)
    assert made.rules == ("up.1",)
    assert made.words == {"agent": ("ketamine",), "molecule": ("BDNF",), "region": ("hippocampus",), "species": ("rat",)}


def test_what_the_article_does_not_state_is_none(record):
    made = statement(record(region=None, species=None, agent=()))
    assert (made.region, made.species, made.agents) == (None, None, ())
    assert shown(made.region) == "not stated"
    assert made.rungs == {}


def test_a_molecule_that_no_lexicon_knows_keeps_its_words(record):
    made = statement(record(molecule="odd thing"))
    assert made.molecule.key is None
    assert "odd thing" in made.molecule.spellings


def test_quotes_overlap_when_one_holds_the_other_or_eight_words_are_shared():
    sentence = "In this study of twelve rats the drug raised BDNF within an hour of the dose."
    assert overlapping((sentence,), ("the drug raised BDNF",))
    assert overlapping(("The  drug raised\nBDNF.",), ("the drug raised BDNF",))
    assert overlapping((sentence,), ("Twelve rats, the drug raised BDNF within an hour or so.",))
    assert not overlapping((sentence,), ("The drug raised BDNF and then it fell.",))
    assert not overlapping((sentence,), ())
    assert not overlapping(("raised BDNFs",), ("raised BDNF",))
