"""Runs the command line as `python -m treatycheck`; says nothing of its own."""

from __future__ import annotations

import sys

from treatycheck.cli import main

if __name__ == "__main__":
    sys.exit(main())
