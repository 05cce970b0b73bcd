"""Who may bring in and take out which kinds of records, and who sees which import."""

from functools import cache

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext

from agreements.interchange.describing import title_of
from agreements.interchange.reading_out import tables_of
from agreements.scope import Reach, administers, reach, scope
from tracker.door.second_factor import APPROVING
from tracker.imports.models import ImportBatch
from tracker.interchange import KINDS, WORKBOOK

IMPORT, EXPORT = ("add", "change"), ("view",)


@cache
def tables(kind):
    """The tables in which a kind is kept."""
    return tables_of(KINDS[kind]())


def may(user, kind, verbs):
    """Whether `user` has the permissions `verbs` on all tables of a kind."""
    names = [
        f"{table._meta.app_label}.{verb}_{table._meta.model_name}" for table in tables(kind) for verb in verbs
    ]
    return user.is_active and user.has_perms(names)


def kinds_for(user, verbs):
    """The kinds for which `user` has the permissions, in reading order; focal points have no files at all."""
    whole = reach(user) in (Reach.OFFICE, Reach.EVERYTHING)
    return [kind for kind in KINDS if whole and may(user, kind, verbs)]


def may_begin(user, kind):
    """Whether `user` may bring in a file of this kind; what a workbook holds is known when it is read."""
    return bool(kinds_for(user, IMPORT)) if kind == WORKBOOK else may(user, kind, IMPORT)


def forbidden(user, job):
    """The kinds of an import that `user` may not bring in."""
    return [kind for kind in kinds_in(job) if not may(user, kind, IMPORT)]


def kinds_in(job):
    """The kinds that an import holds, as far as it is read."""
    if job.kind != WORKBOOK:
        return [job.kind]
    try:
        return list(dict.fromkeys(sheet["kind"] for sheet in job.spooled.sheets))
    except (OSError, ValueError):  # not read yet, or swept away
        return []


def kind_title(kind):
    """What staff call a kind."""
    return gettext("whole workbook") if kind == WORKBOOK else title_of(KINDS[kind])


def imports_of(user):
    """The imports that `user` sees: their own, while they are of the same office; heads those of their office.

    Administrators see all. What was read by somebody who sees more than the office is shown to no head.
    """
    jobs = scope(ImportBatch.objects.select_related("owner"), user)
    if administers(user):
        return jobs
    seen = Q(owner=user)
    if user.office_id and any(map(user.has_perm, APPROVING)):
        seen |= Q(office=user.office_id) & ~Q(answers__has_key=ImportBatch.BEYOND)
    return jobs.filter(seen)


def import_of(user, pk):
    """The import with this key, or Http404 where it is none of the user's."""
    job = imports_of(user).filter(pk=pk).first()
    if job is None or not user.is_active:
        raise Http404
    return job


def mark_beyond(job):
    """Note that what is read is seen with other eyes than those of the office of the import; whether it is new.

    So it is where the owner sees all offices, or has moved to another since.
    """
    owner = job.owner
    if job.office_id is None or ImportBatch.BEYOND in job.answers:
        return False
    if reach(owner) is Reach.OFFICE and owner.office_id == job.office_id:
        return False
    job.answers = {**job.answers, ImportBatch.BEYOND: True}
    return True
