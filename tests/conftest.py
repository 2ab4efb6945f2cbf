"""Settings of all tests: speed is measured by benchmarks, so no generated example has a deadline."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
