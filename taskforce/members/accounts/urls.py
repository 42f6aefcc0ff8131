"""Addresses of log-in: the library's where we have no page of our own. Nobody signs up here."""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from taskforce.members.accounts import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="front:my_page"), name="account"),
    path("login/", account.login, name="account_login"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("logout/everywhere/", views.log_out_everywhere, name="account_logout_everywhere"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # The library names it in letters to those whom it does not know.
    path("signup/", RedirectView.as_view(pattern_name="members:join"), name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path(
        "reauthenticate/code/",
        views.ReauthenticateByCode.as_view(),
        name="account_reauthenticate_by_code",
    ),
    path("email/", views.address, name="account_email"),
    path("email/<str:token>/", views.confirm_address, name="account_confirm_address"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "2fa/webauthn/",
        RedirectView.as_view(pattern_name="mfa_index"),  # which lists them
        name="mfa_list_webauthn",
    ),
    path("2fa/webauthn/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]
