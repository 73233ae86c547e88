"""The word across the page that says that these minutes are not signed yet."""

from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from exports.docx.xml import Element, clean

# Word's own watermark: text along a path, turned by 45 degrees, behind the text, centred between the margins.
SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
    '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>'
    '<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)
SHAPE = (
    '<v:shape id="Watermark{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" alt="" style="position:absolute;'
    "margin-left:0;margin-top:0;width:360pt;height:90pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#ececec"'
    ' stroked="f"><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string={text}/></v:shape>'
)
NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)


def add_watermark(paragraph: Element, text: str, number: int) -> None:
    """Put the watermark into a paragraph of a header; `number` differs from header to header."""
    shape = SHAPE.format(number=number, spid=2048 + number, text=quoteattr(clean(text)))
    run = f"<w:r {nsdecls('w')} {NAMESPACES}><w:rPr><w:noProof/></w:rPr><w:pict>{SHAPE_TYPE}{shape}</w:pict></w:r>"
    paragraph.append(parse_xml(run))
