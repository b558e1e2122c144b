"""What the places do when the floors beneath tell them something."""

from django.dispatch import receiver

from creasol.network.signals import organisations_merged

from .queries.registrations import registrations_for


@receiver(organisations_merged)
def tell_registrations(sender, absorbed, **kwargs):
    """Let those who registered for an entry of the directory be of the entry it is merged into."""
    return registrations_for(absorbed)
