"""The rulebook: the language of rules and what lawyers wrote in it."""
