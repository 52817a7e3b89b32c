"""The sample papers are found, installed or in a checkout."""

import pytest
from extractor import demo
from extractor.errors import DataError


def test_the_samples_of_this_checkout_are_found():
    assert any(path.suffix == ".xml" for path in demo.sample_folder().iterdir())


def test_those_inside_the_package_come_first(tmp_path, monkeypatch):
    package = tmp_path / "extractor"
    (tmp_path / "corpus" / "samples").mkdir(parents=True)
    monkeypatch.setattr(demo, "files", lambda _: package)
    assert demo.sample_folder() == tmp_path / "corpus" / "samples"
    (package / "samples").mkdir(parents=True)
    assert demo.sample_folder() == package / "samples"


def test_a_package_without_samples_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "files", lambda _: tmp_path / "extractor")
    with pytest.raises(DataError, match="samples: no sample papers; expected this folder, or .*; install the package anew"):
        demo.sample_folder()
