"""What a Word document may not bring along: code, objects, other files, addresses that it loads, fields that fetch."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from docx.oxml.ns import qn

from exports.base_document.opening import XML, Node, Package, Relation
from exports.base_document.refusals import Fault, Place, Problem, Refused, refuse

DANGEROUS_RELATIONS = {
    "vbaproject": Fault.MACROS,
    "wordvbadata": Fault.MACROS,
    "oleobject": Fault.EMBEDDED,
    "package": Fault.EMBEDDED,
    "control": Fault.EMBEDDED,
    "activexcontrolbinary": Fault.EMBEDDED,
    "video": Fault.EMBEDDED,
    "audio": Fault.EMBEDDED,
    "media": Fault.EMBEDDED,
    "afchunk": Fault.FOREIGN_TEXT,
    "subdocument": Fault.FOREIGN_TEXT,
    "frame": Fault.FOREIGN_TEXT,
    "attachedtemplate": Fault.REMOTE_TEMPLATE,
}
DANGEROUS_ELEMENTS = {
    "object": Fault.EMBEDDED,
    "OLEObject": Fault.EMBEDDED,
    "control": Fault.EMBEDDED,
    "ocx": Fault.EMBEDDED,
    "altChunk": Fault.FOREIGN_TEXT,
    "subDoc": Fault.FOREIGN_TEXT,
    "frameset": Fault.FOREIGN_TEXT,
}
HARMLESS_FIELDS = frozenset(
    (
        "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TITLE", "SUBJECT", "DATE", "TIME", "CREATEDATE",
        "SAVEDATE", "PRINTDATE", "HYPERLINK", "REF", "PAGEREF", "NOTEREF", "SEQ", "SYMBOL", "DOCPROPERTY", "TOC", "=",
        "QUOTE", "IF", "COMPARE", "NUMWORDS", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "FILENAME", "AUTHOR",
    )
)  # fmt: skip
LINK_SCHEMES = ("http", "https", "mailto", "tel")
FIRST_WORD = re.compile(r"\s*([A-Za-z]+|=)")
LINK_FIELD = re.compile(
    r"""\s*HYPERLINK(?:\s+"?(?P<address>[^"\\\s]+)"?)?(?:\s+\\[lot]\s+(?:"[^"\\]*"|[^"\\\s]+)|\s+\\[mnh])*\s*""",
    re.IGNORECASE,
)
PEOPLE_CALL = re.compile(r"(document|header|footer|footnotes|endnotes|comments|styles|settings|numbering)(\d*)\.xml$")


def check_safe(package: Package) -> None:
    """Raises Refused with everything that is wrong, in the order of the parts."""
    problems = [
        problem for part in ("", *package.parts) if not part.endswith(".rels") for problem in _of(package, part)
    ]
    if problems:
        raise Refused(*problems[:10])


def _of(package: Package, part: str) -> Iterator[Problem]:
    for relation in package.relations(part):
        fault = _fault_of(relation)
        if fault is not None:
            about = _shown(relation.target) if relation.external else relation.target
            yield Problem(fault, Place(part), about)
    if part.endswith(XML):
        yield from _in_tree(package.root(part), part)


def _fault_of(relation: Relation) -> Fault | None:
    kind = relation.kind.lower()
    if kind in DANGEROUS_RELATIONS and (kind != "attachedtemplate" or relation.external):
        return DANGEROUS_RELATIONS[kind]
    if relation.external and not (kind == "hyperlink" and is_link(relation.target)):
        return Fault.EXTERNAL
    return None


def is_link(address: str) -> bool:
    """Whether an address is one that a reader follows by a click, on the web, by mail or by phone."""
    try:
        return urlsplit(address.strip()).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def _leads_to_a_link(instruction: str) -> bool:
    """Whether a field of this text opens what a link may open, or a place in the document itself."""
    found = LINK_FIELD.fullmatch(instruction)
    return found is not None and (not found["address"] or is_link(found["address"]))


def _shown(address: str) -> str:
    return address if len(address) <= 60 else address[:57] + "…"


def _in_tree(root: Node, part: str) -> Iterator[Problem]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            raise refuse(Fault.ENTITIES, part)  # an entity that was not resolved
        fault = DANGEROUS_ELEMENTS.get(element.tag.rpartition("}")[2]) if "content-types" not in element.tag else None
        if fault is not None:
            yield Problem(fault, Place(part))
    for instruction in instructions(root):
        word = FIRST_WORD.match(instruction)
        name = word[1].upper() if word is not None else instruction.strip()
        if name and name not in HARMLESS_FIELDS:
            yield Problem(Fault.FIELD, Place(part), _shown(name))
        elif name == "HYPERLINK" and not _leads_to_a_link(instruction):
            yield Problem(Fault.EXTERNAL, Place(part), _shown(instruction.strip()))


def instructions(root: Node) -> Iterator[str]:
    """What each field of a part computes; Word may spread an instruction over several runs, and fields nest."""
    for simple in root.iter(qn("w:fldSimple")):
        yield simple.get(qn("w:instr"), "")
    open_fields: list[list[str]] = []
    for element in root.iter(qn("w:fldChar"), qn("w:instrText")):
        if element.tag == qn("w:instrText"):
            if open_fields:
                open_fields[-1].append(element.text or "")
            else:
                yield element.text or ""
            continue
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            open_fields.append([])
        elif kind == "end" and open_fields:
            yield "".join(open_fields.pop())
    yield from ("".join(each) for each in open_fields)
