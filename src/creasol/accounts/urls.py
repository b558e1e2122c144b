"""The account and the sign-in: allauth's views under French paths, with the names it knows them by."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path

from . import views

account = [
    path("", views.account, name="account"),
    path("mes-donnees/", views.export_account, name="export"),
    path("supprimer/", views.erase_account, name="erase"),
]

desk = [
    path("", views.account_list, name="account_list"),
    path("<int:pk>/fermer/", views.deactivate, name="deactivate"),
    path("<int:pk>/rouvrir/", views.reactivate, name="reactivate"),
]

pages = [path("compte/", include(account)), path("bureau/comptes/", include(desk))]

signing_in = [
    # Signing in is asking for a code: allauth's page with a password is not served.
    path("connexion/", sign_in.request_login_code, name="account_login"),
    path("connexion/", sign_in.request_login_code, name="account_request_login_code"),
    path("connexion/code/", sign_in.confirm_login_code, name="account_confirm_login_code"),
    path("deconnexion/", sign_in.logout, name="account_logout"),
    path("inscription/", sign_in.signup, name="account_signup"),
    path("inscription/code/", sign_in.email_verification_sent, name="account_email_verification_sent"),
    path("inactif/", sign_in.account_inactive, name="account_inactive"),
    path("adresse/", sign_in.email, name="account_email"),
    path("confirmer/", sign_in.reauthenticate, name="account_reauthenticate"),
]

proving = [
    path("", second_factor.index, name="mfa_index"),
    path("code/", second_factor.authenticate, name="mfa_authenticate"),
    path("confirmer/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("application/activer/", totp.activate_totp, name="mfa_activate_totp"),
    path("application/desactiver/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes-de-secours/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codes-de-secours/creer/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "codes-de-secours/telecharger/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("cles/connexion/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("cles/confirmer/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("cles/<int:pk>/renommer/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("cles/<int:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("", include((pages, "accounts"))),
    path("compte/", include(signing_in)),
    path("compte/securite/", include(proving)),
]
