"""The forms of log-in, in the portal's own words; what a stranger sends is counted."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taskforce.members.accounts import counting

LONGEST_NAME = 60  # of a passkey
PASSWORD_HELP = _(
    "At least 8 characters, and not only digits. A few words in a row are strong and easy to "
    "remember."
)
# What reading a passkey raises that no browser of ours made, or that was made for another question.
NONSENSE = (forms.ValidationError, AttributeError, IndexError, KeyError, TypeError, ValueError)
LABELS: dict[str, Promise] = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Your current password"),
    "password1": _("New password"),
    "code": _("Code"),
    "name": _("What do you call the device?"),
}


class OurWords:
    """Labels in our words, no placeholders that vanish as one types, a new password typed once."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)  # type: ignore[assignment]  # lazy text
            field.help_text = PASSWORD_HELP if name == "password1" else ""


class LogInForm(OurWords, account.LoginForm):
    """By e-mail and password; the adapter counts."""


class AskForCodeForm(OurWords, account.RequestLoginCodeForm):
    _user: Any

    def clean_email(self) -> str:
        counting.count_letter(self.cleaned_data["email"])
        email: str = super().clean_email()
        if self._user and self._user.email != email:  # an address that the person had before
            self._user = None
        return email


class CodeForm(OurWords, account.ConfirmLoginCodeForm):
    def clean_code(self) -> str:
        counted = counting.count_code(self.expected_code or "")
        code: str = super().clean_code()
        counting.forgive(counted)
        return code


class AskForPasswordForm(OurWords, account.ResetPasswordForm):
    def clean_email(self) -> str:
        counting.count_letter(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        counted = counting.count_password(self.user.email)
        password: str = super().clean_oldpassword()
        counting.forgive(counted)
        return password


class SetPasswordForm(OurWords, account.SetPasswordForm):
    pass


class PasswordAgainForm(OurWords, account.ReauthenticateForm):
    pass


class _StepForm(OurWords):
    """A code of the second step, or a recovery code."""

    user: Any

    def clean_code(self) -> str:
        counted = counting.count_step(self.user.pk)
        code: str = super().clean_code()  # type: ignore[misc]  # beside the library's form
        counting.use_up(self.user.pk, code)
        counting.forgive(counted)
        return code


class SecondStepForm(_StepForm, mfa.AuthenticateForm):
    pass


class StepAgainForm(_StepForm, mfa.ReauthenticateForm):
    pass


class SwitchOnForm(OurWords, ActivateTOTPForm):
    pass


class RecoveryCodesForm(GenerateRecoveryCodesForm):
    """Recovery codes stand in for the second step; without one there is nothing to recover."""

    def clean(self) -> dict[str, Any]:
        if not is_mfa_enabled(self.user):
            raise forms.ValidationError(
                _("Recovery codes belong to two-step log-in, which is not switched on.")
            )
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class _Key:
    """Say in words that no passkey came: without JavaScript the form arrives empty."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = _("Passkeys need JavaScript.")


class AddPasskeyForm(_Key, OurWords, webauthn.AddWebAuthnForm):
    """Every passkey is one by which its owner is known and found: it logs in by itself."""

    passwordless = None

    def add_error(self, field: str | None, error: Any) -> None:
        """Tell of the key at the top: its field is hidden, and its name means nothing to people."""
        super().add_error(None if field == "credential" else field, error)

    def clean_name(self) -> str:
        name: str = super().clean_name()
        return name[:LONGEST_NAME]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True  # the library then asks that the owner was checked
        try:
            cleaned: dict[str, Any] = super().clean()
        except NONSENSE:
            self.cleaned_data.pop("credential", None)
            raise forms.ValidationError(
                _("The device did not make a passkey that we can use. Try again.")
            ) from None
        return cleaned


class RenamePasskeyForm(OurWords, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(MaxLengthValidator(LONGEST_NAME))


class _KnownKey(_Key):
    """Say in words that a passkey is not known, whatever the browser sent."""

    def clean_credential(self) -> Authenticator:
        unknown = forms.ValidationError(
            _("We do not know this passkey. Log in another way, and add it again.")
        )
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]  # as above
        except NONSENSE:
            raise unknown from None
        return found


class PasskeyForm(_KnownKey, webauthn.LoginWebAuthnForm):
    pass


class PasskeyStepForm(_KnownKey, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_KnownKey, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddressForm(forms.Form):
    """Another address to log in with."""

    email = forms.EmailField(
        label=_("New e-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We will send a link there. Your address changes when you follow it."),
    )

    def __init__(self, *args: Any, today: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email == self.today:
            raise forms.ValidationError(_("This is already your address."))
        return email
