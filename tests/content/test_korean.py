"""The small Korean bank of the tests: a folder of content beside the shipped one."""

from pathlib import Path

from voice_app.dialogues.check import neighbors, problems
from voice_app.dialogues.loader import load_content

FOLDER = Path(__file__).parents[1] / "data" / "bank_ko"


def test_the_korean_bank_loads_and_is_in_order_but_small():
    content = load_content(FOLDER)
    assert set(content.languages) == {"ko"}
    assert content.assessments["MC3"].employer_languages == ("ko",)
    pictures = {
        option.id
        for assessment in content.assessments.values()
        for item in (*assessment.items.values(), assessment.rehearsal)
        for option in item.options
    }
    found = problems(content, pictures, lambda _: True)
    assert [one for one in found if one.field != "sections"] == []
    assert [one for one in neighbors(content, "ko") if one.how_near == 1] == []
