# Makes the Word and Excel files that the tests of the readers read, into a folder: by python-docx and openpyxl, as offices' own programs
# would. `office_files.py FOLDER`.
import sys, datetime
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

folder = sys.argv[1] + "/"


def element(kind, **attributes):
    made = OxmlElement(kind)
    for key, value in attributes.items():
        made.set(qn("w:" + key), value)
    return made


def run(text, *props):
    r = element("w:r")
    if props:
        rpr = element("w:rPr")
        for prop in props:
            rpr.append(prop)
        r.append(rpr)
    t = element("w:t")
    t.text = text
    t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    r.append(t)
    return r


def paragraph(*children):
    p = element("w:p")
    for child in children:
        p.append(child)
    return p


def wrapped(kind, *children, **attributes):
    made = element(kind, **attributes)
    for child in children:
        made.append(child)
    return made


def merges():
    d = Document()
    d.add_paragraph("Đầu văn bản")
    d.add_paragraph("")
    t = d.add_table(rows=5, cols=3)
    for r in range(5):
        for c in range(3):
            t.cell(r, c).text = f"{r}.{c}"
    t.cell(0, 0).merge(t.cell(0, 2)).text = "trên cùng"
    t.cell(1, 0).merge(t.cell(3, 0)).text = "dọc"
    t.cell(3, 1).merge(t.cell(4, 2)).text = "khối"
    trpr = t.rows[0]._tr.get_or_add_trPr()
    trpr.append(element("w:tblHeader"))
    d.add_paragraph("Giữa hai bảng")
    d.add_table(rows=1, cols=1).cell(0, 0).text = "một ô"
    d.add_paragraph("Cuối")
    d.save(folder + "merges.docx")


def runs():
    d = Document()
    t = d.add_table(rows=1, cols=1)
    def cell(*paragraphs):
        row = t.add_row()
        tc = row.cells[0]._tc
        for p in list(tc.findall(qn("w:p"))):
            tc.remove(p)
        for p in paragraphs:
            tc.append(p)
    t.cell(0, 0).text = "tiêu đề"
    cell(paragraph(run("thêm "), wrapped("w:ins", run("chữ chèn"), id="1", author="A")))
    deleted = element("w:r")
    text = element("w:delText"); text.text = "đã xóa"; deleted.append(text)
    cell(paragraph(run("còn"), wrapped("w:del", deleted, id="2", author="A")))
    cell(paragraph(run("giữ "), run("gạch", element("w:strike")), run("gạch đôi", element("w:dstrike", val="1")), run("không gạch", element("w:strike", val="0"))))
    cell(paragraph(wrapped("w:moveFrom", run("chỗ cũ"), id="3", author="A"), wrapped("w:moveTo", run("chỗ mới"), id="4", author="A")))
    cell(paragraph(wrapped("w:hyperlink", run("liên kết"), anchor="x"), run(" sau")))
    tab = element("w:r"); tab.append(element("w:tab")); line = element("w:r"); line.append(element("w:br"))
    cell(paragraph(run("một"), tab, run("hai"), line, run("ba")), paragraph(run("bốn")))
    sdt = wrapped("w:sdt", element("w:sdtPr"), wrapped("w:sdtContent", run("trong ô nhập")))
    cell(paragraph(sdt))
    block = wrapped("w:sdt", wrapped("w:sdtContent", paragraph(run("cả đoạn"))))
    cell(block, paragraph())
    hyphen = element("w:r"); hyphen.append(element("w:noBreakHyphen"))
    note = element("w:r"); note.append(element("w:footnoteReference", id="2"))
    cell(paragraph(run("KH"), hyphen, run("UBND"), note))
    cell(paragraph(run("ẩn", element("w:vanish")), run("hiện")))
    mark = element("w:rPr"); mark.append(element("w:del", id="9", author="A"))
    cell(paragraph(wrapped("w:pPr", mark), run("liền ")), paragraph(run("một mạch")))
    change = wrapped("w:rPrChange", wrapped("w:rPr", element("w:strike")), id="5", author="A")
    cell(paragraph(run("trước đây gạch", change)))
    box = wrapped("w:r", wrapped("w:pict", wrapped("w:txbxContent", paragraph(run("hộp chữ")))))
    cell(paragraph(run("ngoài hộp"), box))
    nested = t.add_row().cells[0]
    nested.text = "trước"
    inner = nested.add_table(rows=1, cols=2)
    inner.cell(0, 0).text = "trong 1"; inner.cell(0, 1).text = "trong 2"
    nested.add_paragraph("sau")
    gone = t.add_row(); gone.cells[0].text = "hàng đã xóa"
    gone._tr.get_or_add_trPr().append(element("w:del", id="6", author="A"))
    inserted = t.add_row(); inserted._tr.remove(inserted._tr.trPr) if inserted._tr.trPr is not None else None
    inserted.cells[0].text = "hàng chèn"
    inserted._tr.get_or_add_trPr().append(element("w:ins", id="7", author="A"))
    # rows and cells inside content controls
    in_row, in_cell, marked = t.add_row(), t.add_row(), t.add_row()
    for row, text in ((in_row, "hàng trong ô nhập"), (in_cell, "ô trong ô nhập"), (marked, "có dấu")):
        row.cells[0].text = text
        for mark in row._tr.findall(qn("w:trPr")):
            row._tr.remove(mark)
    p = marked.cells[0]._tc.find(qn("w:p"))
    p.insert(0, element("w:bookmarkStart", id="20", name="_Ordo0007")); p.insert(1, element("w:bookmarkEnd", id="20"))
    tc = in_cell.cells[0]._tc; tr = in_cell._tr; tr.remove(tc)
    tr.append(wrapped("w:sdt", wrapped("w:sdtContent", tc)))
    tr = in_row._tr; parent = tr.getparent(); index = parent.index(tr); parent.remove(tr)
    parent.insert(index, wrapped("w:sdt", wrapped("w:sdtContent", tr)))
    d.save(folder + "runs.docx")


def values():
    w = Workbook()
    s = w.active
    s.title = "Biểu 1"
    s.append(["TT", "Giá trị", "Ghi chú"])
    s["A2"] = 1; s["B2"] = 1500.5
    s["A3"] = 2; s["B3"] = 0.125; s["B3"].number_format = "0.0%"
    s["A4"] = 3; s["B4"] = 16000000; s["B4"].number_format = "#,##0"
    s["A5"] = 4; s["B5"] = 2.675; s["B5"].number_format = "0.00"
    s["A6"] = 5; s["B6"] = datetime.date(2026, 3, 5); s["B6"].number_format = "mm-dd-yy"
    s["A7"] = 6; s["B7"] = datetime.date(2026, 5, 1); s["B7"].number_format = '"Tháng "m/yyyy'
    s["A8"] = 7; s["B8"] = "=SUM(A2:A7)"
    s["A9"] = 8; s["B9"] = True
    s["A10"] = 9; s["B10"] = "=1/0"
    s["A11"] = 10; s["B11"].value = "- gạch đầu dòng"; s["C11"] = "+84"; s["C11"].data_type = "s"
    s["A12"] = 11; s["B12"] = "chữ đậm"
    s["A13"] = 12; s["B13"] = 1; s["B13"].number_format = "dd/mm/yyyy"
    s["A14"] = 13; s["B14"] = 59; s["B14"].number_format = "dd/mm/yyyy"
    s["A15"] = 14; s["B15"] = 61; s["B15"].number_format = "dd/mm/yyyy"
    s["A16"] = 15; s["B16"] = 0.1 + 0.2
    s["A17"] = 16; s["B17"] = 0.75; s["B17"].number_format = "h:mm"
    s["A18"] = 17; s["B18"] = 45; s["B18"].number_format = '0 "ngày"'
    s["A20"] = "gộp ngang"; s.merge_cells("A20:C20")
    s["A21"] = "gộp dọc"; s.merge_cells("A21:A22"); s["B21"] = "x"; s["B22"] = "y"
    s.freeze_panes = "A2"
    hidden = w.create_sheet("Ẩn"); hidden["A1"] = "không đọc"; hidden.sheet_state = "hidden"
    printed = w.create_sheet("In"); printed["B3"] = "đầu"; printed["D4"] = "hàng"; printed.print_title_rows = "3:3"
    w.save(folder + "values.xlsx")
    w = Workbook()
    w.active["A1"] = "đầu"; w.active["B1048576"] = "cuối"
    w.save(folder + "far.xlsx")
    w = Workbook(); w.epoch = CALENDAR_MAC_1904
    w.active["A1"] = datetime.date(2026, 3, 5)
    w.save(folder + "since_1904.xlsx")


merges()
runs()
values()
