"""Words of Django's administration that its own Slovenian catalogue lacks; ours has them.

Nothing reads this list: it is here so that the messages are collected with ours. Leave out what a
newer Django has translated.
"""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("The {name} “{obj}” was added successfully."),
    _("You may edit it again below."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    _("Select this object for an action - {}"),
    _("Select all objects on this page for an action"),
    _("Select %s to view"),
    _("Hide counts"),
    _("Show counts"),
    _("Popup closing…"),
)
