"""Dated registers: what the depositaries and other sources say of States and objects, row by row with its source.

Look-ups only; what follows from a row is decided by the rules, and no row is ever completed by a guess.
"""
