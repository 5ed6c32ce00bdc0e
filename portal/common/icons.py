"""The few signs of the interface, on a 16 by 16 grid and in the colour of the text beside them."""

CIRCLE = "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5"
TRIANGLE = "M8 2 1.75 13.5h12.5zM8 6.5v3.25M8 11.4v.4"

STROKED = {
    "arrow-right": "M2.5 8h11M9 3.5 13.5 8 9 12.5",
    "arrow-left": "M13.5 8h-11M7 3.5 2.5 8 7 12.5",
    "arrow-up": "M8 13.5v-11M3.5 7 8 2.5 12.5 7",
    "external": "M6 3H3v10h10v-3M9 2.5h4.5V7M13.5 2.5 7.5 8.5",
    "check": "M3 8.5 6.5 12 13 4.5",
    "search": "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.5 10.5 14 14",
    "menu": "M2 4.5h12M2 8h12M2 11.5h12",
    "close": "M3.5 3.5l9 9M12.5 3.5l-9 9",
    "info": CIRCLE + "M8 7.5v3.75M8 4.6v.4",
    "warning": TRIANGLE,
    "language": CIRCLE + "M2 8h12M8 1.75c-4 4-4 8.5 0 12.5M8 1.75c4 4 4 8.5 0 12.5",
    "draft": "M3 13h2.5L13 5.5 10.5 3 3 10.5zM9 4.5 11.5 7",
    "calendar": "M2.5 3.5h11v10h-11zM2.5 6.75h11M5.5 1.75v3M10.5 1.75v3",
    # States: the shape tells them apart without colour.
    "achieved": CIRCLE + "M5 8.25 7.25 10.5 11 5.75",
    "in_progress": CIRCLE + "M6.75 5.25 9.75 8l-3 2.75",
    "not_started": CIRCLE,
    "no_data": "M8 1.75a6.25 6.25 0 0 1 4.4 1.8M14.1 6.9a6.25 6.25 0 0 1-1 4.7"
    "M10.7 13.65a6.25 6.25 0 0 1-5.4 0M2.9 11.6a6.25 6.25 0 0 1-1-4.7"
    "M3.6 3.55A6.25 6.25 0 0 1 5.5 2.3",
    "not_measurable": CIRCLE + "M5 8h6",
    "discontinued": CIRCLE + "M5.75 5.75l4.5 4.5M10.25 5.75l-4.5 4.5",
    "stale": CIRCLE + "M8 4.5V8l2.5 1.75",
    "at_risk": TRIANGLE,
    "behind": CIRCLE + "M8 4.75v6M5.5 8.5 8 11l2.5-2.5",
}
STROKED["on_track"] = STROKED["in_progress"]

# Half of the disc is filled: the only state that is two things at once.
FILLED = {"partly_achieved": "M8 1.75a6.25 6.25 0 0 1 0 12.5z"}
STROKED["partly_achieved"] = STROKED["not_started"]
