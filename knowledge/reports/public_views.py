"""The pages for everybody: the form, the receipt, and the page behind the secret link. No account, no trace of one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.errors import DomainError, NotFound, TooManyAttempts
from app.core.forms import ConfirmForm
from app.core.i18n import _
from app.core.permissions import Actor
from app.core.security import csrf
from app.core.web import current_actor, go_to, house, page, perform_once, public, reading
from app.people.models import Tenant
from app.people.rules import Limit
from app.people.states import Visibility
from knowledge.privacy.confirming import names_for
from knowledge.privacy.rules import check
from knowledge.reports import filing, intake, limits, links, mailing, queries, robots, visitors
from knowledge.reports.forms import MessageForm, ReportForm
from knowledge.reports.intake import Gate
from knowledge.reports.models import Report
from knowledge.reports.passages import checked
from knowledge.reports.rules import LONGEST, told_as
from knowledge.reports.states import ReportState
from knowledge.reports.storyline import follow_steps
from knowledge.reports.wording import PLAIN, QUESTIONS, STATES, TONES

blueprint = Blueprint("reporting", __name__, template_folder="templates")
LINKS = "/meldung/"
RECEIPT_LASTS = timedelta(minutes=30)
_EVERYBODY = "people without an account report gaps too"
_LINK = "whoever holds the secret link of a report may follow it"


@blueprint.get("/melden")
@public(_EVERYBODY)
def choose() -> Response | AnyResponse:
    """To the form of the one county, of one's own county, or the list of counties."""
    actor, counties = current_actor(), visitors.tenants()
    if actor is not None:
        counties = [county for county in counties if county.id == actor.tenant_id]
    if len(counties) == 1:
        return go_to(url_for("reporting.form", tenant_key=counties[0].key))
    return page("reports/choose.html", counties=counties)


@blueprint.get("/melden/<tenant_key>")
@public(_EVERYBODY)
def form(tenant_key: str) -> Response:
    """The empty form."""
    tenant = visitors.enter_by_key(tenant_key)
    return _form_page(tenant, intake.prepared(ReportForm(formdata=None), reading()), Gate())


@blueprint.post("/melden/<tenant_key>")
@public(_EVERYBODY)
@csrf.exempt  # the form checks its token itself, so that a stale one costs nobody their text
def send(tenant_key: str) -> Response | AnyResponse:
    """Take the report, or show the form again with everything typed and what is missing."""
    tenant = visitors.enter_by_key(tenant_key)
    typed = intake.prepared(ReportForm(), reading())
    found = intake.gate(typed, reading(), current_actor(), clock.now())
    if found.status:
        return _form_page(tenant, typed, found)
    try:
        return _filed(tenant, typed, found)
    except DomainError as error:
        typed.form_errors.append(error.message)
        response = _form_page(tenant, typed, Gate(error.status, found.hits, found.fingerprint, found.ask))
        if isinstance(error, TooManyAttempts):
            response.headers["Retry-After"] = str(error.retry_after)
        return response


def _filed(tenant: Tenant, typed: ReportForm, found: Gate) -> AnyResponse:
    actor = current_actor()
    if actor is None:
        _refuse_flood("report", limits.REPORTS)
    seed = intake.seed_of(typed.once.data or "")
    draft = intake.draft_of(typed, seed, held=found.held)
    answer = perform_once(
        filing.file_report,
        draft,
        post(),
        then=lambda report: _after(tenant, actor, report),
        by=actor or _visitor(tenant),
    )
    if actor is None:
        session["receipt"] = {"token": links.token_for(intake.secret(), seed), "at": clock.now().timestamp()}
    return answer


def _after(tenant: Tenant, actor: Actor | None, report: Report) -> str:
    if actor is not None:
        return url_for("reports.show", key=report.key)
    return url_for("reporting.sent", tenant_key=tenant.key)


def _visitor(tenant: Tenant) -> Actor:
    return visitors.visitor(tenant.id or 0)


def _refuse_flood(what: str, limit: Limit) -> None:
    """Count this network address, unreadably, and refuse what is too much."""
    now = clock.now()
    name = limits.bucket(what, intake.secret(), request.remote_addr or "-", now)
    limits.refuse_if_too_often(name, limit, now)
    limits.count(name, limit, now)


def post() -> mailing.Post:
    """What mails of this request need."""
    base = house().settings.public_url
    return mailing.Post(intake.secret(), base + LINKS if base else "")


@blueprint.post("/melden/<tenant_key>/pruefung")
@public(_EVERYBODY)
def look_over(tenant_key: str) -> Response:
    """What stands out in the text so far; nothing is kept."""
    visitors.enter_by_key(tenant_key)
    text = "\n".join(request.form.get(name, "")[: LONGEST * 2] for name in ("happened", "wish"))
    hits = {hit.key: hit for hit in check(text, names_for(reading()))}
    return page("reports/_look.html", hits=tuple(hits.values()))


@blueprint.get("/melden/<tenant_key>/gesendet")
@public(_EVERYBODY)
def sent(tenant_key: str) -> Response | AnyResponse:
    """The receipt: number and secret link, for half an hour in the browser that sent the report."""
    receipt = session.get("receipt") or {}
    if clock.now().timestamp() - receipt.get("at", 0) > RECEIPT_LASTS.total_seconds():
        session.pop("receipt", None)
        return go_to(url_for("reporting.form", tenant_key=tenant_key))
    report = _report_of(receipt["token"])
    link = (house().settings.public_url or request.host_url.rstrip("/")) + url_for(
        "reporting.follow", token=receipt["token"]
    )
    return _private(page("reports/sent.html", report=report, link=link, tenant_key=tenant_key))


@blueprint.get(f"{LINKS}<token>")
@public(_LINK)
def follow(token: str) -> Response:
    """What became of the report, for whoever holds its link."""
    return _status_page(token, _report_of(token), MessageForm(formdata=None))


@blueprint.post(f"{LINKS}<token>")
@public(_LINK)
@csrf.exempt  # as above
def answer(token: str) -> Response | AnyResponse:
    """The reporter adds something."""
    typed = MessageForm()
    valid = typed.validate()
    report = _report_of(token) if not typed.csrf_token.errors else _report_or_refusal(token)
    hits = check(typed.text.data or "", names_for(reading()))
    if not valid or (hits and not typed.confirmed.data):
        return _status_page(token, report, typed, 400 if typed.csrf_token.errors else 422)
    try:
        _refuse_flood("report-answer", limits.MESSAGES)
        _perform(filing.answer, report, typed.text.data)
    except DomainError as error:
        typed.form_errors.append(error.message)
        return _status_page(token, report, typed, error.status)
    flash(_("Ihre Nachricht ist angekommen."), "success")
    return _private(go_to(url_for("reporting.follow", token=token)))


@blueprint.get(f"{LINKS}<token>/zurueckziehen")
@public(_LINK)
def ask_withdrawal(token: str) -> Response:
    """Are you sure? What goes and what stays."""
    return _withdrawal_page(token, _report_of(token), ConfirmForm(formdata=None))


@blueprint.post(f"{LINKS}<token>/zurueckziehen")
@public(_LINK)
def withdraw(token: str) -> Response | AnyResponse:
    """Take the report back."""
    _perform(filing.withdraw, _report_of(token))
    flash(_("Die Meldung ist zurückgezogen und ihr Text gelöscht."), "success")
    return _private(go_to(url_for("reporting.follow", token=token)))


def _perform(action: Callable[..., Report], report: Report, *args: Any) -> None:
    """Run an action of the link's holder once; the key is kept without the link, which no table may hold."""
    perform_once(
        action,
        report.token_hash,
        *args,
        then=lambda _done: url_for("reporting.choose"),
        by=visitors.visitor(report.tenant_id),
    )


def _report_of(token: str) -> Report:
    """The report of the link. A wrong one does not exist, and whoever tries many is stopped.

    Only wrong links count: others behind the same address, who guess, lock nobody out of their own report.
    """
    report = visitors.enter_by_report(links.token_hash(token))
    if report is None:
        _refuse_flood("report-guess", limits.GUESSES)
        raise NotFound(_("Zu diesem Link gibt es keine Meldung. Vielleicht fehlt ein Stück, oder sie wurde gelöscht."))
    return report


def _report_or_refusal(token: str) -> Report:
    """The report behind a form whose token is stale; where there is none, the form is refused as every forged one."""
    try:
        return _report_of(token)
    except NotFound:
        abort(400)


def _private(response: AnyResponse) -> Any:
    """The address is a secret: it is told to nobody and found by no search engine."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _form_page(tenant: Tenant, typed: ReportForm, found: Gate) -> Response:
    stamp = robots.read(intake.secret(), typed.once.data or "")
    return page(
        "reports/form.html",
        status=found.status or 200,
        county=tenant,
        form=typed,
        found=found,
        signed_in=current_actor() is not None,
        trapped=bool(typed.website.data),
        mails=mailing.goes_out(house().settings),
        question=QUESTIONS[stamp.question] if stamp else "",
        work_bits=robots.WORK_BITS,
    )


def _status_page(token: str, report: Report, typed: MessageForm, status: int = 200) -> Response:
    sheet = queries.sheet(reading(), report)
    state = ReportState(told_as(report.state))
    return _private(
        page(
            "reports/status.html",
            status=status,
            token=token,
            sheet=sheet,
            report=report,
            form=typed,
            hits=checked(typed.text.data or "", names_for(reading())).hits,
            state=STATES[state],
            tone=TONES[state],
            plain=PLAIN[state],
            steps=follow_steps(sheet),
            gap=sheet.gap if sheet.gap and sheet.gap.visibility == Visibility.PUBLIC else None,
        )
    )


def _withdrawal_page(token: str, report: Report, typed: ConfirmForm) -> Response:
    return _private(
        page(
            "ui/confirm.html",
            title=_("Meldung zurückziehen?"),
            text=_(
                "Ihr Text, Ihre Nachrichten und Ihre Adresse werden sofort gelöscht. "
                "Das lässt sich nicht rückgängig machen."
            ),
            facts=[(_("Meldung"), report.key)],
            form=typed,
            action_url=url_for("reporting.withdraw", token=token),
            confirm_label=_("Zurückziehen und löschen"),
            back_url=url_for("reporting.follow", token=token),
        )
    )
