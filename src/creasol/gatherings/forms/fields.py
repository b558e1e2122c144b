"""What several forms of the gatherings ask for: organisations by their names, a room."""

from typing import Any

from django import forms
from django.utils.functional import Promise

from creasol.network.models import Organisation
from creasol.network.queries.organisations import organisation_meant
from creasol.places.models import Room


class OrganisationsField(forms.CharField):
    """Organisations of the directory by their names, one to a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> tuple[Organisation, ...]:
        lines = super().clean(value).splitlines()
        named = (organisation_meant(line) for line in map(str.strip, lines) if line)
        return tuple(dict.fromkeys(named))


class RoomField(forms.TypedChoiceField):
    """A room of any venue; ``empty`` is what no room is called."""

    def __init__(self, *, empty: str | Promise, **kwargs):
        super().__init__(coerce=int, empty_value=None, required=False, **kwargs)
        self.empty = empty
        self.rooms: dict[int, Room] = {}

    def offer(self, venues: list[tuple[str, list[Room]]]) -> None:
        """Let people choose among these rooms, venue by venue."""
        self.rooms = {room.pk: room for _venue, rooms in venues for room in rooms}
        by_venue = [(venue, [(room.pk, room.name or str(room)) for room in rooms]) for venue, rooms in venues]
        self.choices = [("", self.empty), *by_venue]

    def clean(self, value: Any) -> Room | None:
        return self.rooms.get(super().clean(value))
