"""Import of an old site, in steps: decode bytes into text, extract a document from text, load a document as pages.

A release in two languages arrives as two documents for now; a step that pairs them belongs between extract and load.
"""
