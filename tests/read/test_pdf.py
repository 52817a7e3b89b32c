"""PDF files drawn here by reportlab, read back."""

import textwrap

import pytest
from extractor.errors import InputError
from extractor.read import pdf
from extractor.read.pdf import pdf_pages, read_pdf, source_text
from extractor.records import Section
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

WIDTH, HEIGHT = A4
SENTENCES = (
    "Daily swimming raised the growth factor in the hippocampus of every rat in the warm pool.",
    "In the cold pool the factor fell within a week, and it came back when the heating was repaired.",
    "No change was seen in the striatum, whatever the water.",
)


class Sheet:
    """A canvas that draws columns of lines."""

    def __init__(self, path, **fields):
        self.canvas = canvas.Canvas(str(path), pagesize=A4, **fields)
        self.number = 0

    def page(self, left=(), right=(), *, title="", row_by_row=False, head="Mora and Lund: Pools"):
        """Draw a page; a line that begins with `#` is a heading, `^n` is a raised number."""
        self.number += 1
        draw = self.canvas
        draw.setFont("Helvetica", 8)
        draw.drawString(50, HEIGHT - 30, head)
        draw.drawCentredString(WIDTH / 2, 25, str(self.number))
        top = HEIGHT - 80
        if title:
            draw.setFont("Helvetica-Bold", 18)
            draw.drawString(50, top, title)
            top -= 40
        cells = [(x, top - 13 * row, line) for x, lines in ((50, left), (310, right)) for row, line in enumerate(lines)]
        for x, y, line in sorted(cells, key=lambda cell: -cell[1]) if row_by_row else cells:
            self._line(x, y, line)
        draw.showPage()

    def _line(self, x, y, line):
        draw = self.canvas
        draw.setFont("Helvetica-Bold" if line.startswith("#") else "Helvetica", 12 if line.startswith("#") else 10)
        before, mark, after = line.lstrip("#").partition("^")
        draw.drawString(x, y, before)
        if mark:
            x += draw.stringWidth(before, "Helvetica", 10)
            draw.setFont("Helvetica", 6)
            draw.drawString(x, y + 4, after[0])
            draw.setFont("Helvetica", 10)
            draw.drawString(x + 3.6, y, after[1:])

    def save(self):
        self.canvas.save()


def prose(*sentences, width=46):
    return textwrap.wrap(" ".join(sentences or SENTENCES), width)


def one(path):
    (article,) = read_pdf(path)
    assert not isinstance(article, InputError), article
    source = source_text(pdf_pages(path.read_bytes(), path))
    assert article.receipt.read + sum(skip.characters for skip in article.receipt.skipped) == len(source)
    for start, end, place in article.source_map.runs:
        for letter, origin in zip(article.text[start:end], source[place : place + end - start], strict=True):
            assert letter == origin or (letter == " " and origin.isspace()) or (letter == "-" and not origin.isprintable())
    return article


def paragraphs(article):
    return [article.text[p.start : p.end] for p in article.passages if p.kind == "paragraph"]


@pytest.mark.parametrize("row_by_row", [False, True], ids=["column by column", "row by row"])
def test_two_columns_are_read_one_after_the_other(tmp_path, row_by_row):
    path = tmp_path / "a.pdf"
    sheet = Sheet(path)
    left = ["#Introduction", *prose(*SENTENCES), *prose(*SENTENCES)]
    right = ["#Results", *prose(*reversed(SENTENCES)), *prose(*reversed(SENTENCES))]
    sheet.page(left, right, title="Pools and growth factors", row_by_row=row_by_row)
    sheet.save()
    article = one(path)
    assert article.title == "Pools and growth factors"
    assert [(p.kind, p.section) for p in article.passages if p.kind == "heading"] == [("heading", Section.INTRODUCTION), ("heading", Section.RESULTS)]
    introduction = " ".join(article.text[p.start : p.end] for p in article.passages if p.section is Section.INTRODUCTION and p.kind == "paragraph")
    results = " ".join(article.text[p.start : p.end] for p in article.passages if p.section is Section.RESULTS and p.kind == "paragraph")
    assert introduction == " ".join(SENTENCES * 2)
    assert results == " ".join(tuple(reversed(SENTENCES)) * 2)


def test_running_heads_and_page_numbers_are_left_out(tmp_path):
    path = tmp_path / "a.pdf"
    sheet = Sheet(path)
    for _ in range(3):
        sheet.page(prose(*SENTENCES, width=80))
    sheet.save()
    article = one(path)
    assert "Mora" not in article.text
    assert not any(text.isdigit() for text in paragraphs(article))
    assert [skip.characters for skip in article.receipt.skipped if skip.reason == "page furniture"] == [3 * len("MoraandLund:Pools1")]


def test_a_sentence_goes_on_over_a_page(tmp_path):
    path = tmp_path / "a.pdf"
    sheet = Sheet(path)
    sheet.page(["#Results", *prose(SENTENCES[0], "Then the pool was", width=80)])
    sheet.page(prose("closed for a week.", SENTENCES[1], width=80))
    sheet.save()
    assert f"Then the pool was closed for a week. {SENTENCES[1]}" in one(path).text


def test_hyphens_ligatures_and_raised_citations(tmp_path):
    path = tmp_path / "a.pdf"
    sheet = Sheet(path)
    lines = ["#Results", "The drug is a potent antide-", "pressant in the rat, and a long-", "lasting one in mice.^2 It is a long-lasting drug."]
    sheet.page([*lines, "#References", "1. Mora A. Pools. Pond. (2001).", "2. Lund B. Ponds. Pool.", "(2002). doi: 10.1000/p.2"])
    sheet.save()
    article = one(path)
    assert "a potent antidepressant in the rat, and a long-lasting one in mice.2 It is" in article.text
    assert [(article.text[c.start : c.end], c.keys) for c in article.citations] == [("2", ("2",))]
    assert [(r.number, r.first_author, r.year, r.doi) for r in article.references] == [(1, "Mora", 2001, None), (2, "Lund", 2002, "10.1000/p.2")]
    assert article.doi is None
    assert "Pond." not in article.text


def test_a_table_gives_cells(tmp_path):
    path = tmp_path / "a.pdf"
    sheet = Sheet(path)
    sheet.page(["#Results", *prose(SENTENCES[0], width=80), "Table 1 | Levels in the brain"])
    draw = sheet.canvas
    draw.setFont("Helvetica", 10)
    draw.drawString(50, 780, "Levels. It is one page and a table.")
    for row, cells in enumerate([("Group", "BDNF", "VGF"), ("Warm", "5.1", "6.2"), ("Cold", "3.1", "2.2")]):
        for column, cell in enumerate(cells):
            draw.drawString(50 + 120 * column, 700 - 13 * row, cell)
    draw.showPage()
    sheet.save()
    article = one(path)
    assert [article.text[p.start : p.end] for p in article.passages if p.kind == "cell"] == ["Group", "BDNF", "VGF", "Warm", "5.1", "6.2", "Cold", "3.1", "2.2"]
    assert {p.section_path for p in article.passages if p.kind == "cell"} == {("Results", "Table 1")}


def test_an_encrypted_file(tmp_path):
    path = tmp_path / "a.pdf"
    sheet = Sheet(path, encrypt=StandardEncryption("secret", strength=128))
    sheet.page(prose())
    sheet.save()
    (error,) = read_pdf(path)
    assert str(error) == f"{path}: encrypted PDF; expected a PDF that opens without a password; save it without a password"


def test_a_file_of_images_only(tmp_path):
    path = tmp_path / "a.pdf"
    draw = canvas.Canvas(str(path))
    draw.rect(100, 100, 200, 200, fill=1)
    draw.showPage()
    draw.save()
    (error,) = read_pdf(path)
    assert str(error) == f"{path}: no text on 1 page(s), only images; expected a PDF with a text layer; run OCR over it first"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", ": the file is empty; expected a PDF file; get the file again"),
        (b"%PDF-1.4 nothing", ": cannot open: "),
        (b"Once upon a time", ": cannot open: "),
    ],
)
def test_broken_files(tmp_path, data, message):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    (error,) = read_pdf(path)
    assert str(error).startswith(f"{path}{message}")


def test_a_truncated_file_raises_nothing(tmp_path):
    path = tmp_path / "a.pdf"
    sheet = Sheet(path)
    sheet.page(prose())
    sheet.save()
    data = path.read_bytes()
    for share in (0.3, 0.6, 0.9):
        path.write_bytes(data[: int(len(data) * share)])
        (found,) = read_pdf(path)
        assert isinstance(found, InputError) or found.text


def test_limits(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    sheet = Sheet(path)
    for _ in range(3):
        sheet.page(prose())
    sheet.save()
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    (error,) = read_pdf(path)
    assert str(error) == f"{path}: 3 pages; expected at most 2; split the file by article"
    monkeypatch.setattr(pdf, "LARGEST_FILE", 100)
    (error,) = read_pdf(path)
    assert str(error) == f"{path}: more than 100 bytes; expected one article; split the file by article"
