"""Why the EU portal gave nothing, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from calls.fetching import Fault, NotFetchedError
from calls.reader import NotATopicError

WORDS = {
    Fault.AWAY: _("The EU portal does not answer."),
    Fault.SLOW: _("The EU portal did not answer in time."),
    Fault.UNKNOWN: _("The EU portal knows no topic of that identifier."),
    Fault.REFUSED: _("The EU portal answers with an error."),
    Fault.ELSEWHERE: _("The EU portal sends us to another address, which we do not follow."),
    Fault.TOO_BIG: _("The EU portal's answer is larger than a topic ever is."),
}


def why(error: NotFetchedError | NotATopicError) -> str:
    """Return a sentence that says what went wrong."""
    if isinstance(error, NotFetchedError):
        return str(WORDS[error.fault])
    return str(_("The EU portal's answer could not be read."))
