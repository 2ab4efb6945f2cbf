"""Screening: the rules of a rulebook over tables of events, with the same outcomes as a check.

A table engine sorts rows into classes that no rule can tell apart; the engines of a check decide each class once.
"""
