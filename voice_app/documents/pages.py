"""Markdown to a page: only what these documents use, and nothing that runs."""

import html
import re
from collections.abc import Iterator
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from voice_app.documents.filling import TEMPLATES

# Escaped characters wait here while the marks of Markdown are read.
_ASIDE = 0xE000
_BLANK = re.compile(r"\*\*\[FILL IN (\d+): (.+?)\]\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_SAFE = ("https://", "http://", "#")
_ESCAPED = re.compile(r"\\([!-/:-@[-`{-~])")
_CODE = re.compile(r"`([^`]+)`")
_MARKS = re.compile(r"([*\[\]])")
_ITEM = re.compile(r"(?:- |\d+\. )")


def page(title: str, markdown: str) -> str:
    """Give a whole page of its own: no script, nothing from elsewhere."""
    loader = FileSystemLoader(TEMPLATES)
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    body = "\n".join(_blocks(markdown))
    return templates.get_template("page.html").render(title=title, body=body)


def _blocks(markdown: str) -> Iterator[str]:
    for is_empty, lines in groupby(markdown.splitlines(), key=lambda line: not line.strip()):
        if not is_empty:
            yield from _block(list(lines))


def _block(lines: list[str]) -> Iterator[str]:
    first = lines[0]
    if first.startswith("#"):
        level = len(first) - len(first.lstrip("#"))
        yield f"<h{level}>{_inline(first[level:].strip())}</h{level}>"
        yield from _block(lines[1:]) if lines[1:] else ()
    elif first.startswith("|"):
        yield from _table(lines)
    elif _ITEM.match(first):
        yield from _list(lines)
    else:
        until = next((n for n, line in enumerate(lines) if n and _ITEM.match(line)), len(lines))
        yield f"<p>{_inline(' '.join(lines[:until]))}</p>"
        yield from _list(lines[until:]) if lines[until:] else ()


def _list(lines: list[str]) -> Iterator[str]:
    kind = "ul" if lines[0].startswith("- ") else "ol"
    items: list[str] = []
    for line in lines:
        if found := _ITEM.match(line):
            items.append(line[found.end() :])
        else:
            items[-1] += " " + line.strip()
    yield f"<{kind}>"
    yield from (f"<li>{_inline(item)}</li>" for item in items)
    yield f"</{kind}>"


def _table(lines: list[str]) -> Iterator[str]:
    rows = [_cells(line) for line in lines]
    yield '<div class="wide"><table>'
    if any(rows[0]):
        head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
        yield f"<thead><tr>{head}</tr></thead>"
    yield "<tbody>"
    for row in rows[2:]:
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></div>"


def _cells(line: str) -> list[str]:
    return [_inline(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _inline(text: str) -> str:
    safe = html.escape(_ESCAPED.sub(_aside, text))
    coded = _CODE.sub(lambda found: f"<code>{_MARKS.sub(_aside, found[1])}</code>", safe)
    marked = _BLANK.sub(r'<mark id="fill-in-\1">FILL IN \1: \2</mark>', coded)
    bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", marked)
    stressed = re.sub(r"\*([^*\s][^*]*)\*", r"<em>\1</em>", bold)
    linked = _LINK.sub(_link, stressed)
    return "".join(_back(one) for one in linked)


def _link(found: re.Match[str]) -> str:
    words, address = found[1], found[2]
    return f'<a href="{address}">{words}</a>' if address.startswith(_SAFE) else words


def _aside(found: re.Match[str]) -> str:
    return chr(_ASIDE + ord(found[1]))


def _back(one: str) -> str:
    is_aside = _ASIDE <= ord(one) < _ASIDE + 0x80
    return html.escape(chr(ord(one) - _ASIDE)) if is_aside else one
