"""The document: a diagnosis with everything that a page, a print or a file of it shows, frozen when it is published."""
