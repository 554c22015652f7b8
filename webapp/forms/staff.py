"""The forms of signing in, joining and one's own account."""

from flask_wtf import FlaskForm
from wtforms import StringField


class StaffForm(FlaskForm):  # type: ignore[misc]
    """A form that says itself when its token is stale, so that nothing typed is lost."""

    @property
    def is_stale(self) -> bool:
        """Whether the form's token is missing or another session's."""
        return "csrf_token" in self.errors


class SignInForm(StaffForm):
    """Name, password and code, in one step."""

    name = StringField()
    password = StringField()
    code = StringField()


class JoinForm(StaffForm):
    """The password that somebody chooses, and the first code of their app."""

    password = StringField()
    again = StringField()
    code = StringField()
