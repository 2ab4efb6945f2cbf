"""Findings that an analyst set aside: read from files, and held against what a check has found."""
