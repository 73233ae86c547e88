"""Every route declares a policy, a visitor gets nothing, and what each role gets is written down."""

from pathlib import Path

import pytest
from werkzeug.wrappers import Response

from app.core.web import undeclared_routes
from tests.support.crawl import addresses, crawl
from tests.support.demo import Demo, hidden_fields

pytestmark = pytest.mark.parametrize("demo_url", ["sqlite"], indirect=True)
"""What routes declare and answer is our own; once is enough."""

PUBLIC = {
    "static",
    "about.accessibility",
    "about.privacy",
    "calendar.read",
    "health.healthz",
    "health.readyz",
    "joining.ask",
    "joining.door",
    "joining.enter",
    "minutes_check.ask",
    "minutes_check.check",
    "oparl.agenda_item",
    "oparl.agenda_items",
    "oparl.counties",
    "oparl.county",
    "oparl.location",
    "oparl.meeting",
    "oparl.meetings",
    "oparl.organization",
    "oparl.organizations",
    "oparl.papers",
    "oparl.people",
    "oparl.system",
    "people.choose_language",
    "people.enter",
    "people.enter_demo",
    "people.sign_in",
    "reporting.answer",
    "reporting.ask_withdrawal",
    "reporting.choose",
    "reporting.follow",
    "reporting.form",
    "reporting.look_over",
    "reporting.send",
    "reporting.sent",
    "reporting.withdraw",
}
ROLES = {
    "coordination": "p-albers",
    "coordination, minutes": "p-kaya",
    "case giver": "p-terhorst",
    "chair": "p-wieland",
    "Jobcenter, project lead": "p-brandes",
    "Jobcenter, deputy": "p-vogt",
    "municipality": "p-diallo",
    "welfare association": "p-marx",
    "advisory seat": "p-ebert",
    "no seat": "p-fricke",
}
MATRIX = Path(__file__).with_name("route_matrix.txt")


def test_every_route_declares_a_policy(demo: Demo) -> None:
    assert undeclared_routes(demo.app) == []


def test_only_these_routes_are_open_to_visitors(demo: Demo) -> None:
    views = demo.app.view_functions
    open_ones = {name for name, view in views.items() if str(getattr(view, "policy", "")).startswith("public:")}
    assert open_ones | {"static"} == PUBLIC


def test_a_visitor_is_sent_to_the_sign_in_page_by_every_other_route(demo: Demo) -> None:
    client = demo.client()
    fields = hidden_fields(client.get("/anmelden").text)
    for endpoint, address in addresses(demo, "GET", streams=True).items():
        if endpoint not in PUBLIC:
            assert leads(client.get(address)) == door(demo, endpoint), endpoint
    for endpoint, address in addresses(demo, "POST").items():
        if endpoint not in PUBLIC:
            assert leads(client.post(address, data=fields)) == door(demo, endpoint), endpoint


def leads(answer: Response) -> tuple[bool, str]:
    """Whether the browser is sent elsewhere, and where."""
    return answer.status_code in (302, 303), answer.headers.get("Location", "").split("?")[0]


def door(demo: Demo, endpoint: str) -> tuple[bool, str]:
    """Where a visitor is sent: a room of reconstruction has a door of its own, for people without an account."""
    policy = str(demo.app.view_functions[endpoint].policy)  # type: ignore[attr-defined]
    return True, "/w" if policy.startswith("knowledge.reconstruction.") else "/anmelden"


def test_every_change_needs_the_token_of_its_form(demo: Demo) -> None:
    client = demo.client("p-albers")
    for endpoint, address in addresses(demo, "POST").items():
        assert client.post(address).status_code == 400, endpoint


def test_what_each_role_gets_is_what_is_written_down(demo: Demo) -> None:
    assert matrix(demo) == MATRIX.read_text(encoding="utf-8"), "if this is meant, write the new matrix (see matrix())"


def matrix(demo: Demo) -> str:
    """Route by route the status that each role gets; `python -m tests.house.write_route_matrix` writes it."""
    clients = {role: demo.client(person) for role, person in ROLES.items()}
    lines = [" | ".join(["route", *ROLES])]
    for endpoint, address in sorted(addresses(demo, "GET").items()):
        statuses = [str(client.get(address).status_code) for client in clients.values()]
        lines.append(" | ".join([f"{endpoint} {address}", *statuses]))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("person", list(ROLES.values()))
def test_every_link_that_a_page_offers_can_be_opened(demo: Demo, person: str) -> None:
    broken = [(v.status, v.address, v.linked_from) for v in crawl(demo.client(person)) if v.status >= 400]
    assert broken == []


def test_headers_protect_every_answer(demo: Demo) -> None:
    client = demo.client("p-albers")
    for address in (*addresses(demo, "GET").values(), "/gibt-es-nicht"):
        headers = client.get(address).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/abstimmungen/99999999999999999999", 404),
        ("/faden/gap/9999999999999999999999", 404),
        ("/beschluesse?jahr=-1", 200),
        ("/beschluesse?jahr=99999999999999999999", 200),
        ("/fehlstellen?seite=99999999999&status=x&jahr=-1", 200),
        ("/suche?seite=99999999999&q=%00%F0%9F%98%80", 200),
    ],
)
def test_absurd_numbers_are_no_fault(demo: Demo, address: str, status: int) -> None:
    assert demo.client("p-albers").get(address).status_code == status
