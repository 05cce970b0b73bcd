"""The tables of a new register; one that came by the migrations named here has them already."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agreements.fields
import agreements.files
from agreements.migrations._at_once import AtOnce


class Migration(migrations.Migration):
    replaces = [
        ("tracker", "0001_imports"),
        ("tracker", "0002_report_template"),
        ("tracker", "0003_frozen_reports"),
        ("tracker", "0004_access_log_and_seals"),
        ("tracker", "0005_signed_off"),
    ]

    initial = True

    dependencies = [
        ("agreements", "0012_history_of_rights"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField(unique=True, verbose_name="number")),
                        (
                            "made_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at"),
                        ),
                        (
                            "reason",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="reason"
                            ),
                        ),
                        ("content", models.JSONField()),
                        ("mac", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name": "seal of the logs",
                        "verbose_name_plural": "seals of the logs",
                        "ordering": ["number"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="AccessLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "at",
                            models.DateTimeField(
                                db_index=True, default=django.utils.timezone.now, verbose_name="at"
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                choices=[("file", "file taken out"), ("person", "page about a person")],
                                max_length=10,
                                verbose_name="action",
                            ),
                        ),
                        ("path", agreements.fields.Text(max_length=500, verbose_name="address")),
                        (
                            "file_name",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="file"
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accesses",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="officer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "access",
                        "verbose_name_plural": "access log",
                        "ordering": ["-at", "-id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ImportBatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            agreements.fields.Text(
                                help_text="A kind of flat file, or “workbook”.",
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reading", "being read"),
                                    ("ready", "to be reviewed"),
                                    ("refused", "could not be read"),
                                    ("written", "written"),
                                    ("undone", "undone"),
                                    ("discarded", "discarded"),
                                ],
                                default="reading",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("file_name", agreements.fields.Text(max_length=255, verbose_name="file")),
                        ("sha256", models.CharField(max_length=64, verbose_name="fingerprint")),
                        ("folder", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                        (
                            "counts",
                            models.JSONField(blank=True, default=dict, verbose_name="rows by outcome"),
                        ),
                        ("fault", models.TextField(blank=True, default="", verbose_name="fault of the file")),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True, db_index=True, null=True, verbose_name="import batch"
                            ),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="started"),
                        ),
                        (
                            "written_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="written at"),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="officer",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="undone by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                        "verbose_name_plural": "imports",
                        "ordering": ["-started_at", "-id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ReportTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "report",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Empty: for every report.",
                                max_length=60,
                                verbose_name="report",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                max_length=255,
                                storage=agreements.files.storage,
                                upload_to=agreements.files.random_name,
                                verbose_name="Word template (.docx)",
                            ),
                        ),
                        (
                            "file_name",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=255,
                                verbose_name="name of the file",
                            ),
                        ),
                        (
                            "sha256",
                            models.CharField(editable=False, max_length=64, verbose_name="fingerprint"),
                        ),
                        (
                            "on",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="uploaded at"
                            ),
                        ),
                        (
                            "active",
                            models.BooleanField(
                                default=True,
                                help_text="Of several in use the one uploaded last is taken.",
                                verbose_name="in use",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: for all offices.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report_templates",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Word template",
                        "verbose_name_plural": "Word templates",
                        "ordering": ["-on", "-id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="FrozenReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(editable=False, max_length=60, verbose_name="report")),
                        (
                            "title",
                            agreements.fields.Text(editable=False, max_length=500, verbose_name="title"),
                        ),
                        ("asked", models.JSONField(default=dict, editable=False, verbose_name="filters")),
                        ("as_of", models.DateField(editable=False, verbose_name="figures as of")),
                        ("begin", models.DateField(editable=False, null=True, verbose_name="from")),
                        ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="kept at")),
                        (
                            "note",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                max_length=255,
                                verbose_name="sent to, number of the letter",
                            ),
                        ),
                        (
                            "signed_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="signed off at"),
                        ),
                        ("content", models.JSONField(editable=False)),
                        (
                            "sha256",
                            models.CharField(editable=False, max_length=64, verbose_name="fingerprint"),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="frozen_reports",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="kept by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="signed off by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "frozen report",
                        "verbose_name_plural": "frozen reports",
                        "ordering": ["-made_at", "-id"],
                        "permissions": [("sign_frozenreport", "Sign off reports")],
                        "indexes": [models.Index(fields=["slug", "-made_at"], name="frozenreport_slug")],
                        "constraints": [],
                    },
                ),
            ]
        )
    ]
