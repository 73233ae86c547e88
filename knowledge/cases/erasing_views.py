"""Withdrawal and erasure of one case, each confirmed on a page of its own; the proofs; the concept with its periods."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from flask import Response, g, url_for
from sqlmodel import Session, col, func, select
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField
from wtforms.validators import InputRequired

from app.core.forms import BaseForm
from app.core.i18n import _, lazy, ngettext
from app.core.web import house, page, perform_once, reading, requires, signed_in
from app.core.writer import offload
from app.people.models import Person, Tenant
from knowledge.cases import erasing, policy
from knowledge.cases.access import FoundCase
from knowledge.cases.blueprint import blueprint
from knowledge.cases.erasure_concept import concept_of
from knowledge.cases.erasure_due import DueCase, forget_the_log, periods
from knowledge.cases.erasure_models import CaseErasure
from knowledge.cases.models import Finding, Station
from knowledge.cases.states import ErasureWhy
from knowledge.cases.wizard import case_by_key
from knowledge.gaps.models import Evidence

MOST_PROOFS = 200

WHY = {
    ErasureWhy.WITHDRAWAL: (lazy("Einwilligung widerrufen"), "warning"),
    ErasureWhy.RETENTION: (lazy("Frist abgelaufen"), "neutral"),
    ErasureWhy.REQUEST: (lazy("auf Verlangen gelöscht"), "info"),
}
"""Word and tone of the badge."""


class EraseForm(BaseForm):
    """The tick without which nothing is erased."""

    understood = BooleanField(
        lazy("Ich weiß, dass sich das nicht rückgängig machen lässt."),
        validators=[InputRequired(lazy("Bitte setzen Sie den Haken, wenn der Fall gelöscht werden soll."))],
    )


@dataclass(frozen=True)
class Proof:
    """One erasure as the page shows it."""

    id: int
    key: str
    why: ErasureWhy
    at: datetime
    by: str
    rows: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many rows went."""
        return sum(number for _name, number in self.rows)


@blueprint.get("/faelle/<key>/widerruf")
@requires(policy.may_withdraw_case, load=case_by_key)
def withdrawing(found: FoundCase, key: str) -> Response:
    """What a withdrawal does, before it is entered."""
    del key
    return _withdraw_page(found, EraseForm(formdata=None))


@blueprint.post("/faelle/<key>/widerruf")
@requires(policy.may_withdraw_case, load=case_by_key)
def withdraw(found: FoundCase, key: str) -> AnyResponse:
    """The person took the consent back: everything goes now."""
    del key
    return _confirmed(found, _withdraw_page, ErasureWhy.WITHDRAWAL)


@blueprint.get("/faelle/<key>/loeschen")
@requires(policy.may_erase_case, load=case_by_key)
def erasure(found: FoundCase, key: str) -> Response:
    """Erase on request; also for the officer, who does not read the case: its title is not on the page."""
    del key
    return _erase_page(found, EraseForm(formdata=None))


@blueprint.post("/faelle/<key>/loeschen")
@requires(policy.may_erase_case, load=case_by_key)
def erase(found: FoundCase, key: str) -> AnyResponse:
    """Erase it now."""
    del key
    return _confirmed(found, _erase_page, ErasureWhy.REQUEST)


def _confirmed(
    found: FoundCase, asking: Callable[[FoundCase, EraseForm, int], Response], why: ErasureWhy
) -> AnyResponse:
    form = EraseForm()
    return _erased(found, why) if form.validate_on_submit() else asking(found, form, 422)


def _erased(found: FoundCase, why: ErasureWhy) -> AnyResponse:
    sees_proof = bool(policy.may_read_erasures(signed_in()))
    answer = perform_once(
        erasing.erase_case,
        found.id,
        why=why,
        then=lambda proof: url_for("cases.erasures", neu=proof.id) if sees_proof else url_for("cases.index"),
    )
    if house().database.is_sqlite:
        _stop_reading()
        offload(partial(forget_the_log, house().database))
    return answer


def _stop_reading() -> None:
    """The log can be emptied only when nobody reads an earlier state, this request included."""
    session = g.pop("reading", None)
    if session is not None:
        session.close()


def _withdraw_page(found: FoundCase, form: EraseForm, status: int = 200) -> Response:
    return page(
        "ui/confirm.html",
        status=status,
        title=_("Einwilligung zu „%(case)s“ widerrufen", case=found.case.title),
        text=_("Der Fall wird sofort und endgültig gelöscht. Niemand kann ihn danach noch öffnen, auch Sie nicht."),
        facts=_consequences(reading(), found),
        form=form,
        action_url=url_for("cases.withdraw", key=found.case.key),
        confirm_label=_("Widerruf eintragen und Fall löschen"),
        back_url=url_for("cases.show", key=found.case.key),
    )


def _erase_page(found: FoundCase, form: EraseForm, status: int = 200) -> Response:
    readable = bool(policy.may_read_case(signed_in(), found))
    back = url_for("cases.show", key=found.case.key) if readable else url_for("cases.erasures")
    return page(
        "ui/confirm.html",
        status=status,
        title=_("Fall „%(key)s“ auf Verlangen löschen", key=found.case.key),
        text=_("Der Fall wird sofort und endgültig gelöscht. Niemand kann ihn danach noch öffnen, auch Sie nicht."),
        facts=_consequences(reading(), found),
        form=form,
        action_url=url_for("cases.erase", key=found.case.key),
        confirm_label=_("Fall löschen"),
        back_url=back,
    )


def _consequences(session: Session, found: FoundCase) -> list[tuple[str, str]]:
    stations, findings, gaps = _counted(session, found.id)
    return [
        (
            _("Gelöscht werden"),
            _(
                "%(stations)s und %(findings)s mit allen Texten, die Angaben zur Einwilligung und zur Prüfung,"
                " Karten und ihre Gruppen, offene Fragen und Codierungen",
                stations=ngettext("%(num)s Station", "%(num)s Stationen", stations),
                findings=ngettext("%(num)s Befund", "%(num)s Befunde", findings),
            ),
        ),
        (
            _("Was mit den Fehlstellen geschieht"),
            ngettext(
                "%(num)s Fehlstelle verliert einen Beleg. Ihr Text nennt niemanden und bleibt; wie gut sie belegt ist,"
                " wird neu berechnet.",
                "%(num)s Fehlstellen verlieren einen Beleg. Ihre Texte nennen niemanden und bleiben; wie gut sie belegt"
                " sind, wird neu berechnet.",
                gaps,
            )
            if gaps
            else _("Keine Fehlstelle stützt sich auf diesen Fall."),
        ),
        (
            _("Was bleibt"),
            _("ein Nachweis ohne Inhalt: Schlüssel des Falls, Zahl der gelöschten Zeilen, Grund, Zeit und Ihr Name"),
        ),
        (
            _("Sicherungskopien"),
            _("Der Fall steht noch in älteren Sicherungen, bis diese ablaufen; wer eine einspielt, löscht ihn erneut."),
        ),
    ]


def _counted(session: Session, case_id: int) -> tuple[int, int, int]:
    """How many stations, findings and gaps. Three statements."""
    mine = col(Station.case_id) == case_id
    stations = session.exec(select(func.count(col(Station.id))).where(mine)).one()
    findings = session.exec(
        select(func.count(col(Finding.id))).join(Station, col(Station.id) == col(Finding.station_id)).where(mine)
    ).one()
    gaps = session.exec(
        select(func.count(func.distinct(col(Evidence.gap_id))))
        .join(Station, col(Station.id) == col(Evidence.station_id))
        .where(mine)
    ).one()
    return stations, findings, gaps


@blueprint.get("/loeschungen")
@requires(policy.may_read_erasures)
def erasures() -> Response:
    """What was erased, when the next cases are due, and the concept with the periods that hold here."""
    tenant: Tenant = g.tenant
    session = reading()
    return page(
        "cases/erasures.html",
        proofs=proofs(session),
        why=WHY,
        waiting=_by_day(periods(session, tenant.case_retention_months)),
        concept=concept_of(tenant),
    )


def proofs(session: Session) -> list[Proof]:
    """The latest erasures. One statement."""
    rows = session.exec(
        select(CaseErasure, Person.name)
        .outerjoin(Person, col(Person.id) == col(CaseErasure.person_id))
        .order_by(col(CaseErasure.at).desc(), col(CaseErasure.id).desc())
        .limit(MOST_PROOFS)
    )
    return [
        Proof(row.id or 0, row.case_key, row.why, row.at, name or "", tuple(json.loads(row.rows).items()))
        for row, name in rows
    ]


def _by_day(waiting: list[DueCase]) -> list[DueCase]:
    return sorted(waiting, key=lambda each: (each.erase_on or date.max, each.key))
