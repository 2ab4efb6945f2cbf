"""The report as one HTML file: the report on one side, the documents with every used quote on the other.

The text is that of `report.layout`; what is added here are places, links, filters and the timeline. Nothing in the file
asks for anything outside it, and there is no script.
"""
