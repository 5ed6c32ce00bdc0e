"""Who may see and edit what: decided here and nowhere else.

Administrators (superusers) and chief editors edit everything. An editor edits what belongs to the
organisations of their memberships. Everybody sees what is public.
"""

from django.db.models import Model, Q

from .models import Organisation, Role


def edits_everything(user) -> bool:
    """Say whether ``user`` is an administrator or a chief editor."""
    if not (user and user.is_authenticated and user.is_active and user.is_staff):
        return False
    return user.is_superuser or any(role == Role.CHIEF_EDITOR for role, _organisation in user.roles)


def edited_organisations(user) -> set[int]:
    """Return the keys of the organisations whose promises ``user`` edits as an editor."""
    if not (user and user.is_authenticated and user.is_active and user.is_staff):
        return set()
    return {organisation for role, organisation in user.roles if role == Role.EDITOR}


def is_editor(user) -> bool:
    """Say whether ``user`` edits anything at all."""
    return edits_everything(user) or bool(edited_organisations(user))


def editable_q(model: type[Model], user) -> Q:
    """Return the condition for the rows of ``model`` that ``user`` may edit.

    A model that belongs to organisations says how in ``belongs_to_q(organisations)``; one that
    does not is edited by chief editors only.
    """
    if edits_everything(user):
        return ~Q(pk__in=[])
    organisations = edited_organisations(user)
    if organisations and hasattr(model, "belongs_to_q"):
        return model.belongs_to_q(organisations)
    return Q(pk__in=[])


def can_edit(user, record: Model) -> bool:
    """Say whether ``user`` may edit this very record."""
    if edits_everything(user):
        return True
    if not edited_organisations(user) or record.pk is None:
        return False
    model = type(record)
    return model._base_manager.filter(editable_q(model, user), pk=record.pk).exists()


def can_edit_organisation(user, organisation: Organisation) -> bool:
    """Say whether ``user`` edits the promises of ``organisation``."""
    return edits_everything(user) or organisation.pk in edited_organisations(user)
