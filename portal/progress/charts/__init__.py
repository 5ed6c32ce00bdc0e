"""Charts: data, what one sees in it, a drawing, its table, and the files for download.

``data/`` reads a subject's numbers as of a moment into a figure (``figures.py``): plain values, the
sentence that states the finding, and the table. ``specs/`` turns a figure into a Vega-Lite
specification, ``theme.py`` gives it the site's look. ``render.py`` draws in the worker and stores;
pages (``templatetags/charts.py``) show what is stored, with the table always below it.

A chart marks the current month, not the day: the mark stays true for a month, so that pictures
change with their data, and else once a month only.
"""
