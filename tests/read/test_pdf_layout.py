from extractor.read.pdf_layout import Page, layout
from extractor.read.pdf_pages import Run


def page(rows, *, start=0, width=600.0, height=800.0):
    """A page of runs given as (text, left, right, bottom) or with size and bold after that."""
    text, runs = "", []
    for words, left, right, bottom, *more in rows:
        size, bold = (*more, 10.0, False)[:2] if len(more) != 1 else (more[0], False)
        runs.append(Run(len(text), len(text) + len(words) + 2, left, right, bottom, bottom + size, size, bold))
        text += f"{words}\r\n"
    return Page(width, height, text, start, runs)


def texts(blocks):
    return [block.text for block in blocks]


def column(x, words, *, top=700, lines=6):
    return [(f"{words} {number} of the long column of text here", x, x + 240, top - 12 * number) for number in range(lines)]


def test_columns_are_read_from_left_to_right_and_a_full_line_parts_them():
    rows = [("A title over both columns", 50, 550, 740), *column(50, "left"), *column(310, "right"), ("a wide line in the middle of it", 50, 550, 600)]
    rows += [*column(50, "low left", top=560), *column(310, "low right", top=560)]
    blocks, furniture = layout([page(rows)])
    assert furniture == []
    order = [text.partition(" 0 ")[0] for text in texts(blocks)]
    assert order == ["A title over both columns", "left", "right", "a wide line in the middle of it", "low left", "low right"]
    assert [block.flows for block in blocks] == [False, True, True, False, True, True]


def test_one_column_has_no_gutter():
    rows = [(f"A line of text that takes the whole width of the page, number {number}", 50, 550, 700 - 12 * number) for number in range(9)]
    (block,), _ = layout([page(rows)])
    assert len(block.lines) == 9


def test_paragraphs_part_at_indents_gaps_and_short_last_lines():
    rows = [
        ("First paragraph with a line and", 50, 290, 700),
        ("a short end.", 50, 120, 688),
        ("Second paragraph begins after it and", 50, 290, 676),
        ("goes on to the edge of the column", 50, 290, 664),
        ("Third one is set in by an indent", 62, 290, 652),
        ("and goes on", 50, 290, 640),
        ("Fourth stands after a gap.", 50, 290, 600),
    ]
    blocks, _ = layout([page(rows)])
    assert [text.split()[0] for text in texts(blocks)] == ["First", "Second", "Third", "Fourth"]


def test_furniture_is_what_repeats_in_the_margins():
    pages = [
        page([("Pool Journal 7", 50, 200, 780), ("Text of the page.", 50, 300, 600), (str(number), 290, 300, 20)], start=100 * number) for number in (1, 2)
    ]
    blocks, furniture = layout(pages)
    assert texts(blocks) == ["Text of the page.", "Text of the page."]
    assert [line.text.strip() for line in furniture] == ["Pool Journal 7", "1", "Pool Journal 7", "2"]


def test_what_stands_once_in_the_margin_is_text():
    blocks, furniture = layout([page([("A sentence at the very top.", 50, 300, 780), ("Text.", 50, 300, 600)])])
    assert texts(blocks)[0] == "A sentence at the very top."
    assert furniture == []


def test_large_and_bold_lines_are_headings():
    body = [(f"Line {number} of the body of this page", 50, 300, 600 - 12 * number) for number in range(8)]
    blocks, _ = layout([page([("The Title", 50, 300, 700, 18.0), ("Odd heading", 50, 200, 650, 10.0, True), *body])])
    assert [block.level for block in blocks] == [1, 2, None]


def test_rows_need_a_neighbour():
    rows = [("Text above with words", 50, 300, 700), ("Group", 50, 90, 650), ("BDNF", 200, 230, 650), ("Warm", 50, 90, 638), ("5.1", 200, 230, 638)]
    blocks, _ = layout([page(rows)])
    assert [(block.rows, [line.text.strip() for line in block.lines]) for block in blocks if block.rows] == [(True, ["Group", "BDNF"]), (True, ["Warm", "5.1"])]


def test_places_count_through_the_document():
    blocks, _ = layout([page([("One.", 50, 300, 600)]), page([("Two.", 50, 300, 600)], start=6)])
    assert [line.start for block in blocks for line in block.lines] == [0, 6]
