"""What decides whether two runs give the same claims."""

import pytest
from extractor.errors import UsageError
from extractor.manifest import CLAIMS, package_version, provenance
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


def test_other_models_of_claims_change_the_key_and_stand_in_for_those_of_the_package(tmp_path):
    for name in ("models.json", "weights.npz", "claim.skops"):
        (tmp_path / name).write_text(name, "utf-8")
    plain, other = provenance(Settings()), provenance(Settings(), claim_models=tmp_path)
    assert {name for name in other.models if name.startswith(CLAIMS)} == {"claims/models.json", "claims/weights.npz"}
    assert {name: digest for name, digest in plain.models.items() if not name.startswith(CLAIMS)}.items() <= other.models.items()
    (tmp_path / "weights.npz").write_text("others", "utf-8")
    assert len({plain.key, other.key, provenance(Settings(), claim_models=tmp_path).key}) == 3


def test_a_folder_without_models_of_claims_is_a_usage_error(tmp_path):
    (tmp_path / "models.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match=r"no weights.npz; expected models of claims; name a folder that `extractor train` wrote"):
        provenance(Settings(), claim_models=tmp_path)
