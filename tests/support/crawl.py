"""Walks every page that a person can reach, and every address that the application has for the demo county."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from tests.support.demo import Demo
from tests.support.house_rules import HouseClient

_HREF = re.compile(r'(?:href|hx-get)="([^"]+)"')
MOST_PAGES = 400
NOT_FOLLOWED = ("/static/", "/live/")
LONG_LISTS = re.compile(r"/fehlstellen\?|/beschluesse\?|/suche\?|/sitzungen\?|/loesungen\?|/faelle\?|/bilder/\w+\?")


@dataclass(frozen=True)
class Visited:
    """One answer: where, from which page it was linked, status and everything it said."""

    address: str
    linked_from: str
    status: int
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; documents are searched in their parts."""
        return self.body.decode("utf-8", "replace")


def crawl(client: HouseClient, start: str = "/") -> Iterator[Visited]:
    """Every page that links lead to from `start`, each once; of filtered lists only a few per page."""
    waiting, seen = deque([(start, "")]), {start}
    while waiting and len(seen) < MOST_PAGES:
        address, origin = waiting.popleft()
        answer = client.get(address)
        yield Visited(address, origin, answer.status_code, answer.data)
        if answer.mimetype != "text/html":
            continue
        filtered = 0
        for link in links(answer.get_data(as_text=True)):
            filtered += bool(LONG_LISTS.match(link))
            if link not in seen and not (LONG_LISTS.match(link) and (filtered > 6 or LONG_LISTS.match(address))):
                seen.add(link)
                waiting.append((link, address))


def links(html: str) -> Iterator[str]:
    """The addresses of our own that a page leads to."""
    for raw in _HREF.findall(html):
        address = urldefrag(raw.replace("&amp;", "&")).url
        if address.startswith("/") and not address.startswith(NOT_FOLLOWED) and not urlsplit(address).netloc:
            yield address


SAMPLES: dict[str, dict[str, object]] = {
    "cases": {"key": "birke", "station_id": 1, "finding_id": 1},
    "workshops": {"key": "W-2026-1"},
    "letterhead": {"place": "kreis", "purpose": "briefkopf", "version_id": 1},
    "page_head": {"place": "kreis"},
    "standing": {"key": "lg-kim", "place": "1"},
    "suggestions": {"key": "LG-09"},
    "amendments": {"key": "LG-09"},
    "coding": {"key": "birke", "coding_id": 1, "passage_id": 1},
    "workshops.timeline": {"key": "birke"},
    "workshop_paper": {"key": "W-2026-1"},
    "joining": {"code": "KEINER"},
    "live_room": {"key": "W-2026-1", "name": "kopf"},
    "live_cards": {"key": "W-2026-1", "question_id": 1},
    "live_clusters": {"key": "W-2026-1", "cluster": "keine", "card": "keine"},
    "steering": {"key": "W-2026-1", "workshop_case_id": 1},
    "aftermath": {"key": "W-2026-1", "finding_id": 1, "cluster_id": 1, "station_id": 1},
    "aftermath.feedback": {"key": "birke"},
    "workshop_minutes": {"key": "W-2026-1"},
    "gaps": {"key": "F-2026-01", "target": "F-2026-02"},
    "topics": {"key": "T-03"},
    "topic_bundle": {"key": "T-03"},
    "topic_brief": {"key": "T-03"},
    "documents": {"key": "D-2026-01"},
    "imports": {"import_id": 1},
    "reporting": {"tenant_key": "kreis-sonderau", "token": "keine"},
    "reports": {"key": "M-AAAAAA"},
    "solutions": {"key": "L-2023-01"},
    "bodies": {"key": "lg-kim"},
    "bodies_edit": {"key": "lg-kim", "seat_id": 1},
    "meetings": {"key": "LG-09", "number": "6"},
    "planning": {"key": "LG-09", "number": "6"},
    "endings": {"key": "LG-09", "number": "6", "target": "held"},
    "invitations": {"key": "LG-09", "letter_id": 1, "seat_id": 1},
    "invitation_paper": {"key": "LG-09"},
    "calendar": {"secret": "keines"},
    "dates": {"key": "lg-kim", "poll_id": 1, "option_id": 1},
    "room": {"key": "LG-09", "number": "6"},
    "room_lead": {"key": "LG-09", "number": "6", "seat_id": 1, "captured_id": 1},
    "room_live": {"key": "LG-09", "code": "KEINER"},
    "room_times": {"key": "LG-09"},
    "cover_letter": {"key": "LG-09", "suffix": "docx"},
    "room_sheets": {"key": "LG-09", "suffix": "pdf"},
    "folder": {"key": "LG-09", "folder_id": 1, "suffix": "pdf"},
    "decision_register": {"suffix": "pdf"},
    "polls": {"poll_id": 1},
    "lots": {"poll_id": 1},
    "scoring": {"key": "LG-09", "number": "6", "scoring_id": 1, "organisation_id": 1},
    "scoring.weigh": {"key": "lg-kim"},
    "scoring_files": {"scoring_id": 1, "suffix": "pdf"},
    "scoring_files.result": {"scoring_id": 1, "suffix": "xlsx"},
    "circulars": {"key": "lg-kim"},
    "recount": {"poll_id": 1, "suffix": "pdf"},
    "oparl": {"county": "kreis-sonderau", "key": "LG-09", "item_id": 1},
    "publishing": {"key": "LG-09"},
    "voting": {"key": "LG-09", "number": "6", "poll_id": 1},
    "sealed": {"key": "LG-09", "number": "6", "poll_id": 1, "urn_id": 1},
    "decisions": {"key": "D-08-2", "number": "6"},
    "decisions.record": {"key": "LG-09", "number": "6"},
    "minutes": {"key": "LG-09", "number": "6", "revision": 1},
    "public_minutes": {"key": "LG-09"},
    "extracts": {"key": "D-08-3"},
    "minutes_steps": {"key": "LG-09", "target": "circulated", "objection_id": 1, "file_id": 1},
    "text_modules": {"key": "lg-kim", "module_id": 1},
    "follow_up": {"key": "A-2026-01"},
    "follow_up.set_task": {"key": "D-08-3"},
    "follow_up.take_over": {"key": "LG-09"},
    "exports.minutes_text": {"key": "LG-09", "suffix": "md"},
    "exports.extract_docx": {"key": "D-08-3"},
    "exports.extract_pdf": {"key": "D-08-3"},
    "papers": {"paper_id": 1, "station_id": 1, "target": "submitted", "key": "LG-09", "number": "6"},
    "register": {"key": "D-08-2"},
    "register.organisation": {"key": "jobcenter"},
    "attachments": {"paper_id": 1, "attachment_id": 1, "place": 1},
    "exports": {"key": "LG-09"},
    "agreements": {"key": "ZV-2026-01"},
    "live": {"kind": "meeting", "key": "3"},
    "people": {"key": "p-albers"},
    "conversation": {"kind": "gap", "thing_id": 1, "comment_id": 1},
    "versions": {"kind": "gap", "thing_id": 1, "number": 1},
    "mail": {"mail_id": 1},
    "trace": {"kind": "gap", "node_id": 1},
    "pictures": {"kind": "luecken"},
    "search": {"saved_id": 1},
    "jobs": {"job_id": 1},
}


STREAMS = frozenset({"live.follow", "live_room.stream", "room_live.stream"})
"""Answers that never end; a test that asks for one waits for ever."""


def addresses(
    demo: Demo, method: str, *, streams: bool = False, samples: dict[str, dict[str, object]] = SAMPLES
) -> dict[str, str]:
    """Endpoint → an address in the demo county, for every route that takes `method`; streams only if asked for."""
    found = {}
    with demo.app.test_request_context():
        for rule in demo.app.url_map.iter_rules():
            if method not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            if rule.endpoint in STREAMS and not streams:
                continue
            room = rule.endpoint.split(".")[0]
            sample = samples.get(rule.endpoint) or samples.get(room) or {}
            values = {name: value for name, value in sample.items() if name in rule.arguments}
            found[rule.endpoint] = demo.app.url_for(rule.endpoint, **values)
    return found
