from django.db import models
from django.utils.translation import gettext_lazy as _


class OriginKind(models.TextChoices):
    """How a field of an organisation came to be known."""

    REGISTER = "register", _("official register")
    STAFF = "staff", _("the team of the programme")
    MEMBER = "member", _("the organisation itself")
    MERGE = "merge", _("another entry of the directory")
