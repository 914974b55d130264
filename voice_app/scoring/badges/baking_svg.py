"""A credential as the first child of an SVG, as Open Badges 3.0 wants it there."""

import re
from xml.parsers import expat
from xml.sax.saxutils import quoteattr  # nosec B406 # writes, and reads nothing

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_ELEMENT = f"{NAMESPACE} credential"
_ATTRIBUTE = r"""\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
_ROOT = re.compile(rf"<svg(?:{_ATTRIBUTE})*+\s*(/?)>")


class SvgError(ValueError):
    """The text is no SVG that is read or written here."""


def baked_svg(svg: str, credential: str) -> str:
    """Put a credential into an SVG that has none. Raises `SvgError`."""
    if credentials_in_svg(svg.encode()):
        raise SvgError("This SVG carries a badge already.")
    root = _ROOT.search(svg)
    if root is None or root[1]:
        raise SvgError("This is no SVG with anything in it.")
    opening = f'{root[0][:-1]} xmlns:openbadges="{NAMESPACE}">'
    return svg[: root.start()] + opening + _element(credential) + svg[root.end() :]


def credentials_in_svg(svg: bytes) -> list[str]:
    """Give every credential in an SVG. Raises `SvgError` for what is no SVG, or declares a DTD."""
    reader = _Reader()
    try:
        reader.parser.Parse(svg, True)  # noqa: FBT003 - expat knows it by place only
    except (expat.ExpatError, UnicodeDecodeError, ValueError, LookupError) as error:
        raise SvgError("This is no SVG.") from error
    return reader.credentials


def _element(credential: str) -> str:
    """Write JSON as CDATA; a JWT has its place in an attribute."""
    if not credential.lstrip().startswith("{"):
        return f"<openbadges:credential verify={quoteattr(credential)}/>"
    parts = credential.replace("]]>", "]]]]><![CDATA[>")
    return f"<openbadges:credential><![CDATA[{parts}]]></openbadges:credential>"


class _Reader:
    """Collects credentials while expat reads; a DTD, which can make a text explode, ends it."""

    def __init__(self) -> None:
        self.credentials: list[str] = []
        self._depth = 0
        self._inside: list[str] | None = None
        self._jwt = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._letters

    def _refuse(self, *_declared: object) -> None:
        raise SvgError("An SVG with a DTD is not read.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth == 0 and name != "http://www.w3.org/2000/svg svg":
            raise SvgError("This is no SVG.")
        self._depth += 1
        if name == _ELEMENT:
            self._inside, self._jwt = [], attributes.get("verify", "")

    def _letters(self, letters: str) -> None:
        if self._inside is not None:
            self._inside.append(letters)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == _ELEMENT and self._inside is not None:
            self.credentials.append("".join(self._inside).strip() or self._jwt)
            self._inside = None
