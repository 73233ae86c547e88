"""The block in which chair and minute taker answer for the minutes."""

from collections.abc import Sequence

from exports.docx.content import Signature
from exports.docx.formats import ParagraphFormat
from exports.docx.story import Story
from exports.docx.tables import begin_table, write_row
from exports.docx.wording import Wording
from exports.docx.xml import twips

ABREAST = 2
ROLE = ParagraphFormat("TableHead")
LINE = ParagraphFormat("SignatureLine")
NAME = ParagraphFormat("TableText")


def write_signatures(story: Story, signatures: Sequence[Signature], wording: Wording) -> None:
    """Append the block, two side by side, never parted by a page: role, line (or when it was signed), name."""
    for begin in range(0, len(signatures), ABREAST):
        abreast = signatures[begin : begin + ABREAST]
        widths = [twips(story.width / ABREAST)] * len(abreast)
        table = begin_table(story, widths, summary=wording.signatures, style="OpenTable")
        write_row(table, [signature.role for signature in abreast], widths, [ROLE] * len(abreast), is_head=True)
        write_row(table, [_signed(signature, wording) for signature in abreast], widths, [LINE] * len(abreast))
        write_row(table, [signature.name for signature in abreast], widths, [NAME] * len(abreast))


def _signed(signature: Signature, wording: Wording) -> str:
    if signature.remark:
        return signature.remark
    return wording.signed_on.format(moment=signature.signed_on) if signature.signed_on else ""
