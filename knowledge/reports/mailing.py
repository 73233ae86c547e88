"""Mails to reporters who left an address: that the report arrived, that there is news. Never what a report says."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from sqlmodel import Session, col, delete

from app.core.config import Settings
from app.core.i18n import _
from app.core.mail import send_later
from app.core.records import MailOutbox
from knowledge.reports import addresses, limits, links
from knowledge.reports.models import Report, ReportContact


@dataclass(frozen=True)
class Post:
    """What links and counters need: the installation's key, and the address that pages of links begin with."""

    secret: bytes
    link_base: str
    """Empty where no public address is set: then there is nothing to mail."""

    def link(self, seed: str) -> str:
        """The secret link that this seed makes."""
        return self.link_base + links.token_for(self.secret, seed)

    def address(self, contact: ReportContact) -> str:
        """Where the reporter is reached; empty if the address was encrypted with another key."""
        return addresses.opened(self.secret, contact.email)

    def bucket(self, email: str, now: datetime) -> str:
        """What mails to this address are counted under."""
        return limits.bucket("report-mail", self.secret, email.strip().lower(), now)


def goes_out(settings: Settings) -> bool:
    """Whether mails to reporters leave the house at present; else no page promises one."""
    return bool(settings.smtp_url and settings.public_url)


def send(session: Session, report: Report, contact: ReportContact, post: Post) -> None:
    """The first mail: the link, and that nobody needs to do anything."""
    if not post.link_base:
        return
    with force_locale(report.language):
        text = _(
            "Guten Tag,\n\nIhre Meldung %(number)s ist angekommen. Unter dieser Adresse sehen Sie, was daraus wird, "
            "können Sie etwas ergänzen oder die Meldung zurückziehen:\n\n%(link)s\n\nWer diese Adresse kennt, kann "
            "die Meldung lesen. Bitte geben Sie sie nicht weiter.\n\nWenn Sie nichts gemeldet haben, hat jemand Ihre "
            "Adresse angegeben. Dann ziehen Sie die Meldung dort bitte zurück.",
            number=report.key,
            link=post.link(contact.seed),
        )
        _put(session, report, post.address(contact), _("Ihre Meldung %(number)s", number=report.key), text)


def tell_news(session: Session, report: Report, contact: ReportContact, post: Post) -> None:
    """There is a reply or a decision; what it says stands behind the link."""
    if not post.link_base:
        return
    with force_locale(report.language):
        text = _(
            "Guten Tag,\n\nzu Ihrer Meldung %(number)s gibt es etwas Neues. Sie lesen es hier:\n\n%(link)s",
            number=report.key,
            link=post.link(contact.seed),
        )
        _put(session, report, post.address(contact), _("Neues zu Ihrer Meldung %(number)s", number=report.key), text)


def call_back(session: Session, report: Report) -> None:
    """Take every mail about the report out of the outbox, sent or not: with them go address and link."""
    session.exec(delete(MailOutbox).where(col(MailOutbox.reference) == _reference(report)))


def _reference(report: Report) -> str:
    return f"report:{report.id}"


def _put(session: Session, report: Report, address: str, subject: str, text: str) -> None:
    """Nothing goes out where the address cannot be read: its key is lost."""
    if address:
        send_later(session, to=address, subject=subject, text=text, reference=_reference(report))
