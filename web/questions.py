"""What a page asks before something is done: templates/web/question.html shows it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Question:
    """The title of the page, what will happen if one says yes, and the words of that button."""

    title: str | Promise
    sentence: str | Promise
    action: str | Promise
    is_danger: bool = False
