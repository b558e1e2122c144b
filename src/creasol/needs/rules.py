"""Who may do what: everyone reads what is public, the authors their candidates, the staff does the rest."""

import rules

from creasol.programmes.rules import is_coordinator_or_administrator, is_staff

from .enums import NeedState


@rules.predicate
def is_public(user, need=None):
    return need is not None and need.state != NeedState.CANDIDATE


@rules.predicate
def is_author(user, need=None):
    return need is not None and user.is_authenticated and need.authors.filter(user=user).exists()


rules.add_perm("needs.see_need", is_public | is_staff | is_author)
rules.add_perm("needs.record_need", is_staff)
rules.add_perm("needs.revise_need", is_staff)
rules.add_perm("needs.note_contribution", is_staff)
rules.add_perm("needs.settle_contribution", is_staff)
rules.add_perm("needs.export_contacts", is_coordinator_or_administrator)
