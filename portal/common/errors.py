"""What went wrong, as staff read it in the administration."""


def error_line(error: BaseException) -> str:
    """Say in one storable text what went wrong: no null characters, at most 2000 characters."""
    text = f"{type(error).__name__}: {error}".replace("\x00", "�")
    return text.encode(errors="replace").decode()[:2000]
