"""The root of the project's narrow tree of exceptions.

Every error a user can cause or meet derives from :class:`AraxesError`, which
says what is wrong (``message``) and what to do about it (``remedy``). The
command line prints both and never a traceback.
"""


class AraxesError(Exception):
    """Something a user can understand and act upon.

    Args:
        message: what is wrong, one or more lines of plain text.
        remedy: what to do about it; empty when nothing can be done.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        """Keep the message and the remedy apart."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Message and remedy on two lines.

        >>> print(AraxesError("no store", "run araxes build"))
        no store
        → run araxes build
        """
        return f"{self.message}\n→ {self.remedy}" if self.remedy else self.message


class StoreError(AraxesError):
    """A store cannot be read or written."""


class NoStoreError(StoreError):
    """There is no store at the given root."""


class StoreBusyError(StoreError):
    """Another process is publishing into the same root."""


class StoreDamagedError(StoreError):
    """A store is there but its description or data cannot be read."""


class InputError(AraxesError):
    """Input files cannot be used; ``problems`` lists each of them."""

    def __init__(self, message: str, remedy: str = "", problems: tuple[str, ...] = ()) -> None:
        """Keep the single problems, one line each."""
        super().__init__(message, remedy)
        self.problems = problems


class OutputError(AraxesError):
    """A file or stream cannot be written."""
