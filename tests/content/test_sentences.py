"""What is to be spoken, and under which keys."""

from pathlib import Path

from tests.content.fakes import write_bank
from voice_app.dialogues.loader import load_content
from voice_app.dialogues.sentences import Sentence, sentences


def test_every_sentence_is_listed_once_with_its_key(tmp_path: Path):
    found = list(sentences(load_content(write_bank(tmp_path))))
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys)) == 3 + 2 * (1 + 7 + 3)
    assert Sentence("fr/prompts/rain", "fr", "Il pleut.", "prompts") in found
    assert Sentence("fr/questions/what-do", "fr", "Que faites-vous ?", "questions") in found
    assert Sentence("en/words/kitchen", "en", "the kitchen", "words") in found
    assert Sentence("en/phrases/thanks", "en", "Thanks.", "phrases") in found
    assert Sentence("fr/phrases/own-name", "fr", "Français", "phrases") in found
