"""What an operator is told of a site, in sentences: `manage.py doctor`. What `/readyz` looks at is asked of it.

A look is a function that yields findings; it changes nothing. Its words are English, as those of the settings and of
`/readyz` are: the command line has one language.
"""
