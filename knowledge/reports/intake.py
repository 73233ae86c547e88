"""Between the public form and the action: choices, stamp, the checks that a report passes, and what is missing."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlmodel import Session, col, select

from app.core import clock
from app.core.i18n import _, language
from app.core.permissions import Actor
from app.people.models import Municipality
from knowledge.privacy.confirming import names_for
from knowledge.privacy.rules import Hit, check
from knowledge.reports import links, robots
from knowledge.reports.filing import Draft
from knowledge.reports.forms import ReportForm
from knowledge.reports.passages import fingerprint
from knowledge.reports.states import ReportFacetName
from knowledge.reports.wording import FREQUENCIES, LISTS
from knowledge.taxonomy import lists
from knowledge.taxonomy.terms import label


def secret() -> bytes:
    """The installation's key."""
    return bytes(current_app.secret_key)  # type: ignore[arg-type]


def fresh_stamp() -> str:
    """A new stamp for a form that goes out now."""
    return robots.issue(secret(), clock.now(), secrets.token_urlsafe(16))


def prepared(form: ReportForm, session: Session) -> ReportForm:
    """The form with its choices and, if it is new, with its stamp."""
    places = session.exec(select(Municipality.key, Municipality.name).order_by(col(Municipality.name)))
    form.municipality.choices = [
        ("", _("im ganzen Kreis oder weiß ich nicht")),
        *((place[0], place[1]) for place in places),
    ]
    form.frequency.choices = [(key.value, str(words)) for key, words in FREQUENCIES.items()]
    form.life_domains.choices = _codes("life_domains")
    form.transition.choices = [("", _("bei keinem oder weiß ich nicht")), *_codes("transitions")]
    form.agency.choices = form.other_agency.choices = [("", _("keine Angabe")), *_codes("agency_types")]
    if not form.is_submitted():
        form.once.data = fresh_stamp()
    return form


def _codes(name: str) -> list[tuple[str, str]]:
    return [(key, label(name, key)) for key in lists.keys(name)]


@dataclass(frozen=True)
class Gate:
    """What stands between a sent form and its report. `status` is 0 when nothing does."""

    status: int = 0
    hits: tuple[Hit, ...] = ()
    fingerprint: str = ""
    ask: bool = False
    held: bool = False


def gate(form: ReportForm, session: Session, actor: Actor | None, now: datetime) -> Gate:
    """Look at everything at once, so that a person is sent back only once."""
    valid = form.validate()
    stamp = robots.read(secret(), form.once.data or "")
    hits = check(f"{form.happened.data or ''}\n{form.wish.data or ''}", names_for(session))
    print_ = fingerprint(hits)
    asked = bool(form.asked.data)
    human = actor is not None or (stamp is not None and _is_human(form, stamp))
    if actor is None:
        valid = _came_in_time(form, stamp, now) and valid
    unconfirmed = bool(hits) and form.confirmed.data != print_
    ask = not human and not asked
    if ask:
        form.asked.data = "1"
        wrong = bool((form.answer.data or "").strip())
        form.answer.errors = [
            _("Diese Antwort stimmt nicht. Bitte versuchen Sie es noch einmal.")
            if wrong
            else _("Bitte beantworten Sie die Frage.")
        ]
    if unconfirmed:
        form.confirmed.errors = [_("Bitte lesen Sie die markierten Stellen noch einmal.")]
    status = 400 if form.csrf_token.errors else 422 if not valid or unconfirmed or ask else 0
    return Gate(status, tuple(hits), print_, ask or asked, held=not human)


def _is_human(form: ReportForm, stamp: robots.Stamp) -> bool:
    return robots.proof_holds(stamp.text, form.proof.data or "") or robots.answer_is_right(
        stamp, form.answer.data or ""
    )


def _came_in_time(form: ReportForm, stamp: robots.Stamp | None, now: datetime) -> bool:
    """Whether the form is ours, neither too old nor sent faster than anybody types; else it says so."""
    if form.website.data:
        form.website.errors = [_("Bitte leeren Sie dieses Feld. Es ist eine Falle für Programme.")]
        return False
    if stamp is None or stamp.age(now) > robots.LONGEST_TIME:
        form.once.data, form.proof.data = fresh_stamp(), ""
        form.form_errors.append(_("Das Formular war lange offen. Ihr Text ist noch da. Bitte senden Sie noch einmal."))
        return False
    if stamp.age(now) < robots.SHORTEST_TIME:
        form.form_errors.append(_("Das ging schneller, als jemand tippt. Bitte senden Sie gleich noch einmal."))
        return False
    return True


def draft_of(form: ReportForm, seed: str, *, held: bool) -> Draft:
    """The checked form as the action takes it."""
    codes = {
        ReportFacetName.LIFE_DOMAIN: form.life_domains.data or (),
        ReportFacetName.TRANSITION: [form.transition.data],
        ReportFacetName.INTERFACE: [form.agency.data, form.other_agency.data],
    }
    return Draft(
        happened=(form.happened.data or "").strip(),
        seed=seed,
        token_hash=links.token_hash(links.token_for(secret(), seed)),
        wish=(form.wish.data or "").strip(),
        municipality=form.municipality.data or "",
        frequency=form.frequency.data,
        codes={
            name.value: tuple(key for key in keys if key in lists.keys(LISTS[name])) for name, keys in codes.items()
        },
        email=(form.email.data or "").strip(),
        language=language(),
        held=held,
    )


def seed_of(stamp: str) -> str:
    """What makes the secret link of the report that this stamp brings: the same for a form that is sent twice."""
    return hashlib.sha256(b"seed:" + stamp.encode("utf-8", "replace")).hexdigest()[:32]
