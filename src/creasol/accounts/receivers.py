"""What happens when someone signs in."""

from allauth.account.signals import user_logged_in
from django.dispatch import receiver

from .language import speak


@receiver(user_logged_in)
def speak_the_persons_language(sender, response, user, **kwargs):
    """Let a device that signs in speak the language chosen in the account."""
    speak(response, user.language)
