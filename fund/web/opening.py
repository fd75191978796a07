"""The books are opened with the balances of the year before: a file is shown as an entry, then booked."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.errors import FundError
from fund.importers.faults import Fault, FolderInvalid
from fund.importers.opening_draft import BalanceRow, OpeningDraft
from fund.importers.opening_files import opening_of, read_opening
from fund.models import Fund
from fund.services.opening import book_opening
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.notoriety_forms import day_field
from fund.web.pages import language_of_page, show
from fund.web.uploads import LONGER_FILES
from ledger.money import Amount, unit_of

SHOWN_FAULTS: Final = 200
LONGEST_DRAFT: Final = 2_000_000
"""Characters of the entry that the second form carries; longer ones are booked with the command."""

_SALT: Final = "opening"
_DAY_IN_SECONDS: Final = 24 * 60 * 60


class FileForm(forms.Form):
    """The file of balances, and the day that it opens."""

    on = day_field(gettext_lazy("First day of the year that it opens"))
    file = forms.FileField(
        label=gettext_lazy("The balances"),
        help_text=gettext_lazy(
            "A trial balance as CSV (account,auxiliary,debit,credit,name), or the FEC of the year before from any "
            "program. At most 16 MB."
        ),
    )

    def clean_file(self) -> Any:
        """A file of at most what this page takes."""
        file = self.cleaned_data.get("file")
        if file and file.size > LONGER_FILES["opening"]:
            raise forms.ValidationError(_("The file has more than 16 MB: use the command “opening”."), code="large")
        return file


class BookForm(forms.Form):
    """The entry that was shown, signed by the site so that what is booked is what was seen."""

    draft = forms.CharField(max_length=LONGEST_DRAFT, widget=forms.HiddenInput)


def page(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Send a file, see the entry, book it."""
    if request.method == "POST" and "draft" in request.POST:
        return _booked(request, fund)
    posted = request.method == "POST"
    first = {"on": date(request.today.year, 1, 1)}
    form = FileForm(request.POST, request.FILES) if posted else FileForm(initial=first)
    faults: tuple[Fault, ...] = ()
    draft = None
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = read_opening(fund, name=file.name, raw=file.read(), on=form.cleaned_data["on"])
        except FolderInvalid as refusal:
            faults = refusal.faults
        except FundError as refusal:
            code = "conflict" if refusal.code == "opening_after_entries" else refusal.code
            form.add_error(None, forms.ValidationError(refusal.sentence(language_of_page()), code=code))
    return _shown(request, fund, form, draft, faults)


def _booked(request: SeatedRequest, fund: Fund) -> HttpResponse:
    form = BookForm(request.POST)
    draft = _opened(fund, form.cleaned_data["draft"]) if form.is_valid() else None
    if draft is None:
        again = FileForm(initial={"on": date(request.today.year, 1, 1)})
        said = _("This entry was shown too long ago, or was changed on its way: send the file again.")
        return _shown(request, fund, again, None, (), said=said)
    posted = act(form, book_opening, actor_of(request, fund), opening_of(draft))
    if posted is None:
        return _shown(request, fund, form, None, ())
    messages.success(request, _("The books are opened: the entry stands in the journal AN."))
    return redirect("entry", fund.slug, posted.reference)


def _shown(
    request: SeatedRequest,
    fund: Fund,
    form: forms.Form,
    draft: OpeningDraft | None,
    faults: tuple[Fault, ...],
    *,
    said: str = "",
) -> HttpResponse:
    language = language_of_page()
    sealed = _sealed(fund, draft) if draft else ""
    context = {
        "form": form if isinstance(form, FileForm) else FileForm(initial={"on": date(request.today.year, 1, 1)}),
        "refusals": form.non_field_errors() if not isinstance(form, FileForm) else (),
        "said": said,
        "draft": draft,
        "rows": [(row, Amount(row.minor, draft.unit)) for row in draft.rows] if draft else (),
        "sealed": sealed if len(sealed) <= LONGEST_DRAFT else "",
        "faults": [(fault.where, fault.what(language), fault.mend(language)) for fault in faults[:SHOWN_FAULTS]],
        "more": max(len(faults) - SHOWN_FAULTS, 0),
        "count": len(faults),
    }
    status = 400 if faults or said else status_after(form)
    return show(request, "opening/opening.html", context, fund=fund, status=status)


def _sealed(fund: Fund, draft: OpeningDraft) -> str:
    rows = [
        [r.line, r.account, r.minor, r.auxiliary, r.project, r.convention, r.item, r.name, r.account_name]
        for r in draft.rows
    ]
    said = [fund.slug, draft.on.isoformat(), draft.unit.code, draft.sha256, draft.source, rows]
    return signing.dumps(said, salt=_SALT, compress=True)


def _opened(fund: Fund, sealed: str) -> OpeningDraft | None:
    """The entry that this site signed for this fund; None for any other text."""
    try:
        slug, on, unit, sha256, source, rows = signing.loads(sealed, salt=_SALT, max_age=_DAY_IN_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    if slug != fund.slug:
        return None
    balances = tuple(BalanceRow(*row) for row in rows)
    return OpeningDraft(date.fromisoformat(on), unit_of(unit), balances, sha256, source)
