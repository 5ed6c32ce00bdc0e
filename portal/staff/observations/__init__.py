"""Measured values in: a grid and a spreadsheet, both by way of a preview.

``number`` and ``entry`` read what people write; ``files``, ``grid`` and ``periods`` are the two
ways in; ``plan`` says what would change; ``services`` lets it happen, all of it or nothing.
"""
