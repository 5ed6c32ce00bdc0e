from django.utils import translation


class StaffLanguage:
    """Show the administration in the language that the person has chosen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return self.get_response(request)
        request.LANGUAGE_CODE = request.user.language
        with translation.override(request.user.language):
            return self.get_response(request)
