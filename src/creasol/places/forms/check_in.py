"""What is said at the door, by a button of the page or by a telephone that was offline: the same words."""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creasol.accounts.models import User
from creasol.places.actions.check_in import CheckInDraft, Word
from creasol.places.enums import CheckInKind
from creasol.places.models import Slot
from creasol.places.models.registrations import LARGEST_GROUP

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


class InstantField(forms.Field):
    """A moment as telephones write it: milliseconds since 1970."""

    def clean(self, value: object) -> datetime | None:
        value = super().clean(value)
        if value in self.empty_values:
            return None
        try:
            return max(datetime.fromtimestamp(float(value) / 1000, tz=UTC), EARLIEST)
        except (TypeError, ValueError, OverflowError, OSError) as error:
            raise ValidationError(_("This is no moment.")) from error


class SaidField(forms.CharField):
    """A text as telephones send it, that may be cut in the middle of an emoji: no half of a letter can be kept."""

    def to_python(self, value: object) -> str:
        return super().to_python(value).encode(errors="replace").decode()


class WordsField(forms.JSONField):
    """JSON that nobody has to trust: too deep or with numbers too long, it is as wrong as any other mistake."""

    def to_python(self, value: object) -> object:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class CheckInForm(forms.Form):
    """One word said at the door of a slot; ``slots`` are those of the occasion."""

    key = forms.UUIDField()
    kind = forms.ChoiceField(choices=CheckInKind.choices)
    slot = forms.TypedChoiceField(coerce=int)
    at = InstantField(required=False)
    booking = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    registration = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    ticket = SaidField(required=False, max_length=300)
    of = forms.UUIDField(required=False)
    arrived = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_GROUP)
    first_name = SaidField(label=_("First name"), required=False, max_length=80)
    size = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_GROUP)

    def __init__(self, *args, slots: list[Slot], **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = {slot.pk: slot for slot in slots}
        self.fields["slot"].choices = [(pk, pk) for pk in self.slots]

    def draft(self, *, by: User, received_at: datetime, device: str = "") -> CheckInDraft:
        said = dict(self.cleaned_data)
        word = Word(
            key=said.pop("key"),
            by=by,
            at=said.pop("at") or received_at,
            received_at=received_at,
            device=device,
        )
        return CheckInDraft(
            kind=CheckInKind(said.pop("kind")),
            word=word,
            slot=self.slots[said.pop("slot")],
            size=said.pop("size") or 1,
            **said,
        )


class ParcelForm(forms.Form):
    """What a telephone sends: who it is, and all that it has to say, the oldest first."""

    MOST = 200

    device = forms.CharField(required=False, max_length=40)
    words = WordsField()

    def clean_words(self) -> list[dict]:
        words = self.cleaned_data["words"]
        if not isinstance(words, list) or len(words) > self.MOST:
            raise ValidationError(_("This is no list of what was said at the door."))
        return [word if isinstance(word, dict) else {} for word in words]
