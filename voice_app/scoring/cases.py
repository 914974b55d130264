"""Lines of a case file as targets: what a stranger's JSON says is asked for, and was heard."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from voice_app.errors import VoiceAppError
from voice_app.scoring.target import Slot, Target, Task
from voice_app.scoring.templates import expand


class BadCase(VoiceAppError):
    """A line that cannot be judged; says what is wrong with it."""


def target_of(line: Mapping[str, Any]) -> Target:
    """Return what a line asks for.

    It has `lang` (or `language`), `target`, and maybe `task`, `accepted` (or `variants`),
    `slots`, `foils`, `options`, `lists` for templates, `order_matters` and `safety`; other
    keys are not looked at. Raises BadCase or BadTemplate.
    """
    lists = line.get("lists") or {}
    accepted = _phrases(
        (_text(line, "target"), *_texts(line, "accepted"), *_texts(line, "variants")), lists
    )
    foils = _phrases((*_texts(line, "foils"), *_texts(line, "options")), lists)
    return Target(
        task=_task(line),
        language=_text(line, "language" if "language" in line else "lang"),
        accepted=accepted,
        slots=_slots(line.get("slots") or ()),
        foils=tuple(each for each in foils if each not in accepted),
        order_matters=bool(line.get("order_matters")),
        is_safety=bool(line.get("safety")),
    )


def heard_of(line: Mapping[str, Any]) -> str:
    """Return what was heard; it may be empty, not missing."""
    return _text(line, "heard", may_be_empty=True)


def _task(line: Mapping[str, Any]) -> Task:
    task = line.get("task") or ("choose" if line.get("options") else "restate")
    for each in get_args(Task):
        if each == task:
            known: Task = each
            return known
    raise BadCase(f"The task «{task}» is none of {', '.join(get_args(Task))}.")


def _text(line: Mapping[str, Any], key: str, *, may_be_empty: bool = False) -> str:
    text = line.get(key)
    if not isinstance(text, str) or not (text.strip() or may_be_empty):
        raise BadCase(f"There is no text under «{key}».")
    return text


def _texts(line: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return _as_texts(line.get(key) or (), key)


def _as_texts(found: Any, key: str) -> tuple[str, ...]:
    texts = (found,) if isinstance(found, str) else found
    if not isinstance(texts, Iterable) or not all(isinstance(each, str) for each in texts):
        raise BadCase(f"Under «{key}» there is something else than texts.")
    return tuple(texts)


def _phrases(templates: Iterable[str], lists: Any) -> tuple[str, ...]:
    if not isinstance(lists, Mapping):
        raise BadCase("Under «lists» there are no names with words.")
    named = {name: _as_texts(words, "lists") for name, words in lists.items()}
    found = (phrase for template in templates for phrase in expand(template, named))
    return tuple(dict.fromkeys(found))


def _slots(found: Any) -> tuple[Slot, ...]:
    if isinstance(found, Mapping):
        return tuple(_slot(name, value) for name, value in found.items())
    if not isinstance(found, list | tuple):
        raise BadCase("Under «slots» there is neither a list nor names with fillers.")
    return tuple(_slot(str(at), value) for at, value in enumerate(found, start=1))


def _slot(name: str, value: Any) -> Slot:
    if not isinstance(value, Mapping):
        return Slot(name, _as_texts(value, "slots"))
    fillers = value.get("value") or value.get("accepted") or value.get("fillers") or ()
    siblings = _as_texts(value.get("siblings") or (), "siblings")
    return Slot(str(value.get("name", name)), _as_texts(fillers, "slots"), siblings)
