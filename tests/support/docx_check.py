# Looks into Word and PDF files for driver_docx_test.cc; prints what is wrong, one line each. With python-docx, pdftotext.
#   cells DOCX JSON          the only table of DOCX says what the table in JSON says
#   printed DOCX JSON PDF    the PDF has every cell in its column, in order
#   pages PDF HEAD           prints the number of pages and how often HEAD stands in them
#   sections DOCX            prints one line a section: orientation, margins in millimetres
#   text DOCX                prints all paragraphs, those of tables too
import bisect, json, subprocess, sys, unicodedata, xml.etree.ElementTree
from docx import Document
from docx.oxml.ns import qn


def squeezed(text):
    return "".join(unicodedata.normalize("NFC", text).split())


def lines(table):
    """Cells of each row in the order of the print; a group is one line with its number and title."""
    columns = [column["id"] for column in table["columns"]]

    def rows(of):
        for row in of:
            yield [row["cells"].get(column) or "" for column in columns]
            yield from rows(row.get("rows", []))

    for group in table["groups"]:
        if group.get("title"):
            yield ([group.get("number") or ""] if columns[0] == "number" else []) + [group["title"]]
        yield from rows(group["rows"])
    if table.get("totals"):
        yield [table["totals"]["cells"].get(column) or "" for column in columns]


def read(cell):
    """Text of a w:tc, a line break as such; None where the cell above covers it."""
    merge = cell.find("w:tcPr/w:vMerge", cell.nsmap)
    if merge is not None and merge.get(qn("w:val")) != "restart":
        return None
    out = []
    for node in cell.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        out.append(node.text or "" if node.tag == qn("w:t") else "\n" if node.tag == qn("w:br") else "\t")
    return "".join(out)


def cells(docx, wanted):
    document = Document(docx)
    assert len(document.tables) == 1, "%d tables" % len(document.tables)
    table = document.tables[0]
    printed = table._tbl.findall(qn("w:tr"))
    expected = list(lines(wanted))
    if len(printed) != len(expected) + 1:
        print("rows:", len(printed) - 1, "not", len(expected))
    heads = [row.find("w:trPr/w:tblHeader", row.nsmap) is not None for row in printed]
    if heads != [True] + [False] * (len(printed) - 1):
        print("w:tblHeader stands elsewhere than in the first row")
    if any(row.find("w:trPr/w:cantSplit", row.nsmap) is None for row in printed):
        print("a row may break across pages")
    if [read(cell) for cell in printed[0].findall(qn("w:tc"))] != [column["title"] for column in wanted["columns"]]:
        print("head:", [read(cell) for cell in printed[0].findall(qn("w:tc"))])
    above = []
    for row, texts in zip(printed[1:], expected):
        got = [read(cell) for cell in row.findall(qn("w:tc"))]
        got = [above[i] if text is None and i < len(above) else text for i, text in enumerate(got)]
        above = got
        if got != texts:
            print("row:", got, "not", texts)


def columns_of(pdf, left, widths):
    """Text of each column of a table that fills every page: words by their place, line by line. All in points."""
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    out = [[] for _ in widths]
    page = xml.etree.ElementTree.fromstring(subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout)
    for number, page in enumerate(page.iter("{http://www.w3.org/1999/xhtml}page")):
        for word in page.iter("{http://www.w3.org/1999/xhtml}word"):
            x0, y0, x1, y1 = (float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax"))
            column = bisect.bisect(edges, (x0 + x1) / 2) - 1
            if 0 <= column < len(out):
                out[column].append((number, (y0 + y1) / 2, x0, word.text or ""))
    texts = []
    for words in out:
        words.sort(key=lambda word: word[:2])
        lines, at = [], None
        for word in words:
            if at is None or word[0] != at[0] or word[1] - at[1] > 4:   # borrowed letters stand a little higher
                lines.append([])
                at = word
            lines[-1].append(word)
        texts.append(squeezed("".join(word[3] for line in lines for word in sorted(line, key=lambda word: word[2]))))
    return texts


def printed(docx, wanted, pdf):
    document = Document(docx)
    table = document.tables[0]._tbl
    widths = [int(column.get(qn("w:w"))) / 20 for column in table.findall("w:tblGrid/w:gridCol", table.nsmap)]
    texts = columns_of(pdf, document.sections[0].left_margin.pt, widths)
    at = [0] * len(texts)
    everything = squeezed(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout)
    seen = 0
    for row in table.findall(qn("w:tr"))[1:]:
        cells = row.findall(qn("w:tc"))
        for i, cell in enumerate(cells):
            part = squeezed(read(cell) or "")
            if len(cells) == len(texts):
                found = texts[i].find(part, at[i])
                if found < 0:
                    print("column", i, "has not in its place:", read(cell), "in", texts[i][at[i]:at[i] + 80])
                else:
                    at[i] = found + len(part)
                    seen += part != ""
            elif part not in everything:
                print("missing:", read(cell))
    if seen < len(list(lines(wanted))):
        print("only", seen, "cells were looked for")


def pages(pdf, head):
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    print(text.count("\f"), squeezed(text).count(squeezed(head)))


def sections(docx):
    for section in Document(docx).sections:
        margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
        print("landscape" if section.page_width > section.page_height else "portrait", *[round(margin.mm) for margin in margins])


def text(docx):
    document = Document(docx)
    print("lang", document.styles.element.find(".//" + qn("w:lang")).get(qn("w:val")))
    for paragraph in document.element.body.iter(qn("w:p")):
        print("".join(t.text or "" for t in paragraph.iter(qn("w:t"))))


command, *arguments = sys.argv[1:]
if command in ("cells", "printed"):
    with open(arguments[1], encoding="utf-8") as file:
        arguments[1] = json.load(file)
{"cells": cells, "printed": printed, "pages": pages, "sections": sections, "text": text}[command](*arguments)
