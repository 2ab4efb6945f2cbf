"""Casefiles: events and claims, each anchored in a quoted document."""
