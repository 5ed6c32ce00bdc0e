from django.contrib.admin import AdminSite


class StaffSite(AdminSite):
    """The administration of the portal."""
