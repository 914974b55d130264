"""A page of screens, as candidates see them: its frame, and the facts its script begins with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse

from voice_app.dialogues.sentences import OWN_NAME, sound_key
from voice_app.routes import spoken
from voice_app.routes.deps import Service


@dataclass(frozen=True)
class ScreensPage:
    """What the template needs; `data_json` is safe inside a script data block."""

    data_json: str
    static_version: str


def screens(here: Service, template: str, *, facts: Mapping[str, Any]) -> HTMLResponse:
    """Answer with a page of screens; the help languages are among its facts."""
    data = {**facts, "help_languages": _help_languages(here)}
    page = ScreensPage(
        data_json=json.dumps(data, ensure_ascii=True).replace("<", "\\u003c"),
        static_version=here.version,
    )
    return HTMLResponse(here.templates.get_template(template).render(page=page))


def _help_languages(here: Service) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "own_name": language.own_name,
            "audio": spoken.sound(
                here.manifest, sound_key(code, "phrases", OWN_NAME), text=language.own_name
            )["audio"],
        }
        for code, language in here.content.languages.items()
    ]
