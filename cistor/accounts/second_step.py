"""The second step of the login: a code of the telephone (TOTP), or one of the recovery codes."""

import secrets
import time
from base64 import b32encode, urlsafe_b64encode
from hashlib import scrypt

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django_otp import verify_token
from django_otp.models import Device
from django_otp.oath import TOTP, hotp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from cistor.accounts.passwords import UNMISTAKABLE
from cistor.errors import Refused

TELEPHONE_LENGTH = 6
RECOVERY_CODES = 10
RECOVERY_LENGTH = 8


def telephone(user) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def new_telephone(user) -> TOTPDevice:
    """The one being set up: its secret stays the same until the first code confirms it."""
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return waiting or TOTPDevice.objects.create(user=user, confirmed=False, name="telefon")


def recovery(user) -> StaticDevice | None:
    return StaticDevice.objects.filter(user=user).first()


def recovery_codes_left(user) -> int:
    device = recovery(user)
    return device.token_set.count() if device else 0


def verify(user, code: str) -> Device:
    """The device that accepts the code, which is thereby used up; Refused otherwise.

    After each wrong code the next try waits twice as long (1, 2, 4 … seconds), for each of the two devices on its own.
    """
    typed = code.replace(" ", "").replace("-", "").lower()
    if len(typed) == TELEPHONE_LENGTH:
        return accept(user, telephone(user), typed)
    codes = recovery(user)
    return accept(user, codes, kept(codes, typed) if codes else "")


def accept(user, device: Device | None, token: str) -> Device:
    if device is None:
        raise Refused("Ten kod nie pasuje. Wpisz sześć cyfr z telefonu albo jeden z kodów zapasowych.", field="code")
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until = localtime(why["locked_until"])
        raise Refused(f"Po nieudanych próbach trzeba odczekać. Spróbuj ponownie o {until:%H:%M:%S}.", field="code")
    accepted = verify_token(user, device.persistent_id, token)
    if accepted is None:
        raise Refused("Ten kod jest niewłaściwy albo już użyty. Poczekaj na następny i wpisz go.", field="code")
    return accepted


def kept(device: StaticDevice, code: str) -> str:
    """What the database keeps of a recovery code: a slow hash as wide as the column, 96 bits."""
    # With no key of ours, so that a change of keys leaves printed codes alive. 16 MB and some 50 ms a guess.
    digest = scrypt(code.encode(), salt=f"recovery-{device.pk}".encode(), n=2**14, r=8, p=1, dklen=12)
    return urlsafe_b64encode(digest).decode()


def new_recovery_codes(user) -> list[str]:
    """Fresh codes in place of the old ones; they can be read only here."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="kody zapasowe")
    codes = ["".join(secrets.choice(UNMISTAKABLE) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    device.token_set.bulk_create(device.token_set.model(device=device, token=kept(device, code)) for code in codes)
    half = RECOVERY_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def confirm(device: TOTPDevice) -> None:
    """From now on the only telephone of its owner."""
    TOTPDevice.objects.filter(user=device.user_id).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])


def forget(user) -> None:
    """No telephone, no codes: the next login sets them up anew."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def secret_text(device: TOTPDevice) -> str:
    """The secret for typing into the telephone by hand, in groups of four."""
    secret = b32encode(device.bin_key).decode()
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def qr(device: TOTPDevice) -> SafeString:
    """The secret as an SVG drawing, dark on light in every theme, without inline styles."""
    code = segno.make(device.config_url, error="m")
    return mark_safe(code.svg_inline(scale=4, light="#fff", svgclass="qr", lineclass=None))  # noqa: S308


def demo_code(device: TOTPDevice) -> str:
    """The code the telephone would show now, or the next one when this one has been used. For demonstrations only."""
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    clock.time = time.time()
    step = max(clock.t(), device.last_t + 1)
    return f"{hotp(device.bin_key, step, device.digits):0{device.digits}}"
