from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """The stock administration with the portal's own site object."""

    default_site = "portal.staff.site.StaffSite"
