from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator as long as citizens need none."""

    def is_open_for_signup(self, request) -> bool:
        return False
