"""Addresses of a person's own account. Of allauth's doors only those that are named here are open."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as factors
from allauth.mfa.totp import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from tallystick.site import account_views as views
from tallystick.site import recovery_views, session_views

urlpatterns = [
    path("", views.account, name="account"),
    path("role/<slug:handle>/", views.capacity, name="capacity"),
    path("second-factor/", views.set_up_second_factor, name="second_factor"),
    path("welcome/<slug:handle>/<slug:token>/", views.welcome, name="welcome"),
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("password/change/", sign_in.password_change, name="account_change_password"),
    path("password/reset/", sign_in.password_reset, name="account_reset_password"),
    path("password/reset/done/", sign_in.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[-0-9A-Za-z]{1,80})/$",
        sign_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        sign_in.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sessions/", session_views.sessions, name="sessions"),
    path("sessions/end-others/", session_views.end_other_sessions, name="end_other_sessions"),
    path("sessions/<slug:handle>/end/", session_views.end_session, name="end_session"),
    path("2fa/", views.Factors.as_view(), name="mfa_index"),
    path("2fa/authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.ActivateCodes.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", codes.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_views.recovery, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        recovery_views.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/passkeys/", views.Passkeys.as_view(), name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", views.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path(
        "2fa/passkeys/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("2fa/passkeys/<slug:mark>/", views.rename_passkey, name="mfa_edit_webauthn"),
    path("2fa/passkeys/<slug:mark>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
]
