"""The reported documents: their text, and the places in it that a quote names.

Nothing here knows what a document says about events or law.
"""
