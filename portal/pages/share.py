"""Pictures of goals for social networks: named by their content, made by the worker."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from goals.models import Goal
from portal.common.art import position_of
from portal.common.languages import LANGUAGES, text_in

from .share_image import BRAND, FONTS, share_image_svg

FOLDER = "share"
DESIGN = 1  # raise it when the drawing changes, so that every picture is made anew


def share_image_name(goal: Goal, language: str) -> str:
    """Return the file name for what the picture of ``goal`` shows now."""
    digest = hashlib.sha256(repr((DESIGN, *_contents(goal, language))).encode()).hexdigest()
    return f"goal-{goal.pk}-{language}-{digest[:16]}"


def share_image_url(goal: Goal, language: str) -> str:
    """Return the path of the picture if it has been made, else ``""``."""
    name = share_image_name(goal, language)
    if not default_storage.exists(f"{FOLDER}/{name}.png"):
        return ""
    return reverse("share-image", args=[name])


def render_missing_share_images() -> int:
    """Render missing pictures of public goals, drop all others; return how many were made."""
    goals = Goal.objects.public().filter(strategy__is_current=True).select_related("strategy")
    wanted = {
        share_image_name(goal, language): (goal, language)
        for goal in goals
        for language in LANGUAGES
    }
    existing = _existing()
    for name in existing - wanted.keys():
        default_storage.delete(f"{FOLDER}/{name}.png")
    missing = sorted(wanted.keys() - existing)
    for name in missing:
        png = _png(_svg(*wanted[name]))
        default_storage.save(f"{FOLDER}/{name}.png", ContentFile(png))
    return len(missing)


def _existing() -> set[str]:
    try:
        _folders, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return set()
    return {Path(file).stem for file in files}


def _contents(goal: Goal, language: str) -> tuple[str, str, int, str, str]:
    """What the picture is made of: title, the line above it, position, seed and colour."""
    return (
        text_in(goal, "title", language),
        text_in(goal.strategy, "municipality", language),
        position_of(goal.code),
        goal.strategy.code,
        settings.BRAND_COLOUR or BRAND,
    )


def _svg(goal: Goal, language: str) -> str:
    title, kicker, position, seed, brand = _contents(goal, language)
    return share_image_svg(title=title, kicker=kicker, position=position, seed=seed, brand=brand)


def _png(svg: str) -> bytes:
    import vl_convert  # about 100 MB in memory: in the worker only, never in the web process

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert.svg_to_png(svg)
