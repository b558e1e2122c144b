"""The example: the edition of 2011 as its newsletter tells it, and what shows how a programme goes on.

Facts come from the newsletter of the association Maillage (autumn 2011); its sentences do not. What is
invented is marked as an example, on the pages too.
"""
