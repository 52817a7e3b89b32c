import io

import pypdfium2
import pytest
from extractor.read.pdf_pages import Run, page_runs
from reportlab.pdfgen import canvas


@pytest.fixture
def runs_of():
    def read(draw_on):
        buffer = io.BytesIO()
        draw = canvas.Canvas(buffer)
        draw_on(draw)
        draw.showPage()
        draw.save()
        document = pypdfium2.PdfDocument(buffer.getvalue())
        page = document[0]
        textpage = page.get_textpage()
        try:
            return page_runs(textpage)
        finally:
            textpage.close()
            page.close()
            document.close()

    return read


def test_runs_cover_the_page_and_know_their_boxes(runs_of):
    def draw_on(draw):
        draw.setFont("Helvetica", 10)
        draw.drawString(100, 700, "First line")
        draw.setFont("Helvetica-Bold", 14)
        draw.drawString(100, 650, "Second")

    text, runs = runs_of(draw_on)
    assert [text[run.start : run.end].strip() for run in runs] == ["First line", "Second"]
    assert [(runs[0].start, runs[-1].end)] == [(0, len(text))]
    assert [(round(run.size), run.bold) for run in runs] == [(10, False), (14, True)]
    assert [abs(run.left - 100) < 2 for run in runs] == [True, True]
    assert runs[0].bottom > runs[1].top


def test_a_wide_blank_parts_a_line(runs_of):
    def draw_on(draw):
        draw.setFont("Helvetica", 10)
        draw.drawString(100, 700, "left part")
        draw.drawString(300, 700, "right part")

    text, runs = runs_of(draw_on)
    assert [text[run.start : run.end].strip() for run in runs] == ["left part", "right part"]


def test_small_digits_above_the_line_are_raised_and_those_below_are_not(runs_of):
    def draw_on(draw):
        for y, shift in ((700, 4), (600, -2)):
            draw.setFont("Helvetica", 10)
            draw.drawString(100, y, "It rose")
            draw.setFont("Helvetica", 6)
            draw.drawString(100 + draw.stringWidth("It rose", "Helvetica", 10), y + shift, "12")

    text, (up, down) = runs_of(draw_on)
    assert [text[start:end] for start, end in up.raised] == ["12"]
    assert down.raised == ()


def test_a_page_without_text_has_no_runs(runs_of):
    assert runs_of(lambda draw: draw.rect(1, 1, 5, 5)) == ("", [])
    assert Run(0, 1, 0, 1, 0, 1, 10, False).raised == ()
