"""The result of a closed poll as its page shows it: places with points, ties by name, the line of capacity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.i18n import _, ngettext
from knowledge.gaps.models import Topic
from meetings.decisions.rules import ranks
from meetings.voting.counting import Count
from meetings.voting.dots import CutLine, DotsRule

INSIDE, TIED, OUTSIDE = "inside", "tied", "outside"
"""Where a topic stands to the line of capacity: surely in, in the tie that the line falls into, or behind it."""


FEWEST_SHOWN = 5
"""With fewer ballots than these none is shown by itself."""


@dataclass(frozen=True)
class PlaceRow:
    """One option of the result."""

    option: str
    title: str
    rank: int
    shared: bool
    points: int
    voters: int
    side: str | None
    topic: Topic | None


@dataclass(frozen=True)
class Result:
    """The result with all that a reader needs to follow it and to count it again."""

    rule: DotsRule
    count: Count
    rows: tuple[PlaceRow, ...]

    @property
    def shows_papers(self) -> bool:
        """Whether single ballots are shown: of fewer than five each could be told whose it is (voting §4)."""
        return self.count.tally.ballots >= FEWEST_SHOWN

    @property
    def total(self) -> int:
        """All points that were given."""
        return sum(self.count.tally.points.values())

    @property
    def tied_options(self) -> tuple[str, ...]:
        """The topics among which a run-off would decide; empty if none is needed."""
        cut = self.count.tally.cut
        return cut.tied if cut else ()

    @property
    def last_inside(self) -> str | None:
        """The option behind which the line of capacity is drawn; None where there is no line or it falls into a tie."""
        cut = self.count.tally.cut
        return cut.inside[-1] if cut and cut.inside and not cut.falls_into_tie else None


def result_of(rule: DotsRule, counted: Count, topics: Mapping[str, Topic]) -> Result:
    """The result of a frozen count under its frozen rule."""
    titles, tally = {option.id: option.title for option in rule.options}, counted.tally
    rows = (
        PlaceRow(
            place.option,
            titles[place.option],
            place.rank,
            place.shared,
            tally.points[place.option],
            tally.voters[place.option],
            _side(tally.cut, place.option),
            topics.get(place.option),
        )
        for place in ranks(tally.ranking)
    )
    return Result(rule, counted, tuple(rows))


def _side(cut: CutLine | None, option: str) -> str | None:
    if cut is None:
        return None
    return INSIDE if option in cut.inside else TIED if option in cut.tied else OUTSIDE


def verdict(result: Result) -> str:
    """The result in one sentence: who leads, or who shares the lead."""
    first = [row for row in result.rows if row.rank == 1]
    if not result.count.tally.ballots:
        return _("Niemand hat abgestimmt.")
    if not first[0].points:
        return _("Es wurden keine Punkte vergeben.")
    points = first[0].points
    if len(first) == 1:
        return _("„%(title)s“ liegt %(points)s vorn.", title=first[0].title, points=_with_points(points))
    return _(
        "%(titles)s teilen sich %(points)s den ersten Rang.",
        titles=listed(row.title for row in first),
        points=_with_points_each(points),
    )


def _with_points(points: int) -> str:
    return ngettext("mit %(num)s Punkt", "mit %(num)s Punkten", points)


def _with_points_each(points: int) -> str:
    return ngettext("mit je %(num)s Punkt", "mit je %(num)s Punkten", points)


def tie_words(result: Result) -> list[str]:
    """Every tie by name; the one on the first rank stands in the verdict."""
    titles = {row.option: row for row in result.rows}
    ties = [[titles[option] for option in group] for group in result.count.tally.ties if titles[group[0]].rank > 1]
    return [
        _(
            "Gleichstand auf Rang %(rank)s: %(titles)s %(points)s.",
            rank=group[0].rank,
            titles=listed(row.title for row in group),
            points=_with_points_each(group[0].points),
        )
        for group in ties
    ]


def cut_words(result: Result) -> str:
    """What the capacity means for the result; empty if none was announced or all topics fit."""
    cut = result.count.tally.cut
    if cut is None:
        return ""
    titles = {row.option: row.title for row in result.rows}
    room = ngettext("Bearbeitet werden kann %(num)s Thema", "Bearbeitet werden können %(num)s Themen", cut.capacity)
    if not cut.falls_into_tie:
        return _("%(room)s: %(titles)s.", room=room, titles=listed(titles[option] for option in cut.inside))
    places = ngettext("ist noch %(num)s Platz", "sind noch %(num)s Plätze", cut.open_places)
    return _(
        "%(room)s. Die Grenze fällt in einen Gleichstand: Für %(titles)s %(places)s frei. "
        "Das löst kein Rechenweg auf; das Gremium entscheidet, zum Beispiel durch eine Stichwahl.",
        room=room,
        titles=listed(titles[option] for option in cut.tied),
        places=places,
    )


def listed(titles: Iterable[str]) -> str:
    """Titles in quotes, the last one after „und“."""
    quoted = [_("„%(title)s“", title=title) for title in titles]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(first)s und %(last)s", first=", ".join(quoted[:-1]), last=quoted[-1])


def rule_words(rule: DotsRule) -> list[str]:
    """The rule in sentences, as it is announced and as it is shown beside the result."""
    sentences = [
        ngettext("Jede Organisation hat %(num)s Punkt.", "Jede Organisation hat %(num)s Punkte.", rule.dots_per_seat),
        ngettext(
            "Auf ein Thema darf höchstens %(num)s Punkt.",
            "Auf ein Thema dürfen höchstens %(num)s Punkte.",
            rule.max_per_option,
        ),
        _("Punkte dürfen übrig bleiben; ein leerer Stimmzettel ist eine Enthaltung."),
        _("Eine abgegebene Stimme wird nicht mehr geändert."),
        _("Bis zum Schluss sieht niemand, wie abgestimmt wurde, auch nicht Vorsitz und Geschäftsstelle."),
        _("Danach werden die Stimmzettel ohne Namen veröffentlicht, wenn es mindestens fünf sind."),
        _("Gereiht wird nach der Summe der Punkte. Gleichstand wird nicht aufgelöst, sondern benannt."),
    ]
    if rule.capacity is not None:
        sentences.append(
            ngettext(
                "Die Grenze wird nach %(num)s Thema gezogen; sie entscheidet nichts, sie zeigt die Kapazität.",
                "Die Grenze wird nach %(num)s Themen gezogen; sie entscheidet nichts, sie zeigt die Kapazität.",
                rule.capacity,
            )
        )
    return sentences


def turnout_words(voted: int, entitled: int) -> str:
    """„3 von 16 haben abgestimmt“."""
    return ngettext(
        "%(num)s von %(entitled)s hat abgestimmt", "%(num)s von %(entitled)s haben abgestimmt", voted, entitled=entitled
    )
