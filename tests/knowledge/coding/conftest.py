"""The demo county without what it has coded: these tests write their own codebook."""

import pytest

from tests.knowledge.coding.coded import uncoded
from tests.support.demo import Demo


@pytest.fixture
def demo(demo: Demo) -> Demo:
    """The county before anybody coded."""
    return uncoded(demo)
