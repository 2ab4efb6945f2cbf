"""Two engines over one compiled rulebook: the reference that is the specification, and the matcher that must agree.

Nothing here reads a file, a clock or a locale, and nothing here knows what a rule is about.
"""
