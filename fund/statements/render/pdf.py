"""A document as a PDF: A4 (on its side when it is `wide`), its fund and number on every page, always the same bytes.

The file is not tagged: reportlab cannot do it. Whoever needs the structure reads the HTML of the same
document, which has the same figures.
"""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Spacer

from fund.statements.document import (
    Block,
    Document,
    Explained,
    Explanation,
    Facts,
    Flow,
    Items,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from fund.statements.render.flow import picture, table_of
from fund.statements.render.formats import cell_text, labelled, word
from fund.statements.render.pdf_figures import FlowInk, KeyFiguresInk, can_be_large
from fund.statements.render.pdf_table import TableInk, facts_grid, table_grids
from fund.statements.render.pdf_type import ACCENT, LINE, PLAIN, SOFT, Pen, shortened, width_of
from fund.statements.render.tables import identity

_SIDE, _TOP, _BOTTOM = 57.0, 68.0, 66.0
_RUNNING = 7.0
_TOTAL = "number-of-pages"


def render(document: Document) -> bytes:
    """The document as a PDF file; the same document gives the same bytes on every machine."""
    return _Rendering(document).file()


class _Rendering:
    """One document on its way to paper: its pen, its story, its running header and footer."""

    def __init__(self, document: Document) -> None:
        self.document, self.language = document, document.language
        self.pen = Pen()
        self.sections = 0
        self.page_size = landscape(A4) if document.wide else A4
        self.width, self.height = self.page_size
        self.inner = self.width - 2 * _SIDE
        self.running = self._running_texts()

    def file(self) -> bytes:
        """Lay out the whole story and return the file."""
        out = BytesIO()
        pen, document = self.pen, self.document
        story = self._story()
        template = BaseDocTemplate(
            out,
            pagesize=self.page_size,
            invariant=1,
            pageCompression=1,
            lang=self.language,
            title=pen.drawable(f"{document.title} {document.number}".strip()),
            author=pen.drawable(document.fund),
            subject=pen.drawable(document.subject),
            creator="Tresse",
        )
        frame = Frame(
            _SIDE,
            _BOTTOM,
            self.inner,
            self.height - _TOP - _BOTTOM,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        template.addPageTemplates([PageTemplate("page", [frame], onPage=self._page)])
        template.build(story, canvasmaker=_NumberedCanvas)
        return out.getvalue()

    def _page(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        """Draw what stands on every page: a bar of colour or the running title; page, number, fingerprint."""
        number = canvas.getPageNumber()
        canvas.saveState()
        canvas.setFillColor(ACCENT if number == 1 else SOFT)
        if number == 1:
            canvas.rect(_SIDE, self.height - 40, 40, 3, stroke=0, fill=1)
        else:
            canvas.setFont(PLAIN, _RUNNING)
            canvas.drawString(_SIDE, self.height - 42, self.running["fund"])
            canvas.drawRightString(self.width - _SIDE, self.height - 42, self.running["title"])
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(_SIDE, 48, self.width - _SIDE, 48)
        canvas.setFillColor(SOFT)
        canvas.setFont(PLAIN, _RUNNING)
        canvas.drawRightString(self.width - _SIDE, 36, self.running["number"])
        canvas.drawString(_SIDE, 25, self.running["chain_head"])
        # How many pages there are is known at the end: the form drawn here is written when the file is saved.
        before = f"{word('page', self.language)} {number} {word('of', self.language)} "
        canvas.drawString(_SIDE, 36, before)
        canvas.translate(_SIDE + width_of(before, PLAIN, _RUNNING), 36)
        canvas.doForm(_TOTAL)
        canvas.restoreState()

    def _running_texts(self) -> dict[str, str]:
        """The lines of every header and footer, each cut to its room."""
        document, head = self.document, self.document.chain_head
        texts = {
            "fund": (document.fund, self.inner * 0.48),
            "title": (document.title, self.inner * 0.48),
            "number": (document.number, self.inner * 0.6),
            "chain_head": (
                labelled(word("chain_head", self.language), head, self.language) if head else "",
                self.inner,
            ),
        }
        return {key: shortened(self.pen.drawable(text), PLAIN, _RUNNING, room) for key, (text, room) in texts.items()}

    def _story(self) -> list[Flowable]:
        document, pen = self.document, self.pen
        story: list[Flowable] = [pen.p(document.fund, "fund"), pen.p(document.title, "title")]
        if document.subject:
            story.append(pen.p(document.subject, "subject"))
        story += [Spacer(0, 10), TableInk(facts_grid(identity(document), pen, self.language, self.inner, size=8))]
        story += [*self._notes(), Spacer(0, 8)]
        for block in (*document.summary, *document.sections):
            story += self._block(block, 1)
        if document.notes:
            story += [CondPageBreak(60), Spacer(0, 14), pen.p(word("notes", self.language), "caption")]
            story += [pen.p(note, "small") for note in document.notes]
        if pen.lost:
            story.append(pen.p(word("unseen", self.language), "small"))
        return story

    def _block(self, block: Block, depth: int) -> list[Flowable]:
        drawn = self._drawn(block, depth)
        return drawn if isinstance(block, Section) else drawn + self._notes()

    def _drawn(self, block: Block, depth: int) -> list[Flowable]:
        pen = self.pen
        match block:
            case Section():
                return self._section(block, depth)
            case Paragraph():
                return [pen.p(block.text, "body")]
            case Items():
                marks = (f"{place}." if block.numbered else "•" for place in range(1, len(block.entries) + 1))
                return [pen.p(f"{mark} {entry}", "item") for mark, entry in zip(marks, block.entries, strict=True)]
            case KeyFigures() if block.facts and can_be_large(block.facts, self.language):
                return [KeyFiguresInk(block.facts, pen, self.language, self.inner)]
            case Facts() | KeyFigures():
                return (
                    [TableInk(facts_grid(block.facts, pen, self.language, self.inner, size=8.5))] if block.facts else []
                )
            case Table():
                return self._table(block)
            case Explanation():
                return self._explanation(block)
            case Flow():
                return self._flow(block)

    def _section(self, section: Section, depth: int) -> list[Flowable]:
        self.sections += 1
        heading: list[Flowable] = [CondPageBreak(160)]
        if depth == 1:
            heading += [Spacer(0, 18), _Bar()]
        heading.append(_Entry(self.pen.drawable(section.title), f"section-{self.sections}", depth - 1))
        heading.append(self.pen.p(section.title, "section" if depth == 1 else "subsection"))
        return heading + [flowable for block in section.blocks for flowable in self._block(block, depth + 1)]

    def _table(self, table: Table) -> list[Flowable]:
        pen = self.pen
        drawn: list[Flowable] = [CondPageBreak(90), pen.p(table.caption, "caption")]
        if not table.rows:
            drawn.append(pen.p(table.empty, "small"))
        if table.rows or table.total:
            for grid in table_grids(table, pen, self.language, self.inner):
                drawn += [TableInk(grid), Spacer(0, 6)]
        if table.note:
            drawn.append(pen.p(table.note, "small"))
        return drawn

    def _explanation(self, block: Explanation) -> list[Flowable]:
        line = labelled(block.label, cell_text(block.explained, self.language), self.language)
        return [CondPageBreak(60), self.pen.p(line, "explained"), *self._steps(block.explained)]

    def _steps(self, explained: Explained) -> list[Flowable]:
        return [self.pen.p(f"{place}. {step}", "step") for place, step in enumerate(explained.steps, 1)]

    def _flow(self, flow: Flow) -> list[Flowable]:
        table = self._table(table_of(flow, self.language))
        if not flow.links:
            return table
        return [FlowInk(picture(flow, self.language), self.pen, self.inner), *table]

    def _notes(self) -> list[Flowable]:
        """The traces of the figures just drawn, under their numbers."""
        notes, self.pen.notes = self.pen.notes, []
        drawn: list[Flowable] = []
        for number, explained in notes:
            why = labelled(word("why", self.language), cell_text(explained, self.language), self.language)
            drawn.append(self.pen.p(f"{number}. {why}", "small"))
            drawn += self._steps(explained)
        return drawn


class _Bar(Flowable):
    """The line of colour over a section."""

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.across = width
        return width, 1

    def draw(self) -> None:
        self.canv.setStrokeColor(ACCENT)
        self.canv.setLineWidth(1)
        self.canv.line(0, 1, self.across, 1)


class _Entry(Flowable):
    """An entry of the PDF's outline, where a section starts."""

    def __init__(self, title: str, key: str, depth: int) -> None:
        super().__init__()
        self.title, self.key, self.depth = title, key, depth

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self.key, 0, 20)
        self.canv.addOutlineEntry(shortened(self.title, PLAIN, 8, 400), self.key, self.depth)


class _NumberedCanvas(Canvas):
    """A canvas that knows how many pages it has when it is saved, and writes it where every footer left room."""

    def save(self) -> None:
        self.beginForm(_TOTAL)
        self.setFillColor(SOFT)
        self.setFont(PLAIN, _RUNNING)
        self.drawString(0, 0, str(self.getPageNumber() - 1))
        self.endForm()
        super().save()
