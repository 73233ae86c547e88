"""The inbox of the coordination, one's own reports, and what the coordination does with a report."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError
from app.core.forms import BaseForm, ConfirmForm
from app.core.i18n import _
from app.core.lifecycle import RefusedMove
from app.core.web import go_to, house, page, perform_once, reading, requires, signed_in
from knowledge.gaps.policy import may_read_gap
from knowledge.privacy.confirming import names_for
from knowledge.privacy.rules import check, verdicts_from
from knowledge.privacy.wording import KIND_LABELS
from knowledge.reports import actions, filing, new_gap, policy, queries
from knowledge.reports.forms import DeclineForm, LinkForm, MessageForm, NewGapForm
from knowledge.reports.mailing import goes_out
from knowledge.reports.models import Report
from knowledge.reports.passages import checked, decisions
from knowledge.reports.public_views import post
from knowledge.reports.rules import LIFECYCLE, ReportFacts, told_as
from knowledge.reports.states import ReportState
from knowledge.reports.storyline import follow_steps
from knowledge.reports.wording import FREQUENCIES, PLAIN, STATES, TONES
from knowledge.search.documents import Kind

blueprint = Blueprint("reports", __name__, template_folder="templates")
NEAREST = 5


@blueprint.get("/meldungen")
@requires(policy.may_see_reports)
def index() -> Response | AnyResponse:
    """The inbox; for everybody but the coordination their own reports. What is chosen stands in the address."""
    actor, wanted = signed_in(), request.args.get("nummer", "").strip().upper()
    found = queries.report_by_key(reading(), wanted) if wanted else None
    if found is not None and policy.may_read_report(actor, found):
        return go_to(url_for("reports.show", key=found.key))
    mine = not policy.may_judge_reports(actor)
    chosen = request.args.get("stand", "alle" if mine else "offen")
    return page(
        "reports/index.html",
        inbox=queries.inbox(reading(), actor, chosen, request.args.get("seite", 1, int) % 2**31),
        mine=mine,
        wanted=wanted,
        states=STATES,
        tones=TONES,
        told=(lambda state: ReportState(told_as(state))) if mine else ReportState,
        page_url=lambda number: url_for("reports.index", stand=chosen, seite=number),
    )


@blueprint.get("/meldungen/<key>")
@requires(policy.may_read_report, load=queries.report_by_key)
def show(report: Report, key: str) -> Response:
    """One report: for the coordination to judge, for its reporter to follow."""
    del key
    return _page(report)


@blueprint.post("/meldungen/<key>/schritt")
@requires(policy.may_judge_report, load=queries.report_by_key)
def move(report: Report, key: str) -> Response | AnyResponse:
    """A step that needs nothing typed: release a held report, look at it, look at it again."""
    del report
    if request.form.get("target") == ReportState.RECEIVED:
        return perform_once(actions.release, key, post(), then=_shown)
    return perform_once(actions.take_up, key, then=_shown)


@blueprint.post("/meldungen/<key>/stellen")
@requires(policy.may_judge_report, load=queries.report_by_key)
def passages(report: Report, key: str) -> AnyResponse:
    """What a person decided about the marked passages."""
    del report
    words = {kind: str(label) for kind, label in KIND_LABELS.items()}
    return perform_once(actions.decide_passages, key, verdicts_from(request.form), words, then=_shown)


@blueprint.post("/meldungen/<key>/verknuepfen")
@requires(policy.may_judge_report, load=queries.report_by_key)
def link(report: Report, key: str) -> Response | AnyResponse:
    """The report counts at an existing gap."""
    form = LinkForm()
    return _tried(
        report, form, lambda: perform_once(actions.link_to_gap, key, form.gap.data, post(), then=_shown), link=form
    )


@blueprint.post("/meldungen/<key>/neue-fehlstelle")
@requires(policy.may_judge_report, load=queries.report_by_key)
def open_gap(report: Report, key: str) -> Response | AnyResponse:
    """A new gap that this report tells of first."""
    form = new_gap.prepared(NewGapForm(), report)
    return _tried(
        report,
        form,
        lambda: perform_once(
            actions.open_gap, key, new_gap.text_of(form, queries.sheet(reading(), report)), post(), then=_shown
        ),
        new_gap=form,
    )


@blueprint.post("/meldungen/<key>/ablehnen")
@requires(policy.may_judge_report, load=queries.report_by_key)
def decline(report: Report, key: str) -> Response | AnyResponse:
    """Not followed up, with the reason that the reporter reads."""
    form = DeclineForm()
    return _tried(
        report, form, lambda: perform_once(actions.decline, key, form.reason.data, post(), then=_shown), decline=form
    )


@blueprint.post("/meldungen/<key>/antwort")
@requires(policy.may_judge_report, load=queries.report_by_key)
def reply(report: Report, key: str) -> Response | AnyResponse:
    """A word to the reporter."""
    form = MessageForm()
    return _tried(
        report, form, lambda: perform_once(actions.reply, key, form.text.data, post(), then=_shown), reply=form
    )


@blueprint.get("/meldungen/<key>/loeschen")
@requires(policy.may_judge_report, load=queries.report_by_key)
def ask_erasure(report: Report, key: str) -> Response:
    """Are you sure? What goes and what stays."""
    return page(
        "ui/confirm.html",
        title=_("Meldung löschen?"),
        text=_(
            "Text, Nachrichten und Adresse werden endgültig gelöscht, der Link der meldenden Person führt ins Leere. "
            "Zählt die Meldung bei einer Fehlstelle mit, dann danach nicht mehr."
        ),
        facts=[(_("Meldung"), report.key), (_("Stand"), STATES[report.state])],
        form=ConfirmForm(formdata=None),
        action_url=url_for("reports.erase", key=key),
        confirm_label=_("Endgültig löschen"),
        back_url=url_for("reports.show", key=key),
    )


@blueprint.post("/meldungen/<key>/loeschen")
@requires(policy.may_judge_reports)
def erase(key: str) -> AnyResponse:
    """Erase it; a second sending finds it gone and leads to the same place."""
    response = perform_once(actions.erase, key, then=lambda _key: url_for("reports.index"))
    flash(_("Die Meldung ist gelöscht."), "success")
    return response


@blueprint.post("/meldungen/<key>/ergaenzen")
@requires(policy.may_follow_own, load=queries.report_by_key)
def add(report: Report, key: str) -> Response | AnyResponse:
    """The person who filed it with their account adds something."""
    del key
    form = MessageForm()
    if check(form.text.data or "", names_for(reading())) and not form.confirmed.data:
        return _page(report, 422, reply=form)
    return _tried(
        report, form, lambda: perform_once(filing.answer, report.token_hash, form.text.data, then=_shown), reply=form
    )


@blueprint.get("/meldungen/<key>/zurueckziehen")
@requires(policy.may_follow_own, load=queries.report_by_key)
def ask_withdrawal(report: Report, key: str) -> Response:
    """Are you sure? What goes and what stays."""
    return page(
        "ui/confirm.html",
        title=_("Meldung zurückziehen?"),
        text=_(
            "Ihr Text, Ihre Nachrichten und Ihre Adresse werden sofort gelöscht. "
            "Das lässt sich nicht rückgängig machen."
        ),
        facts=[(_("Meldung"), report.key)],
        form=ConfirmForm(formdata=None),
        action_url=url_for("reports.withdraw", key=key),
        confirm_label=_("Zurückziehen und löschen"),
        back_url=url_for("reports.show", key=key),
    )


@blueprint.post("/meldungen/<key>/zurueckziehen")
@requires(policy.may_follow_own, load=queries.report_by_key)
def withdraw(report: Report, key: str) -> AnyResponse:
    """Take the own report back."""
    del key
    return perform_once(filing.withdraw, report.token_hash, then=_shown)


def _shown(report: Report) -> str:
    return url_for("reports.show", key=report.key)


def _tried(report: Report, form: BaseForm, act: Callable[[], AnyResponse], **forms: BaseForm) -> Response | AnyResponse:
    """What the action gives, or the page again with everything typed and the reason why not."""
    if not form.validate_on_submit():
        return _page(report, 422, **forms)
    try:
        return act()
    except DomainError as error:
        form.form_errors.append(_(error.message) if isinstance(error, RefusedMove) else error.message)
        return _page(report, error.status, **forms)


def _page(report: Report, status: int = 200, **forms: BaseForm) -> Response:
    actor, session = signed_in(), reading()
    sheet = queries.sheet(session, report)
    if not policy.may_judge_report(actor, report):
        readable = sheet.gap if sheet.gap and may_read_gap(actor, sheet.gap) else None
        form = forms.get("reply") or MessageForm(formdata=None)
        return page(
            "reports/mine.html",
            status=status,
            sheet=sheet,
            report=report,
            form=form,
            hits=checked(form.text.data or "", names_for(session)).hits,
            gap=readable,
            **_told(sheet),
        )
    names, verdicts = names_for(session), decisions(session, report)
    happened, wish = (checked(text, names, verdicts) for text in (report.happened, report.wish))
    return page(
        "reports/show.html",
        status=status,
        sheet=sheet,
        report=report,
        happened=happened,
        wish=wish,
        hits=tuple({hit.key: hit for hit in (*happened.hits, *wish.hits)}.values()),
        verdicts=verdicts,
        nearest=house().search.similar(actor, text=report.happened, kinds=(Kind.GAP,), limit=NEAREST),
        targets=LIFECYCLE.open_targets(report.state, actor.roles, ReportFacts(has_gap=True, has_reason=True)),
        steps=follow_steps(sheet),
        mails=goes_out(house().settings),
        forms={
            "link": forms.get("link") or LinkForm(formdata=None),
            "new_gap": forms.get("new_gap") or new_gap.prepared(NewGapForm(formdata=None), report),
            "decline": forms.get("decline") or DeclineForm(formdata=None),
            "reply": forms.get("reply") or MessageForm(formdata=None),
        },
        **_words(report),
    )


def _told(sheet: queries.ReportSheet) -> dict[str, Any]:
    """The state as its reporter is told it."""
    state = ReportState(told_as(sheet.report.state))
    return {"state": STATES[state], "tone": TONES[state], "plain": PLAIN[state], "steps": follow_steps(sheet)}


def _words(report: Report) -> dict[str, Any]:
    return {"state": STATES[report.state], "tone": TONES[report.state], "frequency": FREQUENCIES[report.frequency]}
