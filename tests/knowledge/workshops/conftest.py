"""The demo county without the workshop that it plans: these tests plan their own."""

import pytest
from sqlmodel import col, delete

from knowledge.workshops.models import Workshop
from knowledge.workshops.states import WorkshopState
from tests.support.demo import Demo


@pytest.fixture
def demo(demo: Demo) -> Demo:
    """The county before the plan."""
    with demo.database.session(demo.database.writing, demo.tenant_id) as session:
        session.exec(delete(Workshop).where(col(Workshop.state) == WorkshopState.PLANNED))
        session.commit()
    return demo
