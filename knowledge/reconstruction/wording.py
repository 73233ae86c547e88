"""What the phases, roles and answers of the room are called."""

from app.core.i18n import _
from app.core.i18n import lazy as _l
from knowledge.reconstruction.states import Entry, MemberRole, PhaseKind, Tab

PHASES = {
    PhaseKind.ARRIVAL: _l("Ankommen und Regeln"),
    PhaseKind.PRESENTATION: _l("Falldarstellung"),
    PhaseKind.QUESTIONS: _l("Verständnisfragen"),
    PhaseKind.TIMELINE: _l("Zeitstrahl ergänzen"),
    PhaseKind.CARDS: _l("Brüche und Brücken"),
    PhaseKind.RESONANCE: _l("Resonanz"),
    PhaseKind.CLUSTERS: _l("Ordnen und benennen"),
    PhaseKind.CHECK: _l("Ebenen- und Belegcheck"),
    PhaseKind.DOTS: _l("Punktabfrage"),
    PhaseKind.CLOSING: _l("Abschluss"),
}

GUIDANCE = {
    PhaseKind.ARRIVAL: _l("Rollen klären, Vertraulichkeit zusagen. Im Raum ist nur, wer diesen Fall hören darf."),
    PhaseKind.PRESENTATION: _l("Die fallgebende Person erzählt, Station für Station. Alle anderen hören zu."),
    PhaseKind.QUESTIONS: _l("Nur Fragen nach Tatsachen. Noch keine Deutungen."),
    PhaseKind.TIMELINE: _l("Was geschah wann, wer war beteiligt, wie lange wurde gewartet? Nicht: Wer war schuld?"),
    PhaseKind.CARDS: _l("Still und jede Person für sich: eine Beobachtung je Karte. Niemand sieht, von wem sie ist."),
    PhaseKind.RESONANCE: _l("Die Gruppe bildet Hypothesen über das System, die fallgebende Person hört zu."),
    PhaseKind.CLUSTERS: _l("Karten ordnen und als Satz benennen: Wenn …, dann …, weil …"),
    PhaseKind.CHECK: _l("Einzelfall oder Struktur? Wo lösbar? Ist es schon bekannt?"),
    PhaseKind.DOTS: _l("Jede Person verteilt ihre Punkte. Das Ergebnis ordnet das Gespräch, es entscheidet nichts."),
    PhaseKind.CLOSING: _l("Offene Fragen mit Namen versehen, nächste Schritte, Rückmeldung an die Person."),
}

ROLES = {
    MemberRole.MODERATOR: _l("Moderation"),
    MemberRole.MINUTES: _l("Protokoll"),
    MemberRole.CASE_GIVER: _l("fallgebende Person"),
    MemberRole.RESONANCE: _l("Resonanzgruppe"),
    MemberRole.TIMEKEEPER: _l("Zeit"),
    MemberRole.OWN_EXPERIENCE: _l("eigene Erfahrung"),
    MemberRole.PROJECTOR: _l("Beamer"),
}

TABS = {
    Tab.CASE: _l("Fall"),
    Tab.TIMELINE: _l("Zeitstrahl"),
    Tab.CARDS: _l("Karten"),
    Tab.DOTS: _l("Punkte"),
}

PHASE_TABS = {
    PhaseKind.ARRIVAL: Tab.CASE,
    PhaseKind.PRESENTATION: Tab.TIMELINE,
    PhaseKind.QUESTIONS: Tab.CARDS,
    PhaseKind.TIMELINE: Tab.TIMELINE,
    PhaseKind.CARDS: Tab.CARDS,
    PhaseKind.RESONANCE: Tab.CARDS,
    PhaseKind.CLUSTERS: Tab.CARDS,
    PhaseKind.CHECK: Tab.CARDS,
    PhaseKind.DOTS: Tab.DOTS,
    PhaseKind.CLOSING: Tab.CARDS,
}
"""Where a phone finds what the phase is about."""

ENTRIES = {
    Entry.WAITING: _l("wartet"),
    Entry.ADMITTED: _l("im Raum"),
    Entry.REFUSED: _l("nicht eingelassen"),
    Entry.LEFT: _l("gegangen"),
}


def clock_words(seconds: int) -> str:
    """What is left of a phase: „7:05“, „3:20 über der Zeit“."""
    minutes, rest = divmod(abs(seconds), 60)
    shown = f"{minutes}:{rest:02d}"
    return shown if seconds >= 0 else _("%(time)s über der Zeit", time=shown)
