"""The communes are here: so are the perimeters and the populations that come with them."""

from django.dispatch import receiver

from creasol.diagnosis.actions.merges import fold_commune
from creasol.diagnosis.actions.perimeters import load_perimeters
from creasol.diagnosis.actions.populations import load_reference_populations
from creasol.territories.signals import commune_merged, reference_data_loaded


@receiver(reference_data_loaded)
def load_what_comes_with_the_communes(sender, *, at, **kwargs):
    load_perimeters(at=at)
    load_reference_populations(at=at)


@receiver(commune_merged)
def fold_what_was_imported(sender, *, former, commune, **kwargs):
    fold_commune(former, into=commune)
