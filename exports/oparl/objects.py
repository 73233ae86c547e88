"""OParl objects as dictionaries, with addresses. Pure: no object has a null, none has an empty string."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from exports.oparl.rules import Item, Published

VERSION = "https://schema.oparl.org/1.1/"
Address = Callable[..., str]
"""Gives the address of an object: `at("meeting", key="LG-09")`."""
Object = dict[str, Any]


@dataclass(frozen=True)
class Life:
    """When an object was first published, when it changed last, and whether it is gone."""

    created: datetime
    modified: datetime
    is_deleted: bool = False


@dataclass(frozen=True)
class Writer:
    """Writes the objects of one county. `at` gives addresses, `zone` is where the county lives."""

    at: Address
    zone: ZoneInfo

    def stamp(self, moment: datetime) -> str:
        """OParl's format: seconds and an offset, no fraction, no Z."""
        return moment.astimezone(self.zone).replace(microsecond=0).isoformat()

    def _object(self, kind: str, address: str, life: Life, more: Mapping[str, Any]) -> Object:
        """An object; of one that is gone only what OParl demands (2.8)."""
        found: Object = {
            "id": address,
            "type": VERSION + kind,
            "created": self.stamp(life.created),
            "modified": self.stamp(life.modified),
        }
        if life.is_deleted:
            return found | {"deleted": True}
        return found | {name: value for name, value in more.items() if value not in (None, "", [], ())}

    def county(self, name: str, kind: str, life: Life) -> Object:
        """The county as OParl's Body."""
        more = {
            "system": self.at("system"),
            "name": name,
            "classification": kind,
            "organization": self.at("organizations"),
            "person": self.at("people"),
            "meeting": self.at("meetings"),
            "paper": self.at("papers"),
            "agendaItem": self.at("agenda_items"),
        }
        return self._object("Body", self.at("county"), life, more) | {"legislativeTerm": []}

    def organization(self, key: str, name: str, classification: str, life: Life) -> Object:
        """A body of the county as OParl's Organization."""
        more = {
            "body": self.at("county"),
            "name": name,
            "organizationType": "Gremium",
            "classification": classification,
            "meeting": self.at("meetings", gremium=key),
        }
        return self._object("Organization", self.at("organization", key=key), life, more)

    def meeting(self, key: str, published: Published, life: Life, *, whole: bool = True) -> Object:
        """A meeting with its public items; with `whole` False without the objects inside it (omit_internal)."""
        more = {
            "name": published.name,
            "meetingState": "durchgeführt",
            "start": self._local(published.start),
            "end": self._local(published.end),
            "organization": [self.at("organization", key=published.body_key)],
        }
        found = self._object("Meeting", self.at("meeting", key=key), life, more)
        if life.is_deleted or not whole:
            return found
        inside = Life(life.created, life.modified)
        if published.place:
            place = {"description": published.place}
            found["location"] = self._object("Location", self.at("location", key=key), inside, place)
        found["agendaItem"] = [self.item(key, item, inside) for item in published.items]
        return found

    def location(self, key: str, place: str, life: Life) -> Object:
        """Where a meeting was."""
        return self._object("Location", self.at("location", key=key), life, {"description": place})

    def item(self, key: str, item: Item, life: Life) -> Object:
        """An item of a meeting."""
        more: Object = {
            "meeting": self.at("meeting", key=key),
            "number": item.number,
            "name": item.name,
            "public": True,
            "result": item.result,
            "resolutionText": item.resolution,
        }
        if item.vote is not None:
            more["kim:vote"] = {"yes": item.vote.yes, "no": item.vote.no, "abstain": item.vote.abstain}
        return self._object("AgendaItem", self.at("agenda_item", item_id=item.id), life, more) | {"order": item.order}

    def gone_item(self, item_id: int, life: Life) -> Object:
        """An item that was published once."""
        gone = Life(life.created, life.modified, is_deleted=True)
        return self._object("AgendaItem", self.at("agenda_item", item_id=item_id), gone, {}) | {"order": 0}

    def _local(self, moment: str) -> str:
        return self.stamp(datetime.fromisoformat(moment)) if moment else ""
