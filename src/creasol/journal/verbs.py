"""The verbs of the actions, as people read them in the journal."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "appoint": pgettext_lazy("deed", "appointment of an administrator"),
    "ask": pgettext_lazy("deed", "request"),
    "cancel": pgettext_lazy("deed", "cancellation"),
    "complete": pgettext_lazy("deed", "completion"),
    "create": pgettext_lazy("deed", "creation"),
    "deactivate": pgettext_lazy("deed", "closing of the account"),
    "declare": pgettext_lazy("deed", "declared figure"),
    "define": pgettext_lazy("deed", "definition"),
    "end": pgettext_lazy("deed", "end"),
    "erase": pgettext_lazy("deed", "erasure"),
    "fold": pgettext_lazy("deed", "former commune folded in"),
    "forget": pgettext_lazy("deed", "mandate of an erased person"),
    "grant": pgettext_lazy("deed", "role given"),
    "import": pgettext_lazy("deed", "import"),
    "invite": pgettext_lazy("deed", "invitation"),
    "load": pgettext_lazy("deed", "loading"),
    "mandate": pgettext_lazy("deed", "mandate given"),
    "move": pgettext_lazy("deed", "new place"),
    "plan": pgettext_lazy("deed", "planning"),
    "reactivate": pgettext_lazy("deed", "reopening of the account"),
    "register": pgettext_lazy("deed", "registration"),
    "remove": pgettext_lazy("deed", "removal"),
    "rename": pgettext_lazy("deed", "change of name or language"),
    "retry": pgettext_lazy("deed", "new try"),
    "revise": pgettext_lazy("deed", "revision"),
    "start": pgettext_lazy("deed", "start"),
    "stop": pgettext_lazy("deed", "interruption"),
}
