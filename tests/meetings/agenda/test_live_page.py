"""Between the drawing of a page and its first connection nothing is lost."""

import html
import re
from itertools import islice

import pytest

from tests.meetings.walk import MEETING, open_dots, run_with_everyone
from tests.support.demo import Demo


@pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
def test_what_happens_before_a_page_listens_is_told_when_it_does(demo: Demo) -> None:
    run_with_everyone(demo)
    client = demo.client("p-diallo")
    found = re.search(r'sse-connect="([^"]+)"', client.get(MEETING).get_data(as_text=True))
    assert found is not None
    open_dots(demo)
    stream = client.get(html.unescape(found[1]), buffered=False)
    told = b"".join(islice(stream.iter_encoded(), 2)).decode()
    stream.close()
    assert "event: " in told, told
