"""What an earlier version let happen, and left behind."""

from contextlib import contextmanager


@contextmanager
def without(guard, signal, **connection):
    """While a receiver that refuses something does not listen."""
    assert signal.disconnect(**connection)
    try:
        yield
    finally:
        signal.connect(guard, **connection)
