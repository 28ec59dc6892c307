from home.languages import CHINESE, current_language


def sentence(said):
    """A checks.Said in the language that is spoken."""
    return said.zh if current_language() == CHINESE else said.en
