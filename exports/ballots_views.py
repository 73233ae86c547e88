"""The download of a poll's ballots together with the script that counts them again."""

from flask import Blueprint, Response

from app.core.errors import NotFound
from app.core.i18n import _
from app.core.web import reading, requires
from exports.ballots import bundle
from meetings.voting import policy, queries
from meetings.voting.files import ballot_file, file_hash, shows_papers
from meetings.voting.queries import FoundPoll

blueprint = Blueprint("recount", __name__)


@blueprint.get("/abstimmungen/<int(max=2147483647):poll_id>/nachzaehlen.zip", endpoint="bundle")
@requires(policy.may_read_result, load=queries.poll_by_id)
def download(found: FoundPoll, poll_id: int) -> Response:
    """Ballot file, script and a note, as one ZIP."""
    if not shows_papers(found.poll):
        raise NotFound(_("Bei weniger als fünf Stimmzetteln werden sie nicht einzeln gezeigt: Sie wären zuzuordnen."))
    name = f"abstimmung-{poll_id}"
    content = bundle(name, ballot_file(reading(), found.poll), file_hash(reading(), found.poll))
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(content, mimetype="application/zip", headers=headers)
