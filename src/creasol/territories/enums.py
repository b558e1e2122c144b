from django.db import models
from django.utils.translation import gettext_lazy as _


class TerritoryKind(models.TextChoices):
    REGION = "region", _("region")
    DEPARTMENT = "department", _("département")
    EPCI = "epci", _("intercommunal body (EPCI)")
    METROPOLIS = "metropolis", _("metropole at a date")
    METROPOLITAN_TERRITORY = "metropolitan-territory", _("territory of a metropole")
    CONTRACT = "contract", _("territory contract")
    LIVING_AREA = "living-area", _("living area")
    OTHER = "other", _("other set of communes")


OFFICIAL_KINDS = (TerritoryKind.REGION, TerritoryKind.DEPARTMENT, TerritoryKind.EPCI)


class FormerKind(models.TextChoices):
    ASSOCIATED = "associated", _("associated commune")
    DELEGATED = "delegated", _("delegated commune")
    DISTRICT = "district", _("municipal district")
    FORMER = "former", _("former commune")
