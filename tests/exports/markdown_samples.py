"""Markdown as it may come: what people write, what programs paste, and what somebody tries."""
# ruff: noqa: E501 - a sample stands in one line

SAMPLES = {
    "empty": "",
    "html": "<script>alert(1)</script>\n\n<div>\n\nx <b>y</b> &copy;\n",
    "lists": "\n".join(f"{'  ' * level}- Punkt {level}" for level in range(40)),
    "numbers": "\n".join(f"{'   ' * level}1. Punkt {level}" for level in range(40)),
    "starts": "7. sieben\n8. acht\n\n0. null\n\n999999999. viel\n\n   weiter\n",
    "loose": "- a\n\n  b\n\n- c\n\n1. d\n\n   e\n\n   > f\n\n2. g\n   - h\n",
    "tasks": "- [x] fertig\n- [ ] offen\n  1. [x] kein Kasten\n",
    "quotes": f"{'>' * 60} tief\n\n> > außen\n> innen\n>\n> ```\n> code\n> ```\n",
    "headings": "\n\n".join(f"{'#' * level} Ebene {level} [Link](https://example.org) `c`" for level in range(1, 7)),
    "breaks": "eins  \nzwei\\\ndrei\n***\nvier\n",
    "code": "```python\nif x:\n\ty = '  '\n```\n\n    eingerückt\n\n~~~\n~~~\n",
    "links": '[a](x) [b](https://e.org/ä?b=c "T") <mail@e.org> [c](javascript:x) [d](#ziel) [e]() [f](//e.org) `[g](h)`',
    "pictures": '![Alt *Text*](https://example.org/x.png "T") ![](y.png) [![z](z.png)](https://e.org)',
    "tables": "| a | b | c |\n|:--|:-:|--:|\n| \\| | `x\\|y` | **z** |\n| nur eine |\n\n| d |\n|---|\n",
    "wide": f"|{'a|' * 80}\n|{'---|' * 80}\n|{'b|' * 80}\n",
    "nested": "> | a | b |\n> |---|---|\n> | c | d |\n\n- x\n\n  | a |\n  |---|\n  | 1 |\n\n  - y\n    | e |\n    |---|\n",
    "notes": "a[^1] b[^2] c[^1]\n\n| t[^3] |\n|---|\n\n[^1]: eins\n\n    - Liste[^2]\n[^2]: zwei\n[^3]: drei\n[^4]: ungenutzt\n",
    "right": "שלום עולם, 123\n\nمرحبا **بالعالم**\n\n- פריט\n\n> ציטוט\n\n# כותרת\n\nDeutsch mit عربي darin[^1]\n\n[^1]: הערה\n",
    "emoji": "👩‍👩‍👧 🇩🇪 ✅ ☐ 𝔘𝔫𝔦\n\n# 🏛\n",
    "control": "a\x00b\x0bc\x1fd\ud800e\ufffef\x7f\u202e g\u2028h\ufeff\r\ni\rj",
    "words": f"{'Donaudampfschifffahrt' * 500}\n\n# {'T' * 3000}\n\n| {'w' * 500} | b |\n|---|---|\n",
    "xml": '</w:t></w:r></w:p> <w:lightContent/> ]]> &amp;lt; <!-- x --> "\'\n\n[x](https://e.org/?a=1&b=%3C "<&\\">")',
}
