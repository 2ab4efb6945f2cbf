"""An earlier report: read from its JSON, and compared with a report of today."""
