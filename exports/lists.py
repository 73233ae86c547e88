"""Lists to take away, as filtered on their page and as this reader may see them: gaps, topics, solutions, decisions,
hits of a search."""

from collections.abc import Sequence
from typing import Any

from flask import Response, g, request
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict

from app.core import clock
from app.core.errors import InvalidInput
from app.core.forms import visible
from app.core.i18n import _, language, show_datetime
from app.core.web import perform, reading, requires, signed_in
from app.core.work import Work
from app.people.models import Person
from exports.sheets import FORMATS, MIME, Column, Listing, Value, joined, written
from exports.views import blueprint
from knowledge.gaps import catalogue, figures, topic_policy, topic_queries
from knowledge.gaps.policy import may_read_catalogue
from knowledge.gaps.states import TopicState
from knowledge.gaps.suppression import Precision, Told, told_alone, told_together
from knowledge.gaps.visibility import reader
from knowledge.search import choice as search_choice
from knowledge.search import views as search_views
from knowledge.search.policy import may_search
from knowledge.search.wording import KINDS
from knowledge.solutions import policy as solutions_policy
from knowledge.solutions import queries as solutions
from knowledge.solutions.states import EffectRating
from knowledge.taxonomy.terms import label
from meetings.bodies.policy import may_read_bodies
from meetings.decisions import queries as decisions
from meetings.register.queries import replaced_ids
from meetings.register.wording import citation

__all__ = ["blueprint"]
MOST_HITS = 20_000
"""Search gives so many hits at most; a list that is longer is no answer to a question."""


@blueprint.get("/export/fehlstellen")
@requires(may_read_catalogue)
def gaps_list() -> Response:
    """The catalogue of gaps."""
    chosen = catalogue.read_choice(request.args)
    eyes = reader(signed_in(), g.tenant.min_cell)
    rows = catalogue.every_row(reading(), signed_in(), chosen, g.tenant.min_cell)
    columns = (
        Column("key", _("Schlüssel")),
        Column("title", _("Titel")),
        Column("status", _("Stand")),
        Column("since", _("Stand seit")),
        Column("life_domains", _("Lebensbereiche")),
        Column("solvable_at", _("Ebene der Lösung")),
        Column("severity", _("Schwere")),
        Column("frequency", _("Häufigkeit")),
        Column("cases", _("Belegt durch Fälle")),
        Column("first_reported", _("Zuerst gemeldet")),
        Column("deadline", _("Frist")),
    )
    listed = [
        (
            row.gap.key,
            row.gap.title,
            label("gap_states", row.gap.status.value),
            row.since.astimezone(clock.LOCAL).date() if row.since else row.gap.first_reported,
            joined(label("life_domains", key) for key in row.life_domains),
            label("solvable_at", row.gap.solvable_at.value),
            row.gap.severity,
            row.gap.frequency,
            _told(told_alone(row.strength.cases, eyes.min_cell, eyes.in_coordination)),
            row.gap.first_reported,
            row.gap.deadline,
        )
        for row in rows
    ]
    return _file("fehlstellen", _("Fehlstellen"), columns, listed)


@blueprint.get("/export/themen")
@requires(topic_policy.may_read_topics)
def topics_list() -> Response:
    """The topics."""
    wanted, words = request.args.get("stand", ""), visible(request.args.get("q", ""))[:200].strip()
    state = TopicState(wanted) if wanted in set(TopicState) else None
    eyes = reader(signed_in(), g.tenant.min_cell)
    columns = (
        Column("key", _("Schlüssel")),
        Column("title", _("Titel")),
        Column("state", _("Stand")),
        Column("rank", _("Rang")),
        Column("gaps", _("Fehlstellen")),
        Column("cases", _("Belegt durch Fälle")),
    )
    listed = [
        (
            row.topic.key,
            row.topic.title,
            label("topic_states", row.topic.state.value),
            row.topic.rank,
            row.gaps,
            _told(told_together(row.cases, row.cases_of_gaps, eyes.min_cell, eyes.in_coordination)),
        )
        for row in topic_queries.every_topic(reading(), signed_in(), state, words)
    ]
    return _file("themen", _("Themen"), columns, listed)


@blueprint.get("/export/loesungen")
@requires(solutions_policy.may_read_solutions)
def solutions_list() -> Response:
    """The solutions, failed ones included."""
    wanted = request.args.get("wirkung", "")
    effect = EffectRating(wanted) if wanted in set(EffectRating) else None
    columns = (
        Column("key", _("Schlüssel")),
        Column("title", _("Titel")),
        Column("kind", _("Art der Lösung")),
        Column("effect", _("Wirkung")),
        Column("period_start", _("Beginn")),
        Column("period_end", _("Ende")),
        Column("description", _("Was getan wurde")),
        Column("result", _("Ergebnis")),
        Column("gaps", _("Fehlstellen")),
    )
    listed = [
        (
            row.solution.key,
            row.solution.title,
            label("solution_kinds", row.solution.kind),
            label("effect_ratings", row.solution.effect.value),
            row.solution.period_start,
            row.solution.period_end,
            row.solution.description,
            row.solution.result,
            joined(gap.key for gap in row.gaps),
        )
        for row in solutions.solutions(reading(), signed_in(), effect)
    ]
    return _file("loesungen", _("Lösungen"), columns, listed)


@blueprint.get("/export/suche")
@requires(may_search)
def search_list() -> Response:
    """The hits of a search, the best first."""
    typed = MultiDict((name, value) for name, value in request.args.items(multi=True) if name != "seite")
    choice = search_choice.read(typed, visible(request.args.get("q", "")))
    results = None if choice.is_empty else search_views.find(choice, limit=MOST_HITS, snippets=False)
    columns = (
        Column("place", _("Platz")),
        Column("kind", _("Art")),
        Column("key", _("Schlüssel")),
        Column("title", _("Titel")),
        Column("address", _("Adresse")),
    )
    listed = [
        (place, str(KINDS[hit.kind]), hit.key, hit.title, request.host_url.rstrip("/") + hit.url)
        for place, hit in enumerate(results.hits if results else (), 1)
    ]
    return _file("suche", _("Suchergebnis"), columns, listed)


@blueprint.get("/export/beschluesse")
@requires(may_read_bodies)
def decisions_list() -> Response:
    """The register of decisions."""
    rows = decisions.every_decision(reading(), signed_in(), decisions.Search.of(request.args))
    replaced = replaced_ids(reading(), [row.id for row in rows])
    columns = (
        Column("key", _("Nummer")),
        Column("date", _("Tag")),
        Column("body", _("Gremium")),
        Column("meeting", _("Sitzung")),
        Column("item", _("TOP")),
        Column("kind", _("Art")),
        Column("text", _("Wortlaut")),
        Column("in_favour", _("Ja")),
        Column("against", _("Nein")),
        Column("abstained", _("Enthaltungen")),
        Column("result", _("Ergebnis")),
        Column("replaced", _("durch einen späteren ersetzt")),
        Column("citation", _("Zitierweise")),
    )
    listed = [
        (
            row.decision.key,
            row.decision.date,
            row.body_row.name,
            row.meeting.title if row.meeting else "",
            row.item.number or "" if row.item else "",
            label("decision_kinds", row.decision.kind.value),
            row.decision.text,
            row.decision.in_favour,
            row.decision.against,
            row.decision.abstained,
            row.decision.result_text or "",
            _("ja") if row.id in replaced else _("nein"),
            citation(row),
        )
        for row in rows
    ]
    return _file("beschluesse", _("Beschlüsse"), columns, listed)


def _told(told: Told) -> Value:
    return told.number if told.precision == Precision.EXACT else figures.cases_in_words(told)


def _file(name: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Response:
    """The list as a file in the format that the address asks for; that it was taken is recorded."""
    form = request.args.get("format", "xlsx")
    if form not in FORMATS:
        raise InvalidInput(_("Dieses Format gibt es nicht. Es gehen XLSX, CSV und JSON."))
    listing = Listing(title, columns, rows, _about(title, len(rows)), "de-DE" if language() == "de" else "en-GB")
    content = written(listing, form)
    perform(record_list, name, form, len(rows))
    day = clock.today().isoformat()
    response = Response(content, mimetype=MIME[form].partition(";")[0], content_type=MIME[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day}.{form}"'
    return response


def _about(title: str, number: int) -> list[tuple[str, str]]:
    chosen = [f"{key}={value}" for key, value in request.args.items(multi=True) if key not in ("format", "seite")]
    source = _("Lückenlos, %(tenant)s", tenant=g.tenant.name)
    lines = [
        (_("Liste"), title),
        (_("Quelle"), source),
        (_("Stand"), show_datetime(clock.now())),
        (_("Filter"), visible(joined(chosen))[:500] or _("keiner")),
        (_("Zeilen"), str(number)),
        (
            _("Einstufung"),
            _("Intern. Enthält nur, was %(name)s sehen darf; nicht zur Weitergabe.", name=signed_in().name),
        ),
    ]
    if g.tenant.fictional:
        lines.append((_("Hinweis"), _("Erfundene Daten zur Vorführung.")))
    return lines


def record_list(work: Work, name: str, form: str, rows: int) -> None:
    """That somebody took a list, which, in what format and how long; not what stood in it."""
    person: Any = work.session.exec(select(Person).where(col(Person.id) == work.actor.person_id)).one()
    work.record("list.exported", person, list=name, format=form, rows=rows)
