"""The results of polls as the minutes print them: ranks, values, who took part, and the hash of the ballot file."""

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import Session, col, select

from app.core.i18n import _, ngettext
from exports.docx.content import VoteTable
from meetings.decisions.rules import ranks
from meetings.voting.lots.queries import lot_lines
from meetings.voting.models import Poll
from meetings.voting.poll_counting import PollCount, thaw_poll_count
from meetings.voting.poll_rule import PollRule, thaw_rule
from meetings.voting.poll_words import method_words, poll_verdict, score_words, tie_sentences
from meetings.voting.results import PollResult, results_of
from meetings.voting.states import PollMethod, PollState

COUNTED = (PollState.CLOSED, PollState.PUBLISHED)


def vote_tables(session: Session, poll_ids: Collection[int], *, public: bool = False) -> dict[int, VoteTable]:
    """The results of those polls that are closed, by poll; a yes-or-no poll has none: its count is the decision's.

    A lot that was drawn is told with them, to the public without who drew it. Four statements.
    """
    found = {poll_id: _dots(result) for poll_id, result in results_of(session, poll_ids).items()}
    others = select(Poll).where(
        col(Poll.id).in_(poll_ids), col(Poll.state).in_(COUNTED), col(Poll.method) != PollMethod.DOTS
    )
    for poll in session.exec(others):
        rule = thaw_rule(poll.rule)
        if poll.tally and not rule.is_resolution:
            found[poll.id or 0] = _other(poll, rule, thaw_poll_count(poll.tally))
    for poll_id, line in lot_lines(session, poll_ids, named=not public).items():
        if poll_id in found:
            found[poll_id] = replace(found[poll_id], tally_line=f"{found[poll_id].tally_line} {line}")
    return found


def _dots(result: PollResult) -> VoteTable:
    columns = (_("Rang"), _("Thema"), _("Punkte"), _("Organisationen"))
    rows = tuple((str(row.rank), row.title, str(row.points), str(row.voters)) for row in result.rows)
    line = ngettext(
        "%(num)s von %(entitled)s Stimmberechtigten hat abgestimmt; je %(dots)s Punkte, höchstens %(most)s je Thema.",
        "%(num)s von %(entitled)s Stimmberechtigten haben abgestimmt; je %(dots)s Punkte, höchstens %(most)s je Thema.",
        result.cast,
        entitled=result.entitled,
        dots=result.dots_per_seat,
        most=result.max_per_option,
    )
    return VoteTable(_("Ergebnis der Punktabfrage"), columns, rows, line)


def _other(poll: Poll, rule: PollRule, count: PollCount) -> VoteTable:
    """Every other method: places and values, what the count says in words, and by which rule it was counted."""
    columns = (_("Rang"), _("Vorschlag"), _("Wert"))
    rows = tuple(
        (str(place.rank), rule.titles[place.option], score_words(count.counted.scores[place.option]))
        for place in ranks(count.counted.ranking)
    )
    cast = ngettext("%(num)s Stimme abgegeben.", "%(num)s Stimmen abgegeben.", count.cast)
    method = _("Verfahren: %(method)s.", method=method_words(rule.method))
    ties = tie_sentences(rule, count.counted) if count.cast else []
    caption = _("Ergebnis: %(title)s", title=poll.title)
    return VoteTable(caption, columns, rows, " ".join([poll_verdict(rule, count), *ties, cast, method]))


def poll_line(poll: Poll, *, public: bool) -> str:
    """What is told of a poll besides its result: that it is void and why, or by which hash its ballots are known.

    Empty if there is nothing. The public does not learn the reason: it may name people.
    """
    if poll.state == PollState.VOIDED:
        if public or not poll.void_reason:
            return _("Die Abstimmung „%(title)s“ wurde für ungültig erklärt.", title=poll.title)
        return _(
            "Die Abstimmung „%(title)s“ wurde für ungültig erklärt: %(reason)s",
            title=poll.title,
            reason=poll.void_reason,
        )
    return _ballot_file_line(poll)


def _ballot_file_line(poll: Poll) -> str:
    if poll.state not in COUNTED or not poll.file_sha256:
        return ""
    return _(
        "Stimmen der Abstimmung „%(title)s“ zum Nachzählen, Prüfsumme (SHA-256): %(sha256)s",
        title=poll.title,
        sha256=poll.file_sha256,
    )
