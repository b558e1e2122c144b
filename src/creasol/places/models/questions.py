"""What an organiser asks beyond a first name and an address: why, and until when it is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.places.enums import QuestionKind

from .occasions import Occasion
from .registrations import Registration


class Question(models.Model):
    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, related_name="questions", verbose_name=_("occasion")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    label = models.CharField(_("question"), max_length=200)
    purpose = models.CharField(
        _("why it is asked"), max_length=200, help_text=_("Everyone who answers reads it")
    )
    kind = models.CharField(
        _("kind of answer"), max_length=8, choices=QuestionKind.choices, default=QuestionKind.TEXT
    )
    choices = models.TextField(
        _("answers to choose from"), blank=True, help_text=pgettext_lazy("answers", "One per line")
    )
    is_required = models.BooleanField(_("must be answered"), default=False)
    keep_days = models.PositiveSmallIntegerField(
        _("days the answers are kept after the end"),
        help_text=_("Answers among several are then kept as numbers, without the person"),
    )

    class Meta:
        verbose_name = _("added question")
        verbose_name_plural = _("added questions")
        ordering = ["occasion", "position", "id"]

    def __str__(self):
        return self.label

    @property
    def options(self) -> list[str]:
        """The answers to choose from."""
        return self.choices.splitlines()


class Answer(models.Model):
    """What a person answered; once the delay has passed, an answer among several that is nobody's any more."""

    registration = models.ForeignKey(
        Registration,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("registration"),
    )
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="answers", verbose_name=_("question")
    )
    text = models.CharField(_("answer"), max_length=500)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["registration", "question"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="places_answer_once")
        ]

    def __str__(self):
        return self.text
