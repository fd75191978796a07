"""A document as HTML: a safe fragment for the site's pages, or a whole file that stands alone.

The fragment obeys the site's strict policy: no script, no style of its own, class names only. Its figures
carry the class `figure`; everything that comes from the document is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import escape

from fund.statements.document import (
    Block,
    Cell,
    Column,
    Document,
    Explained,
    Explanation,
    Fact,
    Facts,
    Flow,
    Items,
    KeyFigures,
    Language,
    Link,
    Paragraph,
    Row,
    Section,
    Table,
    figure_of,
)
from fund.statements.render import flow as flows
from fund.statements.render.formats import cell_text, clean, heading_text, labelled, word
from fund.statements.render.page_style import STYLE
from fund.statements.render.tables import identity

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_SHORT_CODE = 24


def fragment(document: Document, *, level: int = 1, headed: bool = True) -> str:
    """The document as an `<article>` whose title is a heading of `level` (1 to 4), safe to put in a page.

    Not `headed`, it goes without its fund, title and subject: the page around it says them.
    """
    language = document.language
    parts = [f'<article class="document" lang="{language}">', '<header class="document-head">']
    if headed:
        parts += [f'<p class="document-fund">{_text(document.fund)}</p>', _heading(document.title, level)]
        if document.subject:
            parts.append(f'<p class="document-subject">{_text(document.subject)}</p>')
    parts += [_facts(identity(document), language, "document-identity"), "</header>"]
    parts += [_block(block, language, level + 1) for block in (*document.summary, *document.sections)]
    if document.notes:
        notes = "".join(f"<li>{_text(note)}</li>" for note in document.notes)
        parts.append(f'<aside class="notes">{_heading(word("notes", language), level + 1)}<ul>{notes}</ul></aside>')
    parts.append("</article>")
    return "\n".join(parts)


def page(document: Document) -> str:
    """The document as a file of its own: readable on a phone, in the dark, on paper, and without a network."""
    title = f"{document.title} — {document.number}" if document.number else document.title
    # A path of the site leads nowhere from a file. Only our own links match: text from the document is escaped.
    body = re.sub(r'<a href="/[^"]*">(.*?)</a>', r"\1", fragment(document))
    return (
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(clean(text), quote=True)


def _heading(text: str, level: int) -> str:
    rank = min(level, 6)
    return f"<h{rank}>{_text(text)}</h{rank}>"


def _id(anchor: str) -> str:
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", anchor)
    return f' id="{name}"' if anchor else ""


def _steps(explained: Explained) -> str:
    return '<ol class="steps">' + "".join(f"<li>{_text(step)}</li>" for step in explained.steps) + "</ol>"


def _cell(cell: Cell, language: Language, column: Column | None = None) -> str:
    """The inside of a cell: the value, its trace to open, or its link."""
    value = figure_of(cell)
    text = escape(cell_text(cell, language, column=column), quote=True)
    if isinstance(value, date):
        text = f'<time datetime="{value:%Y-%m-%d}">{text}</time>'
    elif column and column.kind == "code" and text:
        text = f'<code class="long">{text}</code>' if len(text) > _SHORT_CODE else f"<code>{text}</code>"
    if isinstance(cell, Explained) and cell.steps:
        return f'<details class="trace"><summary>{text}</summary>{_steps(cell)}</details>'
    if isinstance(cell, Link) and cell.target:
        return f'<a href="{escape(cell.target, quote=True)}">{text}</a>'
    return text


def _line(cells: Iterable[Cell], table: Table, language: Language) -> str:
    parts = []
    for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
        kind = f' class="{"figure" if column.is_figure else column.kind}"'
        inside = _cell(cell, language, column)
        if place == 0 and not column.is_figure and inside:
            parts.append(f'<th scope="row"{kind}>{inside}</th>')
        else:
            parts.append(f"<td{kind}>{inside}</td>")
    return "".join(parts)


def _row(row: Row, table: Table, language: Language) -> str:
    names = " ".join((*(["strong"] if row.strong else []), *([f"level-{row.level}"] if row.level else [])))
    kind = f' class="{names}"' if names else ""
    return f"<tr{_id(row.anchor)}{kind}>{_line(row.cells, table, language)}</tr>"


def _table(table: Table, language: Language) -> str:
    """A table in a wrapper that scrolls alone, so that a wide one never widens the page."""
    caption = _text(table.caption)
    note = f'<p class="table-note">{_text(table.note)}</p>' if table.note else ""
    if not table.rows and not table.total:
        return f'<div class="empty"><p class="caption">{caption}</p><p>{_text(table.empty)}</p></div>{note}'
    head = "".join(
        f'<th scope="col" class="{"figure" if column.is_figure else column.kind}">'
        f"{escape(heading_text(column, language))}</th>"
        for column in table.columns
    )
    body = [_row(row, table, language) for row in table.rows]
    if not table.rows:
        body.append(f'<tr><td colspan="{len(table.columns)}">{_text(table.empty)}</td></tr>')
    foot = f"<tfoot><tr>{_line(table.total, table, language)}</tr></tfoot>" if table.total else ""
    lines = "\n".join(body)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}">\n<table>\n'
        f"<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n{foot}</table>\n"
        f"</div>{note}"
    )


def _fact(fact: Fact, language: Language) -> str:
    note = f'<span class="fact-note">{_text(fact.note)}</span>' if fact.note else ""
    figure = "" if isinstance(figure_of(fact.value), str) else ' class="figure"'
    return f"<div><dt>{_text(fact.label)}</dt><dd{figure}>{_cell(fact.value, language)}{note}</dd></div>"


def _facts(facts: Iterable[Fact], language: Language, name: str) -> str:
    return f'<dl class="{name}">' + "\n".join(_fact(fact, language) for fact in facts) + "</dl>"


def _items(items: Items) -> str:
    tag = "ol" if items.numbered else "ul"
    return f"<{tag}>" + "".join(f"<li>{_text(entry)}</li>" for entry in items.entries) + f"</{tag}>"


def _explanation(block: Explanation, language: Language) -> str:
    figure = escape(cell_text(block.explained, language), quote=True)
    return (
        f'<details class="trace explanation"><summary><span>{_text(block.label)}</span> '
        f'<span class="figure">{figure}</span></summary>{_steps(block.explained)}</details>'
    )


def _flow(flow: Flow, language: Language) -> str:
    """The picture and, folded beside it, the table of the same links."""
    table = flows.table_of(flow, language)
    if not flow.links:
        return _table(table, language)
    summary = _text(labelled(word("table", language), flow.title, language))
    return (
        f'<figure class="flow"><div class="scroll" tabindex="0" role="region" aria-label="{_text(flow.title)}">'
        f"{flows.svg(flow, language)}</div><figcaption>{_text(flow.title)}</figcaption>"
        f"<details><summary>{summary}</summary>{_table(table, language)}</details></figure>"
    )


def _section(section: Section, language: Language, level: int) -> str:
    inside = "\n".join(_block(block, language, level + 1) for block in section.blocks)
    return f"<section{_id(section.anchor)}>\n{_heading(section.title, level)}\n{inside}\n</section>"


def _block(block: Block, language: Language, level: int) -> str:
    match block:
        case Section():
            return _section(block, language, level)
        case Paragraph():
            return f"<p>{_text(block.text)}</p>".replace("\n", "<br>")
        case Items():
            return _items(block)
        case Facts():
            return _facts(block.facts, language, "facts")
        case KeyFigures():
            return _facts(block.facts, language, "key-figures")
        case Table():
            return _table(block, language)
        case Explanation():
            return _explanation(block, language)
        case Flow():
            return _flow(block, language)
