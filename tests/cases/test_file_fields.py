from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from tallystick.cases.attached import Handed
from tallystick.cases.file_fields import FilesField
from tests.cases.files import PDF, png

AGAIN = "Then choose all files again."
SAID = "PNG image, which its name does not say."


class OneForm(forms.Form):
    attached = FilesField()


def sent(*files: tuple[str, bytes]) -> OneForm:
    several: list[Any] = [SimpleUploadedFile(name, content) for name, content in files]
    return OneForm({}, MultiValueDict({"attached": several}))


class TestFilesField:
    def test_gives_every_file_that_was_sent(self) -> None:
        form = sent(("a.pdf", PDF), ("b.png", png()))

        assert form.is_valid()
        assert form.cleaned_data["attached"] == [Handed("a.pdf", PDF), Handed("b.png", png())]

    @pytest.mark.parametrize("form", [OneForm({}), sent()])
    def test_wants_none(self, form: OneForm) -> None:
        assert form.is_valid()
        assert form.cleaned_data["attached"] == []

    def test_names_the_file_that_is_refused(self) -> None:
        form = sent(("a.pdf", PDF), ("b.pdf", png()))

        assert form.errors["attached"] == [
            f"'b.pdf' was not attached: its content is {SAID} Let it end in .png. {AGAIN}"
        ]

    def test_lets_several_be_chosen_and_says_which(self) -> None:
        shown = str(OneForm()["attached"])

        assert 'type="file"' in shown
        assert "multiple" in shown
        assert OneForm().is_multipart()
        assert "Up to 5 files of 10 MB each" in OneForm().fields["attached"].help_text
