"""A badge as an employer sees it: shown by its holder, verified by a program of others."""

import json
from pathlib import Path

from playwright.sync_api import Page

from tests.oracle import ask as ask_oracle
from tests.server import Server


def assert_badge_is_real(page: Page, service: Server, folder: Path) -> None:
    """The newest badge verifies once its holder shows it."""
    (code,) = service.rows("select code from badge order by issued_at desc limit 1")[0]
    page.goto(f"{service.origin}/share/{code}")
    page.click("form[action*=consent] button")
    document = page.request.get(
        f"{service.origin}/b/{code}", headers={"accept": "application/vc+ld+json"}
    )
    published = {".well-known/did.json": "did.json", "status/1/revocation": "list.json"}
    for address, name in published.items():
        (folder / name).write_bytes(page.request.get(f"{service.origin}/{address}").body())
    verdict = ask_oracle(
        json.loads(document.body()), *(folder / name for name in published.values())
    )
    assert verdict.code == 0, verdict.found
    page.goto(f"{service.origin}/b/{code}")
    assert page.locator(".hear audio").count() == 1
