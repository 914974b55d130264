"""What the description of the service tells, and the bodies it does not: forms and recordings."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import schemathesis
from fastapi import FastAPI
from schemathesis.schemas import APIOperation, BaseSchema

_TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
_FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*\sname="(\w+)"', re.DOTALL)
_ANY_BYTES = "application/octet-stream"
# What comes as bytes and not as a form.
_BYTES = re.compile(r"^/(utterances|verify|.*/recordings)\b")


class Description:
    """Every operation of a service, each that takes something with a body."""

    def __init__(self, app: FastAPI) -> None:
        self._told: dict[str, Any] = deepcopy(app.openapi())
        form = _form()
        for path, method, operation in self._operations():
            if method in {"POST", "PUT"} and "requestBody" not in operation:
                content = _bytes() if _BYTES.match(path) else form
                operation["requestBody"] = {"content": content, "required": True}
        self._schema: BaseSchema = schemathesis.openapi.from_dict(self._told)

    @property
    def routes(self) -> set[str]:
        return {f"{method} {path}" for path, method, _ in self._operations()}

    def operation(self, route: str) -> APIOperation:
        method, _, path = route.partition(" ")
        return self._schema[path][method]

    def names(self, route: str) -> set[str]:
        """The names of all that may be sent: in the path, behind it, in the body."""
        method, _, path = route.partition(" ")
        operation = self._told["paths"][path][method.lower()]
        named = {one["name"] for one in operation.get("parameters", ())}
        for body in operation.get("requestBody", {}).get("content", {}).values():
            schema = body["schema"]
            if "$ref" in schema:
                schema = self._told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            named |= schema.get("properties", {}).keys()
        return named

    def can_be_broken(self, route: str) -> bool:
        """Whether anything sent is not allowed: any text in a path is, and any bytes."""
        method, _, path = route.partition(" ")
        operation = self._told["paths"][path][method.lower()]
        places = operation.get("parameters", ())
        kinds = [one["in"] == "query" or one["schema"].keys() - {"type", "title"} for one in places]
        numbers = [one["schema"].get("type") != "string" for one in places]
        bodies = operation.get("requestBody", {}).get("content", {}).keys() - {_ANY_BYTES}
        return any([*kinds, *numbers, *bodies])

    def _operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path, operations in self._told["paths"].items():
            for method, operation in operations.items():
                yield path, method.upper(), operation


def _bytes() -> dict[str, Any]:
    return {_ANY_BYTES: {"schema": {"type": "string", "format": "binary"}}}


def _form() -> dict[str, Any]:
    """Any of the fields of our pages but the token, and any other."""
    pages = [one.read_text("utf-8") for one in _TEMPLATES.rglob("*.html")]
    names = {name for page in pages for name in _FIELD.findall(page)} - {"token"}
    fields = {name: {"type": "string"} for name in sorted(names)}
    told = {"type": "object", "properties": fields, "additionalProperties": {"type": "string"}}
    return {"application/x-www-form-urlencoded": {"schema": told}}
