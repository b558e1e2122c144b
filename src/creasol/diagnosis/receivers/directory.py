"""Lists of mobilisation follow the directory: an organisation merged into another is invited under its name."""

from django.dispatch import receiver

from creasol.diagnosis.queries.mobilisation import lines_to_follow
from creasol.network.signals import organisations_merged


@receiver(organisations_merged)
def tell_lines(sender, kept, absorbed, **kwargs):
    return lines_to_follow(kept=kept, absorbed=absorbed)
