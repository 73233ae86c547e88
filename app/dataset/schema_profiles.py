"""The shape of a `kim-profiles/1` file: what five counties say about themselves.

`says` is open, because every county says other things; what the application works with is checked there too.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from app.core.i18n import _
from app.dataset.problems import quoted
from app.dataset.values import Count, Figure, Key, Lax, Strictly, Term, Text, refuse
from app.people.states import TenantKind
from meetings.bodies.states import BodyKind

FORMAT = "kim-profiles/1"
BlockNumber = Annotated[int, Field(ge=1, le=99)] | Annotated[str, Field(min_length=1, max_length=16)]
Posts = Annotated[Figure, Field(gt=0)]


class BlockSaid(Strictly):
    """A block or field of action."""

    number: BlockNumber
    content: Text
    funding: Text | None = None
    commitment: Text | None = None
    parts: list[Text] = []


class BodySaid(Strictly):
    """A body by the name that the county gives it."""

    label: Text
    kind: Annotated[BodyKind, Lax]
    level: Text | None = None
    seats: list[Text] = []
    per: Text | None = None
    intake: Text | None = None
    task: Text | list[Text] | None = None


class InhabitantsSaid(Strictly):
    """A number of inhabitants and its day."""

    value: Count
    as_of: Any = None


class CasemgmtSaid(Strictly):
    """How case management is offered."""

    model_config = ConfigDict(extra="allow")
    in_municipalities: Text | None = None


class Said(Strictly):
    """What the county's own text says. Unknown keys are facts, unless they look like a misspelt known one."""

    model_config = ConfigDict(extra="allow")

    blocks: list[BlockSaid] = []
    fields_of_action: list[BlockSaid] = []
    bodies: list[BodySaid] = []
    terms: dict[Term, Text | None] = {}
    region: Text | None = None
    inhabitants: InhabitantsSaid | None = None
    municipalities: list[Text] = []
    casemgmt_hosts: list[Text] = []
    casemgmt: CasemgmtSaid | None = None
    domains: list[Text] = []
    staffing: dict[Term, Posts | dict[Term, Posts]] = {}

    @model_validator(mode="before")
    @classmethod
    def _no_misspelt_key(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        for key in raw:
            candidates = [name for name in cls.model_fields if name not in raw and not key.startswith(f"{name}_")]
            near = get_close_matches(key, candidates, 1, 0.7)
            if key not in cls.model_fields and near:
                raise refuse(
                    _("steht die Angabe %(key)s; gemeint ist wohl %(near)s", key=quoted(key), near=quoted(near[0]))
                )
        return raw


class Elsewhere(Strictly):
    """A fact that another source gives."""

    fact: Text
    source: Text


class Profile(Strictly):
    """One county."""

    key: Key
    seed: Text | None = None
    identified_by: Text | None = None
    name: Text
    kind: Annotated[TenantKind, Lax]
    says: Said
    silent: list[Text] = []
    external: list[Elsewhere] = []
    runs_if: list[Text] = []


class ProfilesFile(Strictly):
    """All counties of the file."""

    format: Literal["kim-profiles/1"]
    profiles: list[Profile]
