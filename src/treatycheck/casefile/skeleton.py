"""A first event file for a document: its name, its fingerprint, and every key that an analyst has to fill in.

Writes nothing; what it leaves open is refused by the loader until somebody fills it in.
"""

from __future__ import annotations

from treatycheck.documents.text import Document


def skeleton(document: Document) -> str:
    """The text of an event file for a document, with comments that say what to write."""
    return f"""format: treatycheck.events/1

document:
  file: {document.file}
  sha256: {document.sha256}
  title: ""            # as printed on the document
  publisher: ""
  kind: other           # news_article, ngo_statement, un_report, state_report, other
  # 2024-11-20, 2024-11, 2024, [2018..2019] for one day in those years, XXXX if the document has no date
  date: {{edtf: XXXX, quotes: []}}

# Exact words of the document, each under a name of your own:   finished: The work was finished on 10 May
quotes: {{}}

# Who takes part:   ministry: {{name: the name in words, kind: state_organ, code: the ISO 3166-1 alpha-3 code}}
actors: {{}}

# One entry for each thing that is said to have happened, to be going on or to be announced:
#
#   - id: A-1
#     title: what happened, in a few neutral words
#     act: use                   # the words of the vocabulary; `rules/vocabulary.yaml` says what each means
#     modality: occurred         # occurred, ongoing, announced, conditional, recommended, not_done
#     date: {{edtf: 2012-05-10, quotes: [finished]}}
#     strength: S1               # S0 mentioned, S1 alleged, S2 indicated, S3 corroborated, S4 established
#     quotes: [finished]
#     participants:
#       - {{actor: ministry, role: user}}
#     objects:
#       - described: the object in the words of the document
#         category: the class, where the document names it
#     place: {{country: the ISO code, described: the place in the words of the document}}
#     source: {{asserter: who says so, interest: unknown}}
#     accounts:                  # what other sources say instead, if they contradict this one
#       - according_to: who says otherwise
#         quotes: [finished]
#         date: {{edtf: 2012-05-12}}   # or place, purpose, facts, participants, objects: {{1: {{quantity: "3"}}}}
events: []
"""
