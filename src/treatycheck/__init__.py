"""treatycheck: reported events against treaty law written as data, with the proof of every conclusion."""

__version__ = "0.1.0"
