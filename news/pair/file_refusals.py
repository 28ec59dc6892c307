"""Why something about a picture or a document is refused, a class a reason."""

from django.utils.translation import gettext_lazy as _

from home.gate import Refused


class FileStands(Refused):
    message = _(
        "“%(file)s” is shown by what is submitted, approved or public: %(releases)s. Its file and its focal point stay "
        "as they are. Replace it, or take it down."
    )


class FileNotDeleted(Refused):
    message = _(
        "“%(file)s” is not deleted: it is shown by what is submitted, approved or public: %(releases)s. Replace it "
        "there, or take it down."
    )


class FileHidden(Refused):
    message = _(
        "“%(file)s” is public: %(releases)s. Who may read it follows from its release; its collection cannot be closed "
        "to guests."
    )


class LogoStands(Refused):
    message = _(
        "“%(file)s” is the logo on every page: it stays as it is. A publisher may choose another one under “Identity”."
    )


class CreditIsPublic(Refused):
    message = _(
        "“%(file)s” is shown by what is submitted, approved or public: %(releases)s. A publisher alone changes its "
        "credit and its rights holder."
    )


class NotYours(Refused):
    message = _("You may not change this release: %(title)s.")


class ReplacedByItself(Refused):
    message = _("Choose another file than the one that is to be replaced.")


class NothingChosen(Refused):
    message = _("Choose at least one release.")


class NotUsed(Refused):
    message = _("No release shows this file.")


class FileMissing(Refused):
    message = _("The file of “%(file)s” cannot be read: it is missing or damaged. Choose another.")


class ProposedByYou(Refused):
    message = _("You proposed this: somebody else has to agree to it.")


class MayNotAgree(Refused):
    message = _(
        "Only a publisher, or who may decide at the last stage, can agree to this, with the right in both languages: "
        "%(title)s."
    )


class ReplacementEnded(Refused):
    message = _("This replacement was agreed to or given up meanwhile.")


class ReplacementShownOtherwise(Refused):
    message = _("Not what you were shown: one of the two files has changed since. Look at both, then confirm again.")


class MayNotDrop(Refused):
    message = _("Only who proposed it, or who may agree to it, can give it up.")


class LockedByHand(Refused):
    message = _("Somebody has locked the %(language)s version.")


class ReviewAfterwardsFirst(Refused):
    message = _("What went out urgently has to be reviewed first.")


class UsesShownOtherwise(Refused):
    message = _("More releases show this file by now than you were shown. Look at the list, then confirm again.")


class TakenDownAlready(Refused):
    message = _("This was taken down already.")


class NotTakenOut(Refused):
    message = _("Nobody gets the file any more, but these releases still name it: %(titles)s.")


class NewFileHidden(Refused):
    message = _("“%(file)s” lies in a collection that is closed to guests: it cannot take the place of what is public.")
