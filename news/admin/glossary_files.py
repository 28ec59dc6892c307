"""Import, first shown, then confirmed; and export. Nothing is kept between the two: the page carries the rows."""

from typing import Any

from django import forms
from django.core import signing
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from home import clock
from news.glossary import csv_format, tbx_format
from news.glossary.importing import Plan, carry_out, plan_of
from news.glossary.rows import COLUMNS, LARGEST, LARGEST_MB, Left, Reading, TermRow, Unreadable
from news.models import GlossaryTerm

from .access import StaffRequest

SALT = "newsroom.glossary.import"
LONGEST = 2_000_000
"""Characters of the rows in the page, packed; Django takes forms of 2.5 MB."""
SHOWN = 200
"""Rows of each kind in the preview."""
FORMATS = {"csv": ("text/csv", "utf-8-sig", csv_format.write), "tbx": ("application/x-tbx", "utf-8", tbx_format.write)}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.tbx,.xml"})
    )

    packed: str
    """The rows, once they are read."""
    file_name: str

    def clean_file(self) -> Reading:
        """The Reading of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(number)d MB.") % {"number": LARGEST_MB})
        try:
            reading = read(file.read())
            self.file_name, self.packed = file.name, pack(reading, file.name)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return reading


def read(content: bytes) -> Reading:
    if content.startswith(b"PK"):
        raise Unreadable(_("This is a workbook or an archive. Save the table as “CSV UTF-8”."))
    is_xml = content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<")
    return (tbx_format if is_xml else csv_format).read(content)


def pack(reading: Reading, file_name: str) -> str:
    left = [[each.line, each.message] for each in reading.left]
    told = [file_name, reading.remarks, left, [[row.line, row.values] for row in reading.rows]]
    packed = signing.dumps(told, salt=SALT, compress=True)
    if len(packed) > LONGEST:
        raise Unreadable(_("The file has too much text. Split it."))
    return packed


def unpack(packed: str) -> tuple[str, Reading]:
    """(name of the file, Reading). Raises BadSignature."""
    file_name, remarks, left, rows = signing.loads(packed, salt=SALT)
    return file_name, Reading(
        [TermRow(line, values) for line, values in rows], remarks, [Left(line, message) for line, message in left]
    )


class ImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "news/admin/glossary_import.html"
    page_title = gettext_lazy("Import into the glossary")
    permission_required = "change"
    request: StaffRequest

    def user_has_permission(self, permission: str) -> bool:
        return all(super(ImportView, self).user_has_permission(name) for name in ("add", permission))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": FileForm(), "columns": COLUMNS, "largest": LARGEST_MB, **super().get_context_data(**kwargs)}

    def post(self, request: StaffRequest) -> HttpResponse:
        if "packed" in request.POST:
            return self.confirm(request.POST["packed"], request.POST.get("stamp"))
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.answer(422, form=form)
        reading = form.cleaned_data["file"]
        return self.preview(reading, plan_of(reading), form.packed, form.file_name)

    def preview(self, reading: Reading, plan: Plan, packed: str, file_name: str) -> HttpResponse:
        groups = [
            (_("To be added"), plan.new[:SHOWN], len(plan.new)),
            (_("To be changed"), plan.changed[:SHOWN], len(plan.changed)),
        ]
        return self.answer(
            422 if plan.left and not (plan.new or plan.changed) else 200,
            plan=plan,
            left=plan.left[:SHOWN],
            groups=[group for group in groups if group[2]],
            remarks=reading.remarks,
            packed=packed,
            file_name=file_name,
        )

    def confirm(self, packed: str, stamp: str | None) -> HttpResponse:
        try:
            file_name, reading = unpack(packed)
        except signing.BadSignature:
            messages.error(self.request, _("The preview is not valid any more. Choose the file again."))
            return self.answer(422)
        plan = plan_of(reading)
        if plan.stamp != stamp:
            return self.preview_anew(reading, packed, file_name)
        try:
            carry_out(plan, self.request.user, file_name)
        except IntegrityError:  # somebody was quicker by a moment
            return self.preview_anew(reading, packed, file_name)
        counts = {name: len(getattr(plan, name)) for name in ("new", "changed", "unchanged", "left")}
        said = _("Imported: %(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(left)d left out.")
        say = messages.warning if plan.left else messages.success
        say(self.request, said % counts)
        return redirect("newsroom_glossary:list")

    def preview_anew(self, reading: Reading, packed: str, file_name: str) -> HttpResponse:
        messages.warning(self.request, _("The glossary has changed since. This is what would be written now."))
        return self.preview(reading, plan_of(reading), packed, file_name)

    def answer(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class ExportView(PermissionCheckedMixin, View):
    any_permission_required = ["add", "change", "delete", "view"]

    def get(self, request: StaffRequest, name: str) -> HttpResponse:
        if name not in FORMATS:
            raise Http404
        kind, encoding, write = FORMATS[name]
        text = write(GlossaryTerm.objects.order_by("pk"))
        response = HttpResponse(text.encode(encoding), content_type=f"{kind}; charset=utf-8")
        file_name = f"glossary-{clock.day().isoformat()}.{name}"
        response["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return response
