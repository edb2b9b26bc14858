"""The first account of a centre is made on the command line."""

import pytest
from django.core.management import CommandError, call_command

from cistor.accounts.models import User
from tests.factories import make_user


@pytest.fixture
def typed(monkeypatch):
    def answer(password):
        monkeypatch.setattr("cistor.accounts.management.commands.create_admin.getpass", lambda prompt: password)

    return answer


def test_the_first_administrator_of_a_centre_is_made(centre, typed, capsys):
    typed("trawnik-przed-domem")
    call_command("create_admin", centre.short_name, "Ada.Admin", "Ada", "Pierwsza")
    user = User.objects.get(username="ada.admin")
    assert (user.centre, user.roles, user.must_change_password) == (centre, ["admin"], False)
    assert user.check_password("trawnik-przed-domem")
    assert "Drugi krok" in capsys.readouterr().out


@pytest.mark.parametrize("password, says", [("krótkie", "krótkie"), ("123456789012345", "cyfr")])
def test_a_weak_password_is_refused(centre, typed, password, says):
    typed(password)
    with pytest.raises(CommandError, match=says):
        call_command("create_admin", centre.short_name, "ada", "Ada", "Pierwsza")
    assert not User.objects.exists()


def test_an_unknown_centre_and_a_taken_login_are_refused(centre, typed):
    typed("trawnik-przed-domem")
    with pytest.raises(CommandError, match="Nie ma centrum"):
        call_command("create_admin", "Nigdzie", "ada", "Ada", "Pierwsza")
    make_user(centre, "payroll", username="ada")
    with pytest.raises(CommandError, match="zajęty"):
        call_command("create_admin", centre.short_name, "ada", "Ada", "Pierwsza")
