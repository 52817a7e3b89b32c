"""Settings: frozen, checked, told apart by their digest."""

from collections.abc import Callable

import pytest
from extractor.settings import Settings
from pydantic import ValidationError


def test_defaults_keep_everything() -> None:
    settings = Settings()
    assert settings.agents == ()
    assert settings.minimum_confidence == 0
    assert not settings.trace
    assert settings.entity_models == ()
    assert not settings.gilda


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().trace = True  # type: ignore[misc]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"minimum_confidence": 1.2}, "less than or equal to 1"),
        ({"minimum_confidence": -0.1}, "greater than or equal to 0"),
        ({"maximum_sentence_characters": 0}, "greater than 0"),
        ({"abbreviation_passage_characters": 0}, "greater than 0"),
        ({"entity_models": ("colour",)}, "Input should be 'region' or 'chemistry'"),
        ({"confidence": 0.5}, "Extra inputs are not permitted"),
    ],
)
def test_a_setting_out_of_range_or_unknown_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Settings(**wrong)  # type: ignore[arg-type]


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_equal_settings_have_equal_digests_and_each_choice_another() -> None:
    assert Settings(agents=("ketamine",)).digest() == Settings(agents=("ketamine",)).digest()
    others = [Settings(), Settings(agents=("ketamine",)), Settings(minimum_confidence=0.5), Settings(trace=True), Settings(maximum_sentence_characters=9)]
    others += [Settings(entity_models=("region",)), Settings(entity_models=("chemistry",)), Settings(gilda=True)]
    assert len({one.digest() for one in others}) == len(others)
    assert all(len(one.digest()) == 64 for one in others)


def test_settings_reach_another_process_as_they_were(sent: Callable[[Settings], Settings]) -> None:
    settings = Settings(agents=("ketamine", "chebi:6121"), minimum_confidence=0.25)
    back = sent(settings)
    assert back == settings
    assert back.digest() == settings.digest()
