"""What the page of a poll shows of the scoring before it."""

from sqlmodel import Session

from app.core.i18n import _
from app.core.permissions import Actor
from meetings.agenda.queries import found_item
from meetings.agenda.slots import Panel
from meetings.scoring import policy
from meetings.scoring.pages import ScoringResult, result_of
from meetings.scoring.queries import cells_in, found_in, scoring_of_item
from meetings.scoring.wording import mean_words
from meetings.voting.lots.rules import Draw
from meetings.voting.queries import FoundPoll, topics_of_poll
from meetings.voting.result import listed


def beside_poll(session: Session, actor: Actor, poll: FoundPoll, draw: Draw | None = None) -> Panel | None:
    """What the organisations said beforehand, for those who may see it. One statement where nobody was asked.

    `draw`: between what the poll is tied; then the scores of these are named. They decide nothing.
    """
    row = scoring_of_item(session, poll.poll.item_id)
    if row is None:
        return None
    found = found_in(session, found_item(poll.where, poll.item), row)
    if not policy.may_read_scores(actor, found):
        return None
    result = result_of(found.rule, cells_in(session, found))
    if not result.order.first:
        return None
    hint = _hint(session, poll, draw, result) if draw else ""
    return Panel("scoring/_beside.html", {"result": result, "scoring_id": found.id, "hint": hint})


def _hint(session: Session, poll: FoundPoll, draw: Draw, result: ScoringResult) -> str:
    """Which of the tied topics was scored higher beforehand; empty where that says nothing."""
    if any(len(each) != 1 for each in draw.candidates):
        return ""
    topics = topics_of_poll(session, poll.id)
    options = [option for (option,) in draw.candidates if option in topics]
    scores = {option: result.order.scores.get(str(topics[option].id)) for option in options}
    known = [score for score in scores.values() if score is not None]
    if len(known) < len(draw.candidates) or len(set(known)) < 2:
        return ""
    titles = listed(topics[option].title for option, score in scores.items() if score == max(known))
    return _(
        "Von den gleichauf liegenden war vorab am höchsten bewertet: %(titles)s (%(score)s von 100). "
        "Das entscheidet nichts; das Gremium entscheidet, durch Stichwahl, Los oder Beschluss.",
        titles=titles,
        score=mean_words(max(known)),
    )
