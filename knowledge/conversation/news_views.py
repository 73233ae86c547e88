"""What is new for me, what I follow, and how I want to be told."""

from flask import Blueprint, Response, flash, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.i18n import _
from app.core.mail_policy import may_see_outgoing_mail
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.conversation import news, policy, queries, wishes
from knowledge.conversation.forms import NewsForm
from knowledge.conversation.states import Rhythm
from knowledge.trace.wording import kind_label

blueprint = Blueprint("news", __name__, template_folder="templates")


@blueprint.get("/neues")
@requires(policy.may_see_own_news)
def index() -> Response:
    """The same as the digest, of the last two weeks, for everyone and without mail."""
    actor, now = signed_in(), clock.now()
    of = news.span(reading(), now - news.SHOWN, now)
    found = [each for each in news.news_of(reading(), house(), actor, of) if each.title != _("Bald fällig")]
    return page("news/index.html", news=found, coming=news.coming(reading(), actor, clock.today()))


@blueprint.get("/beobachtet")
@requires(policy.may_see_own_news)
def watched() -> Response:
    """What I follow and may still open."""
    rows = queries.watched(reading(), signed_in())
    return page("news/watched.html", rows=rows, kind_label=kind_label)


@blueprint.route("/benachrichtigungen", methods=["GET", "POST"])
@requires(policy.may_see_own_news)
def wish() -> Response | AnyResponse:
    """How I want to be told."""
    kept = wishes.wish_of(reading(), signed_in().person_id)
    form = NewsForm.over(rhythm=kept.rhythm.value, mentions_at_once=kept.mentions_at_once)
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return page(
            "news/wish.html",
            status=status,
            form=form,
            sends=bool(house().settings.smtp_url),
            may_see_mail=bool(may_see_outgoing_mail(signed_in())),
        )
    flash(_("Gespeichert."), "success")
    return perform_once(
        wishes.choose_news,
        Rhythm(form.rhythm.data),
        bool(form.mentions_at_once.data),
        then=lambda _wish: url_for("news.wish"),
    )
