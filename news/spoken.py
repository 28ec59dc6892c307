from home.languages import CHINESE, current_language
from news.checks import Said


def sentence(said: Said) -> str:
    """A checks.Said in the language that is spoken."""
    return said.zh if current_language() == CHINESE else said.en
