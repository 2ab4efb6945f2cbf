"""The closed lists of words of a casefile, which no rulebook changes."""

from __future__ import annotations

from typing import Literal

StrengthName = Literal["S0", "S1", "S2", "S3", "S4"]
"""Evidence strength as written: mentioned, alleged, indicated, corroborated, established."""

DisputeStatus = Literal["none", "denied", "contradicted", "retracted"]
Interest = Literal["disinterested", "interested", "adverse", "mixed", "unknown"]
