from allauth.account.adapter import DefaultAccountAdapter


class OutboxAdapter(DefaultAccountAdapter):
    """Send the mails of the sign-in through the outbox."""
