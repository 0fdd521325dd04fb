"""A field for several files, each looked over before a form counts as filled in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tallystick.cases.attached import LARGEST, MOST, Handed, UnableToAttach, check_sizes, looked_over
from tallystick.evidence.limits import megabytes

KINDS = "PDF, Word (.docx), Excel (.xlsx), CSV, text, PNG, JPEG or e-mail (.eml)"
ALLOWED = f"Up to {MOST} files of {megabytes(LARGEST)} each: {KINDS}."


class FilesInput(forms.ClearableFileInput):
    """Lets several files be chosen."""

    allow_multiple_selected = True
    # Shown as an ordinary file input: there is never an earlier file to clear.
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:  # noqa: ARG002 - as Django calls it
        several = getattr(files, "getlist", None)
        return list(several(name)) if several else []


class FilesField(forms.Field):
    """Files to attach: none, one or several."""

    widget = FilesInput

    def __init__(self, label: str = "Attach files") -> None:
        super().__init__(label=label, required=False, help_text=ALLOWED)

    def clean(self, value: Sequence[Any]) -> list[Handed]:
        """Return the files with their bytes, all of them fit to be attached.

        :raises ValidationError: naming the first that is not
        """
        try:
            check_sizes([(one.name or "", one.size or 0) for one in value])
            handed = [Handed(one.name or "", one.read()) for one in value]
            looked_over(handed)
        except UnableToAttach as refusal:
            raise ValidationError(f"{refusal} Then choose all files again.") from None
        return handed
