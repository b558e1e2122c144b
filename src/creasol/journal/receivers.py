"""What the floors beneath tell is written down too."""

from django.dispatch import receiver

from creasol.accounts.signals import account_changed, erase_personal_data, personal_data
from creasol.jobs.signals import job_retried

from . import actions, queries


@receiver(account_changed)
def record_account(sender, user, verb, by, at, **kwargs):
    actions.record(verb, user, by=by, at=at)


@receiver(job_retried)
def record_retry(sender, job, by, at, **kwargs):
    actions.record("retry", job, by=by, at=at)


@receiver(personal_data)
def export_deeds(sender, user, **kwargs):
    return {"journal": queries.deeds_of(user)}


@receiver(erase_personal_data)
def forget_person(sender, user, pseudonym, **kwargs):
    actions.forget_actor(user, pseudonym=pseudonym)
    actions.relabel(user, label=pseudonym)
