"""The page of outgoing mail: whether it goes out, what waits, what was given up and why. Never what a mail says."""

from dataclasses import dataclass

from flask import Blueprint, Response, url_for
from sqlmodel import col, func, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import NotFound
from app.core.forms import ConfirmForm
from app.core.i18n import _, lazy
from app.core.mail_policy import may_see_outgoing_mail
from app.core.mail_states import MailState
from app.core.records import MailOutbox
from app.core.web import house, page, perform_once, reading, requires
from app.core.work import Work

blueprint = Blueprint("mail", __name__, template_folder="templates")
SHOWN = 50
REPORT = "report"
OTHER = lazy("Nachricht")
OCCASIONS = {
    REPORT: lazy("Neues zu einer Meldung"),
    "comment": lazy("Erwähnung in einem Kommentar"),
    "digest": lazy("Zusammenfassung der Neuigkeiten"),
    "workshop": lazy("Einladung zu einer Fallrekonstruktion"),
    "meeting": lazy("Einladung zu einer Sitzung"),
}
"""What mails are about, by the first word of their reference."""


@dataclass(frozen=True)
class Line:
    """A mail that did not go out, in words."""

    mail: MailOutbox
    to: str
    about: str
    problem: str


@blueprint.get("/post")
@requires(may_see_outgoing_mail)
def index() -> Response:
    """Figures, and the mails that did not go out, without their subject and text."""
    session = reading()
    rows = session.exec(select(MailOutbox.state, func.count(col(MailOutbox.id))).group_by(col(MailOutbox.state)))
    stuck = session.exec(
        select(MailOutbox)
        .where(col(MailOutbox.state) != MailState.SENT)
        .order_by(col(MailOutbox.state), col(MailOutbox.id).desc())
        .limit(SHOWN)
    ).all()
    return page(
        "mail/index.html",
        counts={MailState(state).value: number for state, number in rows},
        stuck=[_line(mail) for mail in stuck],
        sends=bool(house().settings.smtp_url),
        has_links=bool(house().settings.public_url),
        sender=house().settings.mail_from,
        form=ConfirmForm(formdata=None),
    )


def _line(mail: MailOutbox) -> Line:
    """A mail for this page. Nobody sees here which report a reporter's address belongs to."""
    kind, short = mail.reference.split(":")[0], shortened(mail.recipient)
    if kind != REPORT:
        return Line(mail, mail.recipient, str(OCCASIONS.get(kind, OTHER)), mail.problem or "")
    to = _("eine meldende Person (%(address)s)", address=short)
    return Line(mail, to, str(OCCASIONS[kind]), (mail.problem or "").replace(mail.recipient, short))


def shortened(address: str) -> str:
    """The first letter and the domain: enough to find a mistake, too little to write to."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


@blueprint.post("/post/<int(max=2147483647):mail_id>/nochmal")
@requires(may_see_outgoing_mail)
def again(mail_id: int) -> AnyResponse:
    """Try a mail again that was given up."""
    return perform_once(try_again, mail_id, then=lambda _mail: url_for("mail.index"))


def try_again(work: Work, mail_id: int) -> MailOutbox:
    """Let a mail wait for delivery once more, from the first try on."""
    work.require(may_see_outgoing_mail(work.actor))
    mail = work.session.exec(select(MailOutbox).where(col(MailOutbox.id) == mail_id).with_for_update()).first()
    if mail is None:
        raise NotFound(_("Diese Mail gibt es nicht mehr."))
    if mail.state == MailState.FAILED:
        mail.state, mail.attempts, mail.next_at = MailState.WAITING, 0, work.now
        work.session.add(mail)
    work.record("mail.retried", mail)
    return mail
