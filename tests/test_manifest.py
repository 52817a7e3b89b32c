"""What decides whether two runs give the same claims."""

import pytest
from extractor.manifest import package_version, provenance
from extractor.settings import Settings
from extractor.tables import LEXICONS


def test_every_lexicon_is_hashed():
    lexicons = provenance(Settings()).lexicons
    tables = {file.name for file in LEXICONS.iterdir() if file.name.endswith(".tsv")}
    assert tables
    assert tables <= lexicons.keys()
    assert {len(digest) for digest in lexicons.values()} == {64}


def test_equal_runs_have_equal_keys_and_other_choices_another():
    plain = provenance(Settings())
    assert provenance(Settings()).key == plain.key
    others = [provenance(Settings(minimum_confidence=0.5)), provenance(Settings(agents=("ketamine",))), provenance(Settings(), model="en_core_sci_md")]
    assert len({plain.key, *(other.key for other in others)}) == 4


@pytest.mark.parametrize("name", ["word.tsv", "module.py"])
def test_changed_data_and_code_change_the_key(name, tmp_path, monkeypatch):
    package = tmp_path / "extractor"
    (package / "lexicons").mkdir(parents=True)
    (package / "lexicons" / "word.tsv").write_text("a\n", "utf-8")
    (package / "module.py").write_text("a\n", "utf-8")
    monkeypatch.setattr("extractor.manifest.files", lambda _: package)
    before = provenance(Settings()).key
    next(package.rglob(name)).write_text("b\n", "utf-8")
    assert provenance(Settings()).key != before


def test_versions_are_those_installed():
    found = provenance(Settings())
    assert found.version == package_version()
    assert found.packages["spacy"].startswith("3.")
