from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import RegexValidator

from cistor.accounts.models import StandIn, User
from cistor.accounts.roles import OFFICE_ROLES, Role
from cistor.journal.once import OnceForm

USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$", "Login składa się z liter bez ogonków, cyfr, kropek i kresek."
)


class LoginForm(AuthenticationForm):
    error_title = "Nie udało się zalogować"
    error_messages = {
        "invalid_login": "Login albo hasło się nie zgadza. Sprawdź, czy nie jest włączony Caps Lock.",
        "inactive": "To konto jest wyłączone. Zwróć się do administratora.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Login"

    def clean_username(self):
        # The lock-out counts by this name: other letters of the same login must not give new tries.
        return self.cleaned_data["username"].strip().lower()


class OwnPasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Obecne hasło"
        self.fields["new_password1"].label = "Nowe hasło"
        self.fields["new_password1"].help_text = "Co najmniej 12 znaków; najlepiej kilka słów, które łatwo zapamiętać."
        self.fields["new_password2"].label = "Nowe hasło jeszcze raz"
        self.fields["new_password2"].help_text = ""


class CodeForm(forms.Form):
    error_title = "Kod nie został przyjęty"
    code = forms.CharField(
        label="Kod",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class PersonForm(forms.Form):
    """What the administrator may change in an account."""

    first_name = forms.CharField(label="Imię", max_length=60)
    last_name = forms.CharField(label="Nazwisko", max_length=60)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    roles = forms.MultipleChoiceField(
        label="Role",
        widget=forms.CheckboxSelectMultiple,
        help_text="Jedna osoba może mieć kilka ról. Dyrektor, kadry i administrator logują się w dwóch krokach.",
    )
    superior = forms.ModelChoiceField(
        label="Przełożony",
        queryset=User.objects.none(),
        required=False,
        empty_label="kierujący centrum",
        help_text="Komu zgłasza się nieobecność bez przyczyny: pracownik socjalny albo dyrektor. "
        "Bez wyboru – dyrektorowi.",
    )

    def __init__(self, *args, by, on, of: User | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        of_office = of is not None and of.office_id is not None
        self.fields["roles"].choices = [role for role in Role.choices if (role[0] in OFFICE_ROLES) == of_office]
        # Nobody of an office leads the staff of a centre, and nobody is their own superior.
        staff = User.objects.visible_to(by, on=on).filter(office=None).superiors()
        self.fields["superior"].queryset = staff.exclude(pk=of.pk) if of else staff


class NewPersonForm(OnceForm, PersonForm):
    username = forms.CharField(
        label="Login",
        max_length=60,
        validators=[USERNAME],
        help_text="Małe litery, na przykład anna.kowal. Loginu nie można później zmienić.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    office = forms.ModelChoiceField(
        label="Urząd",
        queryset=None,
        required=False,
        empty_label="żaden: pracuje w centrum",
        help_text="Tylko dla pracowników urzędu, z którym centrum współpracuje.",
    )
    field_order = ["token", "first_name", "last_name", "username", "email", "office", "roles", "superior"]

    def __init__(self, *args, by, on, **kwargs):
        super().__init__(*args, by=by, on=on, **kwargs)
        self.fields["roles"].choices = Role.choices
        self.fields["office"].queryset = by.home_centre.offices.all()

    def clean(self):
        data = super().clean()
        of_office = bool(data.get("office"))
        if "roles" in data and any((role in OFFICE_ROLES) != of_office for role in data["roles"]):
            place = "urzędu – role urzędu" if of_office else "centrum – role centrum"
            self.add_error("roles", f"Pracownik {place}.")
        return data


class StandInForm(OnceForm, forms.ModelForm):
    class Meta:
        model = StandIn
        fields = ["absent", "deputy", "start_on", "end_on"]
        widgets = dict.fromkeys(("start_on", "end_on"), forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        help_texts = {"end_on": "Oba dni należą do zastępstwa."}

    def __init__(self, *args, by, on, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(centre=by.home_centre_id, is_active=True)
        for name in ("absent", "deputy"):
            self.fields[name].queryset = staff


class EndStandInForm(forms.Form):
    end_on = forms.DateField(label="Ostatni dzień", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
