# Edits a Word annex as an office would: `compare_edit.py IN OUT EDIT...`. Each edit is a name of this file, with its arguments after «:»,
# parted by «|». Rows are found by the text of any of their cells.
import copy, sys
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

document = Document(sys.argv[1])
body = document.tables
big = max(body, key=lambda table: len(table._tbl.tr_lst))


def texts(tr):
    return ["\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in tc.findall(qn("w:p"))) for tc in tr.findall(qn("w:tc"))]


def row_of(text):
    for table in body:
        for tr in table._tbl.tr_lst:
            if any(text == cell for cell in texts(tr)):
                return tr
    raise SystemExit("no row «%s»" % text)


def put(tc, text):
    p = tc.findall(qn("w:p"))[0]
    for r in p.findall(qn("w:r")):
        p.remove(r)
    for more in tc.findall(qn("w:p"))[1:]:
        tc.remove(more)
    r = OxmlElement("w:r")
    t = OxmlElement("w:t")
    t.text = text
    r.append(t)
    p.append(r)


def cell(title, column, text):
    put(row_of(title).findall(qn("w:tc"))[int(column)], text)


def delete(title):
    tr = row_of(title)
    tr.getparent().remove(tr)


def add(after, *cells):
    tr = row_of(after)
    new = copy.deepcopy(tr)
    for name in ("w:bookmarkStart", "w:bookmarkEnd", "w:vMerge"):
        for found in list(new.iter(qn(name))):
            found.getparent().remove(found)
    for tc, text in zip(new.findall(qn("w:tc")), cells):
        put(tc, text)
    tr.addnext(new)


def move(title, after):
    tr = row_of(title)
    for found in list(tr.iter(qn("w:vMerge"))):
        found.getparent().remove(found)
    row_of(after).addnext(tr)


def word(old, new):
    """A run's text, wherever it stands."""
    for tc in document.element.body.iter(qn("w:tc")):
        if "".join(t.text or "" for t in tc.iter(qn("w:t"))) == old:
            return put(tc, new)
    raise SystemExit("no cell «%s»" % old)


def tracked(title, column, text):
    """What stands there is deleted, the text inserted, under track changes."""
    p = row_of(title).findall(qn("w:tc"))[int(column)].findall(qn("w:p"))[0]
    deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
    for at, change in enumerate((deleted, inserted)):
        change.set(qn("w:id"), str(9000 + at))
        change.set(qn("w:author"), "Phòng VHXH")
        change.set(qn("w:date"), "2026-11-01T00:00:00Z")
    for r in p.findall(qn("w:r")):
        for t in r.findall(qn("w:t")):
            t.tag = qn("w:delText")
        p.remove(r)
        deleted.append(r)
    r, t = OxmlElement("w:r"), OxmlElement("w:t")
    t.text = text
    r.append(t)
    inserted.append(r)
    p.append(deleted)
    p.append(inserted)


def copy_table():
    new = copy.deepcopy(big._tbl)
    big._tbl.addnext(new)
    big._tbl.addnext(OxmlElement("w:p"))


def every(step, column, text):
    """One cell in each `step` rows."""
    for at, tr in enumerate(big._tbl.tr_lst[2:]):
        tcs = tr.findall(qn("w:tc"))
        if at % int(step) == 0 and len(tcs) > int(column):
            put(tcs[int(column)], text + " %d" % at)


for edit in sys.argv[3:]:
    name, _, rest = edit.partition(":")
    globals()[name](*(rest.split("|") if rest else []))
document.save(sys.argv[2])
