from pathlib import Path

from voice_app.access.page import roles_page

PAGE = Path(__file__).parents[2] / "docs/roles.md"


def test_the_page_about_roles_says_what_the_table_says():
    told = PAGE.read_text(encoding="utf-8")
    assert told == roles_page(), "run: voice-app people roles --out docs/roles.md"
