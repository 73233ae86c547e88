"""The deletion concept as the settings of the county make it (DP-17): what is kept for how long, and how it goes."""

from dataclasses import dataclass

from app.core.i18n import _, ngettext
from app.people.models import Tenant
from app.people.states import CardAuthorRetention
from knowledge.cases.rules import WINDOW_DAYS


@dataclass(frozen=True)
class Period:
    """What, how long, and how it is erased."""

    what: str
    how_long: str
    how: str


def concept_of(tenant: Tenant) -> list[Period]:
    """One row for each kind of data that is about somebody."""
    nightly = _("jede Nacht von selbst")
    return [
        Period(
            _("Fall: Zeitstrahl, Befunde, Sicht der Person, Karten, Codierungen"),
            ngettext(
                "%(num)s Monat nach der Freigabe des Workshops",
                "%(num)s Monate nach der Freigabe des Workshops",
                tenant.case_retention_months,
            ),
            _("jede Nacht von selbst; es bleibt nur, welche Fehlstelle wie oft belegt war"),
        ),
        Period(
            _("Fall nach Widerruf der Einwilligung"),
            _("gar nicht"),
            _("sofort, die Belege gehen mit"),
        ),
        Period(
            _("Entwurf, der nie geprüft oder besprochen wurde"),
            ngettext(
                "%(num)s Monat, nachdem er angelegt wurde",
                "%(num)s Monate, nachdem er angelegt wurde",
                tenant.case_retention_months,
            ),
            nightly,
        ),
        Period(
            _("Einblick der Teilnehmenden in einen Fall"),
            _("bis %(days)s Tage nach der Freigabe", days=WINDOW_DAYS),
            _("endet von selbst"),
        ),
        Period(_("Wer welche Karte geschrieben hat"), _authors(tenant.card_author_retention), nightly),
        Period(_("Wer wie gepunktet hat"), _("bis die Punktabfrage geschlossen ist"), _("beim Auszählen")),
        Period(_("Kontakt der meldenden Person"), _("6 Monate nach der Antwort"), nightly),
        Period(_("Wer welchen Fall geöffnet hat"), _("12 Monate"), nightly),
        Period(
            _("Protokoll der Handlungen (ohne Inhalte)"),
            _("auf Dauer; jede Zeile ist mit der vorigen verkettet"),
            _("nicht vorgesehen"),
        ),
        Period(_("Niederschriften, Beschlüsse, Vereinbarungen"), _("nach der Aktenordnung des Kreises"), _("von Hand")),
        Period(
            _("Sicherungskopien"),
            _("nach der Regel des Betriebs; vorgeschlagen: 90 Tage"),
            _("durch Ablauf; nach dem Einspielen wird Fälliges nachts gelöscht, Widerrufe trägt man erneut ein"),
        ),
    ]


def _authors(retention: CardAuthorRetention) -> str:
    if retention == CardAuthorRetention.UNTIL_CLOSE:
        return _("bis der Workshop beendet ist")
    return _("gar nicht")
