"""Merging two gaps, separating them again, splitting one, and the whole life of a gap."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import Response, flash, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import DomainError, InvalidInput
from app.core.forms import visible
from app.core.i18n import _, ngettext
from app.core.web import house, page, perform_once, reading, requires, signed_in
from knowledge.cases.wording import station_caption
from knowledge.gaps import actions_lineage, life, lineage, moves, policy, queries
from knowledge.gaps.barred import merged_away, not_mergeable
from knowledge.gaps.blueprint import blueprint
from knowledge.gaps.forms import OFFSHOOTS, ReasonForm, SplitForm, TargetForm
from knowledge.gaps.lineage import Consequences, Opened
from knowledge.gaps.models import Gap, GapMove
from knowledge.gaps.nearest import WEIGHTS, nearest
from knowledge.gaps.states import GapStatus, Polarity


@blueprint.get("/fehlstellen/<key>/geschichte")
@requires(lineage.may_open, load=lineage.opened_by_key)
def history(opened: Opened, key: str) -> Response | AnyResponse:
    """Every step of the gap; for a merged one, to the coordination alone."""
    del key
    actor = signed_in()
    gap = opened.gap if policy.may_edit_gap(actor) or opened.target is None else opened.target
    return page("gaps/life.html", gap=gap, moments=life.moments(reading(), actor, gap))


@blueprint.get("/fehlstellen/<key>/zusammenfuehren")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def merge(gap: Gap, key: str) -> AnyResponse:
    """First which gap, then what follows from it; where the gap's life knows no merging, why."""
    del key
    if barred := merged_away(gap) or not_mergeable(gap):
        return barred
    wanted = visible(request.args.get("ziel", "")).strip().upper()[:64]
    if not wanted:
        return _target_page(gap, TargetForm(formdata=None))
    form = TargetForm(formdata=None, ziel=wanted)
    target = queries.gap_by_key(reading(), wanted)
    problem = _target_problem(gap, target, wanted)
    if problem or target is None:
        form.ziel.errors = [problem]
        return _target_page(gap, form, 422)
    return _merge_page(gap, target, ReasonForm(formdata=None))


@blueprint.post("/fehlstellen/<key>/zusammenfuehren/<target>")
@requires(policy.may_change_gap, load=queries.gap_by_target)
def do_merge(gap: Gap, key: str, target: str) -> AnyResponse:
    """Merge, as the page before said."""
    form = ReasonForm()
    if form.validate_on_submit():
        return perform_once(
            actions_lineage.merge_gap,
            key,
            target,
            form.reason.data or "",
            then=lambda kept: url_for("gaps.show", key=kept.key, von=key),
        )
    kept = queries.gap_by_key(reading(), target)
    return _merge_page(gap, kept or gap, form, 422)


@blueprint.get("/fehlstellen/<key>/trennen")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def separate(gap: Gap, key: str) -> Response:
    """What separating a merged gap does, and what of it cannot come back."""
    target, merging = queries.gap_by_id(reading(), gap.merged_into_id), lineage.merging_of(reading(), gap)
    if target is None or merging is None:
        raise DomainError(_("Diese Fehlstelle ist nicht zusammengeführt."))
    return page(
        "ui/confirm.html",
        title=_("%(key)s von %(target)s trennen", key=key, target=target.key),
        text=_(
            "Die Fehlstelle kehrt in den Stand vor der Zusammenführung zurück. Belege, Kennzahlen, Lösungen und "
            "Merkmale, die sie mitgebracht hat und die noch bei %(target)s stehen, kommen wieder zu ihr.",
            target=target.key,
        ),
        facts=_left_behind(target, moves.returning(reading(), merging).lost),
        form=ReasonForm(formdata=None),
        action_url=url_for("gaps.do_separate", key=key),
        confirm_label=_("Trennen"),
        tone="primary",
        back_url=url_for("gaps.show", key=key, original="ja"),
    )


@blueprint.post("/fehlstellen/<key>/trennen")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def do_separate(gap: Gap, key: str) -> AnyResponse:
    """Separate a merged gap again; what could not come back is told."""
    reason, target = (ReasonForm().reason.data or "")[:2000], queries.gap_by_id(reading(), gap.merged_into_id)

    def done(separated: actions_lineage.Separated) -> str:
        for words, names in _left_behind(target or gap, separated.lost):
            flash(f"{words}: {names}", "warning")
        return url_for("gaps.show", key=key)

    return perform_once(actions_lineage.undo_merge, key, reason, then=done)


def _left_behind(target: Gap, lost: Collection[GapMove]) -> list[tuple[str, str]]:
    """What was changed at the target since, as a fact; nothing where everything comes back."""
    names = moves.lost_words(lost)
    words = _("Kommt nicht zurück, weil es bei %(target)s inzwischen geändert wurde", target=target.key)
    return [(words, ", ".join(names))] if names else []


@blueprint.get("/fehlstellen/<key>/teilen")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def split(gap: Gap, key: str) -> Response:
    """The form for up to three new gaps, and for each piece of evidence where it goes."""
    del key
    return merged_away(gap) or _split_page(gap, SplitForm(formdata=None))


@blueprint.post("/fehlstellen/<key>/teilen")
@requires(policy.may_change_gap, load=queries.gap_by_key)
def do_split(gap: Gap, key: str) -> AnyResponse:
    """Split new gaps off."""
    if barred := merged_away(gap):
        return barred
    form, evidence, indicators = SplitForm(), _places("beleg"), _places("kennzahl")
    if not form.validate_on_submit() or not form.has_titles_for({*evidence.values(), *indicators.values()}):
        return _split_page(gap, form, 422)
    try:
        return perform_once(
            actions_lineage.split_gap,
            key,
            form.offshoots(evidence, indicators),
            form.reason.data or "",
            then=lambda made: _told(made, key),
        )
    except InvalidInput as error:
        return _split_page(gap, form, 422, error.message)


def _told(made: Sequence[Gap], key: str) -> str:
    """Name the new gaps, each as a link, on the page of the old one."""
    link = Markup('<a href="{}">{}</a>')
    links = [link.format(url_for("gaps.show", key=new.key), f"{new.key} {new.title}") for new in made]
    words = ngettext("Neu angelegt ist:", "Neu angelegt sind:", len(made))
    flash(Markup("{} {}").format(words, Markup(", ").join(links)), "success")
    return url_for("gaps.show", key=key)


def _places(name: str) -> dict[int, int]:
    """Of each row of the form, by its id, the number of the gap that it goes to; what stays is left out."""
    found: dict[int, int] = {}
    for field, value in request.form.items():
        head, _dash, row = field.partition("-")
        if head == name and row.isascii() and row.isdecimal() and value in {str(number) for number in OFFSHOOTS}:
            found[int(row)] = int(value)
    return found


def _target_problem(gap: Gap, target: Gap | None, wanted: str) -> str:
    if target is None:
        return _("Die Fehlstelle %(key)s gibt es nicht. Bitte prüfen Sie die Kennung.", key=wanted)
    if target.id == gap.id:
        return _("Eine Fehlstelle kann nicht mit sich selbst zusammengeführt werden.")
    if target.status == GapStatus.MERGED:
        return _("%(key)s ist selbst schon zusammengeführt. Bitte wählen Sie ihr Ziel.", key=wanted)
    return ""


def _target_page(gap: Gap, form: TargetForm, status: int = 200) -> Response:
    codes = queries.codes_of(reading(), gap.id or 0)
    near = {facet: codes.get(facet, ()) for facet in WEIGHTS}
    found = nearest(reading(), signed_in(), house().search, f"{gap.title}\n{gap.summary}", near, gap.key)
    return page("gaps/merge_target.html", status=status, gap=gap, form=form, found=found)


def _merge_page(gap: Gap, target: Gap, form: ReasonForm, status: int = 200) -> Response:
    after = lineage.consequences(reading(), gap, target)
    return page(
        "gaps/merge.html",
        status=status,
        gap=gap,
        target=target,
        form=form,
        after=after,
        moving=_moving(after),
        rises=policy.rises(gap.visibility, target.visibility),
    )


def _moving(after: Consequences) -> list[str]:
    """What moves, in words; what the target has already is not said."""
    number = after.moving
    lines = [
        (number["evidence"], ngettext("%(num)s Beleg", "%(num)s Belege", number["evidence"])),
        (number["facet"], ngettext("%(num)s Merkmal", "%(num)s Merkmale", number["facet"])),
        (number["municipality"], ngettext("%(num)s Kommune", "%(num)s Kommunen", number["municipality"])),
        (number["indicator"], ngettext("%(num)s Kennzahl", "%(num)s Kennzahlen", number["indicator"])),
        (number["solution"], ngettext("%(num)s Lösung", "%(num)s Lösungen", number["solution"])),
    ]
    return [words for count, words in lines if count]


def _split_page(gap: Gap, form: SplitForm, status: int = 200, problem: str = "") -> Response:
    """The evidence of both kinds, with what was chosen before."""
    session = reading()
    evidence = [
        (polarity, line)
        for polarity in (Polarity.FOR, Polarity.AGAINST)
        for line in queries.evidence_lines(session, gap.id or 0, polarity)
    ]
    indicators = queries.indicators_of(session, gap.id or 0)
    chosen: dict[str, Any] = {"beleg": _places("beleg"), "kennzahl": _places("kennzahl")}
    return page(
        "gaps/split.html",
        status=status,
        gap=gap,
        form=form,
        evidence=evidence,
        indicators=indicators,
        chosen=chosen,
        offshoots=OFFSHOOTS,
        caption=station_caption,
        problem=problem,
    )
