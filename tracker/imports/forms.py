"""The form with which an import begins: a file, or rows pasted from a spreadsheet."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.interchange.guard import WEB
from tracker.imports.access import IMPORT, kind_title, kinds_for
from tracker.interchange import WORKBOOK

ACCEPTED = ".csv,.txt,.tsv,.xlsx"


class NewImportForm(forms.Form):
    """What is brought in, as which kind."""

    kind = forms.ChoiceField(label=_("What does the file hold?"))
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    pasted = forms.CharField(
        label=_("or rows pasted from Excel, headings included"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = kinds_for(user, IMPORT)
        choices = [(kind, kind_title(kind)) for kind in kinds]
        self.fields["kind"].choices = [*choices, (WORKBOOK, kind_title(WORKBOOK))] if kinds else []

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > WEB.bytes:
            raise forms.ValidationError(
                gettext("The file has %(size)s MB, more than the %(limit)s MB allowed: divide it.")
                % {"size": -(-file.size // 1_000_000), "limit": WEB.bytes // 1_000_000}
            )
        return file

    def clean(self):
        cleaned = super().clean()
        given = [bool(cleaned.get("file")), bool(cleaned.get("pasted", "").strip())]
        if not any(given) and "file" not in self.errors:
            self.add_error("file", gettext("Choose a file, or paste rows below."))
        if all(given):
            self.add_error("pasted", gettext("Either a file or pasted rows: empty one of the two."))
        return cleaned

    def upload(self):
        """What `working.begin` takes: content, file_name, pasted."""
        if file := self.cleaned_data["file"]:
            return {"content": file.read(), "file_name": file.name, "pasted": False}
        pasted = self.cleaned_data["pasted"].encode("utf-8", "replace")
        return {"content": pasted, "file_name": gettext("pasted rows"), "pasted": True}
