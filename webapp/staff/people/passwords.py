"""What is said of a password that may not be chosen."""

from flask_babel import gettext as _

from domain.accounts import passwords


def refusal_words(password: str, name: str) -> list[str]:
    """Return the sentence on a password that may not be the one of `name`; none if it may."""
    words = {
        "too_short": _("The password needs at least %(least)s characters.", least=passwords.SHORTEST),
        "too_long": _("The password may have %(most)s characters at most.", most=passwords.LONGEST),
        "too_plain": _("This password is easily guessed. Four or five words that don’t belong together are better."),
        "like_name": _("The password must be more than your name or the name of this site."),
    }
    code = passwords.refusal_of(password, name)
    return [words[code]] if code else []
