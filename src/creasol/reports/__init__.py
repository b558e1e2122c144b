"""Reports: the shared diagnosis as people write, proofread and publish it, and the files one carries to a meeting.

Nouns: report, section, draft, proofreading, publication, document.
Verbs: open, write, proofread, publish, correct, print.
"""
