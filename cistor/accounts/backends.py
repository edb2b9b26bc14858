from django.contrib.auth.backends import ModelBackend

from cistor.accounts.models import User


class WithPlace(ModelBackend):
    """The password; every page then asks where its user works, so the centre or the office comes with the account."""

    def get_user(self, user_id):
        user = User.objects.select_related("centre", "office__centre").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
