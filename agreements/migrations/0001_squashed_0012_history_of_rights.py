"""The tables of a new register; one that came by the migrations named here has them already."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import agreements.fields
import agreements.files
import agreements.history
import agreements.models.person
import agreements.models.progress
from agreements.migrations._at_once import AtOnce


class Migration(migrations.Migration):
    replaces = [
        ("agreements", "0001_initial"),
        ("agreements", "0002_sort_of_titles"),
        ("agreements", "0003_sort_of_titles_filled"),
        ("agreements", "0004_numbers_within_bounds"),
        ("agreements", "0005_ends_after_beginnings"),
        ("agreements", "0006_countries_in_two_capitals"),
        ("agreements", "0007_standing"),
        ("agreements", "0008_who_withdrew"),
        ("agreements", "0009_review_and_offices"),
        ("agreements", "0010_fingerprint_of_files"),
        ("agreements", "0011_fingerprints_filled"),
        ("agreements", "0012_history_of_rights"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date joined"
                            ),
                        ),
                        (
                            "full_name",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="full name"
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="staff",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member of staff",
                        "verbose_name_plural": "staff",
                        "ordering": ["username"],
                        "indexes": [],
                        "constraints": [],
                    },
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Body",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.Text(
                                help_text="Never changed: files refer to it.",
                                max_length=40,
                                unique=True,
                                verbose_name="code",
                            ),
                        ),
                        ("name", agreements.fields.Text(max_length=255, verbose_name="name")),
                        (
                            "name_en",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="name in English"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("country", "country"),
                                    ("region", "region"),
                                    ("province", "province"),
                                    ("city", "city (of provincial level)"),
                                    ("district", "district"),
                                    ("commune", "commune"),
                                    ("government", "government body"),
                                    ("party", "Party committee"),
                                    ("council", "People's Council"),
                                    ("ministry", "ministry or central body"),
                                    ("department", "department"),
                                    ("mass_organization", "mass organization"),
                                    ("armed_forces", "armed forces"),
                                    ("enterprise", "enterprise"),
                                    ("institution", "school, hospital or institute"),
                                    ("other", "other body"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                help_text="Two letters: VN, LA, KH …",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                                        "The country is two capital letters, such as VN or LA.",
                                        code="country",
                                        inverse_match=True,
                                    )
                                ],
                                verbose_name="country",
                            ),
                        ),
                        (
                            "official_code",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Kept as text: 01 stays 01.",
                                max_length=20,
                                verbose_name="official code",
                            ),
                        ),
                        (
                            "exists",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="Empty: always. For example: to 30/6/2025; from 1/7/2025.",
                                max_length=40,
                                period=True,
                                verbose_name="existed",
                            ),
                        ),
                        ("exists_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("exists_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                help_text="The place an organization serves; a central body: its country.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bodies",
                                to="agreements.body",
                                verbose_name="place",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="agreements.body",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "body",
                        "verbose_name_plural": "bodies",
                        "ordering": ["sort", "exists_first"],
                        "indexes": [models.Index(fields=["exists_first", "exists_last"], name="body_exists")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("official_code", ""), _negated=True),
                                    ("exists_first__isnull", False),
                                ),
                                fields=("country", "official_code", "exists_first"),
                                name="body_official_code_once_from_a_day",
                                violation_error_message="Another body bears this official code from the same day.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("official_code", ""), _negated=True),
                                    ("exists_first__isnull", True),
                                    ("exists_last__isnull", True),
                                ),
                                fields=("country", "official_code"),
                                name="body_official_code_once_for_ever",
                                violation_error_message="Another body bears this official code.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    django.db.models.lookups.Exact(
                                        django.db.models.functions.text.Length("country"), 2
                                    ),
                                    django.db.models.lookups.Exact(
                                        django.db.models.functions.text.Upper("country"), models.F("country")
                                    ),
                                ),
                                name="body_country_is_two_capital_letters",
                                violation_error_message="The country is two capital letters, such as VN or LA.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="body_not_its_own_parent",
                                violation_error_message="A body cannot belong to itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("note", agreements.fields.LongText(blank=True, default="", verbose_name="note")),
                        (
                            "version",
                            agreements.fields.VersionField(default=1, editable=False, verbose_name="version"),
                        ),
                        (
                            "review_state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="review",
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="withdrawn on"
                            ),
                        ),
                        (
                            "withdrawn_reason",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=255,
                                verbose_name="reason for withdrawing",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="TT", verbose_name="code"
                            ),
                        ),
                        (
                            "title",
                            agreements.fields.Text(
                                help_text="As on the paper; other titles are entered below.",
                                max_length=500,
                                verbose_name="title",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("province", "province"),
                                    ("department", "department"),
                                    ("commune", "border commune"),
                                    ("organization", "organization"),
                                    ("district", "district (inherited)"),
                                    ("party", "Party"),
                                    ("armed_forces", "armed forces"),
                                    ("multilateral", "several provinces"),
                                ],
                                default="province",
                                max_length=15,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "track",
                            models.CharField(
                                choices=[
                                    ("treaty_law", "Law on International Agreements"),
                                    ("party", "Party rules"),
                                    ("aid", "aid"),
                                    ("contract", "contract"),
                                    ("other", "other"),
                                ],
                                default="treaty_law",
                                help_text="Only agreements under the Law on International Agreements enter its yearly report.",
                                max_length=12,
                                verbose_name="governed by",
                            ),
                        ),
                        (
                            "process",
                            models.CharField(
                                choices=[
                                    ("idea", "idea"),
                                    ("drafting", "being drafted"),
                                    ("consulting", "out for opinions"),
                                    ("submitted", "submitted"),
                                    ("approved", "signing approved"),
                                    ("refused", "signing refused"),
                                    ("signed", "signed"),
                                    ("reported", "signing reported"),
                                    ("published", "published"),
                                ],
                                default="signed",
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "number",
                            agreements.fields.CountField(
                                blank=True,
                                default=1,
                                help_text="Normally 1. Empty: several, the source does not say how many.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="how many",
                            ),
                        ),
                        (
                            "signed_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="signed on"
                            ),
                        ),
                        ("signed_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("signed_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in_person", "in person"),
                                    ("online", "online"),
                                    ("exchange", "exchange of papers"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="how signed",
                            ),
                        ),
                        (
                            "exchanged_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="exchanged on"
                            ),
                        ),
                        (
                            "exchanged_first",
                            agreements.fields.FirstDay(blank=True, editable=False, null=True),
                        ),
                        ("exchanged_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "effective_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="effective from"
                            ),
                        ),
                        (
                            "effective_first",
                            agreements.fields.FirstDay(blank=True, editable=False, null=True),
                        ),
                        ("effective_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "period",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="For example 2022–2025.",
                                max_length=40,
                                period=True,
                                verbose_name="period as printed",
                            ),
                        ),
                        ("period_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("period_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "expires_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="expires on"
                            ),
                        ),
                        ("expires_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("expires_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "auto_renews",
                            models.BooleanField(blank=True, null=True, verbose_name="renews automatically"),
                        ),
                        (
                            "notice_days",
                            agreements.fields.CountField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="notice (days)",
                            ),
                        ),
                        (
                            "binding",
                            models.BooleanField(blank=True, null=True, verbose_name="legally binding"),
                        ),
                        (
                            "languages",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Codes with “|” between: vi|lo|en.",
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z]{2,3}(\\|[a-z]{2,3})*$",
                                        "Language codes with “|” between: vi|lo|en.",
                                    )
                                ],
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "copies",
                            agreements.fields.CountField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="copies",
                            ),
                        ),
                        (
                            "published_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="published on"
                            ),
                        ),
                        (
                            "published_first",
                            agreements.fields.FirstDay(blank=True, editable=False, null=True),
                        ),
                        ("published_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "published_url",
                            agreements.fields.WebAddress(
                                blank=True, default="", max_length=500, verbose_name="published at"
                            ),
                        ),
                        (
                            "archive_ref",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="File, box, shelf.",
                                max_length=255,
                                verbose_name="archive reference",
                            ),
                        ),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "title", "code", "archive_ref", blank=True, editable=False
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "title", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="agreements.agreement",
                                verbose_name="of which",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_withdrawn",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "kept_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements_kept",
                                to="agreements.body",
                                verbose_name="original kept by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                help_text="The office that keeps this record.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_records",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "signed_at",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements_signed_here",
                                to="agreements.body",
                                verbose_name="signed at",
                            ),
                        ),
                        (
                            "fields",
                            models.ManyToManyField(
                                blank=True,
                                limit_choices_to={"vocabulary": "field"},
                                related_name="+",
                                to="agreements.term",
                                verbose_name="fields of cooperation",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                limit_choices_to={"vocabulary": "agreement_kind"},
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "unpublished_reason",
                            models.ForeignKey(
                                blank=True,
                                limit_choices_to={"vocabulary": "reason"},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="why not published",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agreement",
                        "verbose_name_plural": "agreements",
                        "ordering": [
                            models.OrderBy(models.F("signed_first"), descending=True, nulls_last=True),
                            models.OrderBy(models.F("period_first"), descending=True, nulls_last=True),
                            "code",
                        ],
                        "indexes": [
                            models.Index(fields=["signed_first", "signed_last"], name="agreement_signed"),
                            models.Index(fields=["period_first", "period_last"], name="agreement_period"),
                            models.Index(fields=["expires_first", "expires_last"], name="agreement_expires"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "code"),
                                name="agreement_code_once_in_an_office",
                                violation_error_message="This code is in use in the office: choose another, or leave it empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on__isnull", True),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agreement_withdrawn_with_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__isnull", True), ("number__gt", 0), _connector="OR"
                                ),
                                name="agreement_number_not_zero",
                                violation_error_message="No agreement is no record: leave it empty if the number is not known.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("part_of__isnull", True),
                                    models.Q(("part_of", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="agreement_not_part_of_itself",
                                violation_error_message="An agreement is not part of itself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_on", ""),
                                    ("unpublished_reason__isnull", True),
                                    _connector="OR",
                                ),
                                name="agreement_published_or_reason_not",
                                violation_error_message="Either a day of publication or a reason for not publishing, not both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_last__isnull", True),
                                    ("signed_first__isnull", True),
                                    ("expires_last__gte", models.F("signed_first")),
                                    _connector="OR",
                                ),
                                name="agreement_expires_after_signing",
                                violation_error_message="It expires before it is signed: check both dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_last__isnull", True),
                                    ("effective_first__isnull", True),
                                    ("expires_last__gte", models.F("effective_first")),
                                    _connector="OR",
                                ),
                                name="agreement_expires_after_effect",
                                violation_error_message="It expires before it takes effect: check both dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_last__isnull", True),
                                    ("period_first__isnull", True),
                                    ("expires_last__gte", models.F("period_first")),
                                    _connector="OR",
                                ),
                                name="agreement_expires_after_its_period_begins",
                                violation_error_message="It expires before its period begins: check both dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_last__isnull", True),
                                    ("effective_first__isnull", True),
                                    ("period_last__gte", models.F("effective_first")),
                                    _connector="OR",
                                ),
                                name="agreement_takes_effect_before_its_period_ends",
                                violation_error_message="It takes effect after its period has ended: check both dates.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Locality",
                    fields=[],
                    options={
                        "verbose_name": "locality",
                        "verbose_name_plural": "localities",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("agreements.body",),
                ),
                migrations.CreateModel(
                    name="Organization",
                    fields=[],
                    options={
                        "verbose_name": "organization",
                        "verbose_name_plural": "organizations",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("agreements.body",),
                ),
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("note", agreements.fields.LongText(blank=True, default="", verbose_name="note")),
                        (
                            "version",
                            agreements.fields.VersionField(default=1, editable=False, verbose_name="version"),
                        ),
                        (
                            "review_state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="review",
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="withdrawn on"
                            ),
                        ),
                        (
                            "withdrawn_reason",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=255,
                                verbose_name="reason for withdrawing",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="CK", verbose_name="code"
                            ),
                        ),
                        ("text", agreements.fields.LongText(verbose_name="content")),
                        (
                            "article",
                            agreements.fields.Text(
                                blank=True, default="", max_length=100, verbose_name="article"
                            ),
                        ),
                        (
                            "strength",
                            models.CharField(
                                choices=[
                                    ("signed", "signed commitment"),
                                    ("agreed", "agreed in talks"),
                                    ("announced", "announced by one side"),
                                    ("task", "task given by a leader"),
                                    ("proposal", "proposal"),
                                    ("wish", "wish"),
                                ],
                                default="signed",
                                help_text="Only signed commitments count in “% performed”; announced: nobody has accepted it.",
                                max_length=10,
                                verbose_name="strength",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("one_off", "once"),
                                    ("per_period", "so much each period"),
                                    ("cumulative", "so much in all"),
                                    ("standing", "standing, not measured"),
                                    ("mechanism", "mechanism to set up"),
                                    ("child", "paper to sign"),
                                ],
                                default="standing",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "made_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="made on"
                            ),
                        ),
                        ("made_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("made_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "period",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="Its last day is the due date.",
                                max_length=40,
                                period=True,
                                verbose_name="period, due at its end",
                            ),
                        ),
                        ("period_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("period_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "every",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("year", "year"),
                                    ("half", "half-year"),
                                    ("quarter", "quarter"),
                                    ("month", "month"),
                                ],
                                default="",
                                max_length=7,
                                verbose_name="each",
                            ),
                        ),
                        (
                            "withdrawn_with_agreement",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="withdrawn with its agreement"
                            ),
                        ),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "text", "code", "article", blank=True, editable=False
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promised_by",
                                to="agreements.agreement",
                                verbose_name="paper promised",
                            ),
                        ),
                        (
                            "continues",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continued_by",
                                to="agreements.commitment",
                                verbose_name="continues",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                help_text="The office that keeps this record.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_records",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_withdrawn",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "fields",
                            models.ManyToManyField(
                                blank=True,
                                limit_choices_to={"vocabulary": "field"},
                                related_name="+",
                                to="agreements.term",
                                verbose_name="fields of cooperation",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                help_text="One commitment measures one thing.",
                                limit_choices_to={"vocabulary__in": ["unit", "currency"]},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="unit or currency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "commitment",
                        "verbose_name_plural": "commitments",
                        "ordering": ["agreement", "article", "code"],
                        "indexes": [
                            models.Index(fields=["period_first", "period_last"], name="commitment_period")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "code"),
                                name="commitment_code_once_in_an_office",
                                violation_error_message="This code is in use in the office: choose another, or leave it empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on__isnull", True),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="commitment_withdrawn_with_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("strength", "signed"), _negated=True),
                                    ("agreement__isnull", False),
                                    _connector="OR",
                                ),
                                name="commitment_signed_stands_in_an_agreement",
                                violation_error_message="A signed commitment stands in an agreement: choose it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreement__isnull", False),
                                    models.Q(("made_on", ""), _negated=True),
                                    models.Q(("period", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="commitment_without_agreement_has_a_date",
                                violation_error_message="Without an agreement, say when it was made or its period.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["per_period", "cumulative"]), _negated=True),
                                    ("unit__isnull", False),
                                    _connector="OR",
                                ),
                                name="commitment_of_a_quantity_has_a_unit",
                                violation_error_message="A commitment of a quantity needs a unit or currency.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["standing", "mechanism", "child"]), _negated=True),
                                    ("unit__isnull", True),
                                    _connector="OR",
                                ),
                                name="commitment_not_measured_has_no_unit",
                                violation_error_message="A commitment that is not measured has no unit.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "per_period"), models.Q(("every", ""), _negated=True)),
                                    models.Q(models.Q(("kind", "per_period"), _negated=True), ("every", "")),
                                    _connector="OR",
                                ),
                                name="commitment_each_exactly_when_per_period",
                                violation_error_message="“Each” is given exactly when the kind is “so much each period”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("child__isnull", True), ("kind", "child"), _connector="OR"
                                ),
                                name="commitment_child_only_of_that_kind",
                                violation_error_message="Only the kind “paper to sign” names the paper.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("continues__isnull", True),
                                    models.Q(("continues", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="commitment_does_not_continue_itself",
                                violation_error_message="A commitment does not continue itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("note", agreements.fields.LongText(blank=True, default="", verbose_name="note")),
                        (
                            "version",
                            agreements.fields.VersionField(default=1, editable=False, verbose_name="version"),
                        ),
                        (
                            "review_state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="review",
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="withdrawn on"
                            ),
                        ),
                        (
                            "withdrawn_reason",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=255,
                                verbose_name="reason for withdrawing",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="TL", verbose_name="code"
                            ),
                        ),
                        (
                            "number",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="As printed: 01652/QĐ-UBND keeps its zero.",
                                max_length=100,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "issued_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="issued on"
                            ),
                        ),
                        ("issued_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("issued_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "issued_year",
                            agreements.fields.Year(
                                blank=True, editable=False, null=True, source="issued_first"
                            ),
                        ),
                        ("title", agreements.fields.Text(max_length=500, verbose_name="title")),
                        (
                            "url",
                            agreements.fields.WebAddress(
                                blank=True, default="", max_length=500, verbose_name="address"
                            ),
                        ),
                        (
                            "read_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="read on"
                            ),
                        ),
                        ("read_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("read_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "file",
                            agreements.files.KeptFileField(
                                blank=True,
                                help_text="Never a state secret.",
                                max_length=255,
                                null=True,
                                storage=agreements.files.storage,
                                upload_to=agreements.files.random_name,
                                validators=[agreements.files.validate_upload],
                                verbose_name="file",
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
                            models.CharField(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=64,
                                verbose_name="fingerprint of the file",
                            ),
                        ),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "number", "title", "code", blank=True, editable=False
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "title", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issued_documents",
                                to="agreements.body",
                                verbose_name="issued by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                help_text="The office that keeps this record.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_records",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="agreements.document",
                                verbose_name="replaces",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_withdrawn",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                limit_choices_to={"vocabulary": "document_kind"},
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="kind",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "ordering": [
                            models.OrderBy(models.F("issued_first"), descending=True, nulls_last=True),
                            "code",
                        ],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "code"),
                                name="document_code_once_in_an_office",
                                violation_error_message="This code is in use in the office: choose another, or leave it empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on__isnull", True),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="document_withdrawn_with_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("issued_year__isnull", False),
                                    ("issuer__isnull", False),
                                    models.Q(("number", ""), _negated=True),
                                ),
                                fields=("office", "issuer", "number", "issued_year"),
                                name="document_number_once_a_year",
                                violation_error_message="The office has a document of this body with this number of this year already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("read_last__isnull", True),
                                    ("issued_first__isnull", True),
                                    ("read_last__gte", models.F("issued_first")),
                                    _connector="OR",
                                ),
                                name="document_read_after_issue",
                                violation_error_message="It was read before it was issued: check both dates.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "title",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="The title held that day.",
                                max_length=500,
                                verbose_name="title held",
                            ),
                        ),
                        (
                            "as_printed",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="The name as the paper prints it.",
                                max_length=255,
                                verbose_name="as printed",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="order",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("party", "party"),
                                    ("focal", "focal unit"),
                                    ("cooperating", "cooperating unit"),
                                    ("signatory", "signatory"),
                                    ("witness", "witness"),
                                ],
                                max_length=12,
                                verbose_name="as",
                            ),
                        ),
                        (
                            "lead",
                            models.BooleanField(
                                default=False,
                                help_text="Designated in writing among several signers of one side (Art. 24).",
                                verbose_name="leads",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="agreements.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                help_text="The paper that says so, or that authorizes.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="agreements.person",
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part taken in an agreement",
                        "verbose_name_plural": "parts taken in agreements",
                        "ordering": ["role", "rank", "id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["role", "body"], name="agreementrole_role_body")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("body__isnull", False),
                                    ("person__isnull", False),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agreementrole_names_somebody",
                                violation_error_message="Name a body, a person or a title.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role__in", ("party", "focal", "cooperating")), _negated=True),
                                    models.Q(("body__isnull", False), ("person__isnull", True)),
                                    _connector="OR",
                                ),
                                name="agreementrole_of_a_body",
                                violation_error_message="This part is taken by a body: choose it, and leave the person empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role__in", ("signatory", "witness")), _negated=True),
                                    ("person__isnull", False),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agreementrole_of_a_person",
                                violation_error_message="Name the person or at least the title.",
                            ),
                            models.UniqueConstraint(
                                models.F("agreement"),
                                models.F("role"),
                                django.db.models.functions.comparison.Coalesce(
                                    "body", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "person", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("title"),
                                name="agreementrole_once",
                                violation_error_message="This part is entered twice.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("amended", "amended"),
                                    ("extended", "extended"),
                                    ("suspended", "suspended"),
                                    ("resumed", "resumed"),
                                    ("terminated", "terminated"),
                                    ("withdrawn", "withdrawn from"),
                                    ("renewed", "renewed"),
                                    ("inherited", "inherited by a successor"),
                                ],
                                max_length=10,
                                verbose_name="event",
                            ),
                        ),
                        (
                            "on",
                            agreements.fields.EdtfField(
                                help_text="A year will do.", max_length=40, verbose_name="on"
                            ),
                        ),
                        ("on_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("on_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "until",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="The new end, when extended or renewed.",
                                max_length=40,
                                verbose_name="until",
                            ),
                        ),
                        ("until_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("until_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        ("partial", models.BooleanField(default=False, verbose_name="in part")),
                        (
                            "notified_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="notified on"
                            ),
                        ),
                        ("notified_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("notified_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        ("note", agreements.fields.LongText(blank=True, default="", verbose_name="note")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inheritances",
                                to="agreements.agreementrole",
                                verbose_name="party inherited",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements_inherited",
                                to="agreements.body",
                                verbose_name="successor",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "event after signing",
                        "verbose_name_plural": "events after signing",
                        "ordering": ["on_first", "id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("agreement"),
                                models.F("kind"),
                                models.F("on"),
                                django.db.models.functions.comparison.Coalesce(
                                    "party", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                name="agreementevent_once",
                                violation_error_message="This event is entered already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", ""), ("kind__in", ["extended", "renewed"]), _connector="OR"
                                ),
                                name="agreementevent_until_only_when_extended",
                                violation_error_message="Only an extension or renewal has a new end.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_last__isnull", True),
                                    ("on_first__isnull", True),
                                    ("until_last__gte", models.F("on_first")),
                                    _connector="OR",
                                ),
                                name="agreementevent_until_not_before_on",
                                violation_error_message="The new end lies before the day of the event: check both dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "inherited"),
                                        ("party__isnull", False),
                                        ("successor__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "inherited"), _negated=True),
                                        ("party__isnull", True),
                                        ("successor__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agreementevent_inherited_by_someone",
                                violation_error_message="An inheritance, and only that, names the party and its successor.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAgreement",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        ("note", agreements.fields.LongText(blank=True, default="", verbose_name="note")),
                        (
                            "version",
                            agreements.fields.VersionField(default=1, editable=False, verbose_name="version"),
                        ),
                        (
                            "review_state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="review",
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="withdrawn on"
                            ),
                        ),
                        (
                            "withdrawn_reason",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=255,
                                verbose_name="reason for withdrawing",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="TT", verbose_name="code"
                            ),
                        ),
                        (
                            "title",
                            agreements.fields.Text(
                                help_text="As on the paper; other titles are entered below.",
                                max_length=500,
                                verbose_name="title",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("province", "province"),
                                    ("department", "department"),
                                    ("commune", "border commune"),
                                    ("organization", "organization"),
                                    ("district", "district (inherited)"),
                                    ("party", "Party"),
                                    ("armed_forces", "armed forces"),
                                    ("multilateral", "several provinces"),
                                ],
                                default="province",
                                max_length=15,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "track",
                            models.CharField(
                                choices=[
                                    ("treaty_law", "Law on International Agreements"),
                                    ("party", "Party rules"),
                                    ("aid", "aid"),
                                    ("contract", "contract"),
                                    ("other", "other"),
                                ],
                                default="treaty_law",
                                help_text="Only agreements under the Law on International Agreements enter its yearly report.",
                                max_length=12,
                                verbose_name="governed by",
                            ),
                        ),
                        (
                            "process",
                            models.CharField(
                                choices=[
                                    ("idea", "idea"),
                                    ("drafting", "being drafted"),
                                    ("consulting", "out for opinions"),
                                    ("submitted", "submitted"),
                                    ("approved", "signing approved"),
                                    ("refused", "signing refused"),
                                    ("signed", "signed"),
                                    ("reported", "signing reported"),
                                    ("published", "published"),
                                ],
                                default="signed",
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "number",
                            agreements.fields.CountField(
                                blank=True,
                                default=1,
                                help_text="Normally 1. Empty: several, the source does not say how many.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="how many",
                            ),
                        ),
                        (
                            "signed_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="signed on"
                            ),
                        ),
                        ("signed_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("signed_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in_person", "in person"),
                                    ("online", "online"),
                                    ("exchange", "exchange of papers"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="how signed",
                            ),
                        ),
                        (
                            "exchanged_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="exchanged on"
                            ),
                        ),
                        (
                            "exchanged_first",
                            agreements.fields.FirstDay(blank=True, editable=False, null=True),
                        ),
                        ("exchanged_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "effective_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="effective from"
                            ),
                        ),
                        (
                            "effective_first",
                            agreements.fields.FirstDay(blank=True, editable=False, null=True),
                        ),
                        ("effective_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "period",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="For example 2022–2025.",
                                max_length=40,
                                period=True,
                                verbose_name="period as printed",
                            ),
                        ),
                        ("period_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("period_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "expires_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="expires on"
                            ),
                        ),
                        ("expires_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("expires_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "auto_renews",
                            models.BooleanField(blank=True, null=True, verbose_name="renews automatically"),
                        ),
                        (
                            "notice_days",
                            agreements.fields.CountField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="notice (days)",
                            ),
                        ),
                        (
                            "binding",
                            models.BooleanField(blank=True, null=True, verbose_name="legally binding"),
                        ),
                        (
                            "languages",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Codes with “|” between: vi|lo|en.",
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z]{2,3}(\\|[a-z]{2,3})*$",
                                        "Language codes with “|” between: vi|lo|en.",
                                    )
                                ],
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "copies",
                            agreements.fields.CountField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="copies",
                            ),
                        ),
                        (
                            "published_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="published on"
                            ),
                        ),
                        (
                            "published_first",
                            agreements.fields.FirstDay(blank=True, editable=False, null=True),
                        ),
                        ("published_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "published_url",
                            agreements.fields.WebAddress(
                                blank=True, default="", max_length=500, verbose_name="published at"
                            ),
                        ),
                        (
                            "archive_ref",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="File, box, shelf.",
                                max_length=255,
                                verbose_name="archive reference",
                            ),
                        ),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "title", "code", "archive_ref", blank=True, editable=False
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "title", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kept_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="original kept by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The office that keeps this record.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="of which",
                            ),
                        ),
                        (
                            "signed_at",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="signed at",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"vocabulary": "agreement_kind"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "unpublished_reason",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"vocabulary": "reason"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="why not published",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical agreement",
                        "verbose_name_plural": "historical agreements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgreementEvent",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("amended", "amended"),
                                    ("extended", "extended"),
                                    ("suspended", "suspended"),
                                    ("resumed", "resumed"),
                                    ("terminated", "terminated"),
                                    ("withdrawn", "withdrawn from"),
                                    ("renewed", "renewed"),
                                    ("inherited", "inherited by a successor"),
                                ],
                                max_length=10,
                                verbose_name="event",
                            ),
                        ),
                        (
                            "on",
                            agreements.fields.EdtfField(
                                help_text="A year will do.", max_length=40, verbose_name="on"
                            ),
                        ),
                        ("on_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("on_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "until",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="The new end, when extended or renewed.",
                                max_length=40,
                                verbose_name="until",
                            ),
                        ),
                        ("until_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("until_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        ("partial", models.BooleanField(default=False, verbose_name="in part")),
                        (
                            "notified_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="notified on"
                            ),
                        ),
                        ("notified_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("notified_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        ("note", agreements.fields.LongText(blank=True, default="", verbose_name="note")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreementrole",
                                verbose_name="party inherited",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="successor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical event after signing",
                        "verbose_name_plural": "historical events after signing",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgreementLink",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("under", "under the framework"),
                                    ("follows", "follows"),
                                    ("replaces", "replaces (ends the older)"),
                                    ("amends", "amends"),
                                    ("related", "related to"),
                                ],
                                max_length=10,
                                verbose_name="relation",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="other agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical relation of agreements",
                        "verbose_name_plural": "historical relations of agreements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBody",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.Text(
                                db_index=True,
                                help_text="Never changed: files refer to it.",
                                max_length=40,
                                verbose_name="code",
                            ),
                        ),
                        ("name", agreements.fields.Text(max_length=255, verbose_name="name")),
                        (
                            "name_en",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="name in English"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("country", "country"),
                                    ("region", "region"),
                                    ("province", "province"),
                                    ("city", "city (of provincial level)"),
                                    ("district", "district"),
                                    ("commune", "commune"),
                                    ("government", "government body"),
                                    ("party", "Party committee"),
                                    ("council", "People's Council"),
                                    ("ministry", "ministry or central body"),
                                    ("department", "department"),
                                    ("mass_organization", "mass organization"),
                                    ("armed_forces", "armed forces"),
                                    ("enterprise", "enterprise"),
                                    ("institution", "school, hospital or institute"),
                                    ("other", "other body"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                help_text="Two letters: VN, LA, KH …",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                                        "The country is two capital letters, such as VN or LA.",
                                        code="country",
                                        inverse_match=True,
                                    )
                                ],
                                verbose_name="country",
                            ),
                        ),
                        (
                            "official_code",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Kept as text: 01 stays 01.",
                                max_length=20,
                                verbose_name="official code",
                            ),
                        ),
                        (
                            "exists",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="Empty: always. For example: to 30/6/2025; from 1/7/2025.",
                                max_length=40,
                                period=True,
                                verbose_name="existed",
                            ),
                        ),
                        ("exists_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("exists_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The place an organization serves; a central body: its country.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="place",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical body",
                        "verbose_name_plural": "historical bodies",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCommitment",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        ("note", agreements.fields.LongText(blank=True, default="", verbose_name="note")),
                        (
                            "version",
                            agreements.fields.VersionField(default=1, editable=False, verbose_name="version"),
                        ),
                        (
                            "review_state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="review",
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="withdrawn on"
                            ),
                        ),
                        (
                            "withdrawn_reason",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=255,
                                verbose_name="reason for withdrawing",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="CK", verbose_name="code"
                            ),
                        ),
                        ("text", agreements.fields.LongText(verbose_name="content")),
                        (
                            "article",
                            agreements.fields.Text(
                                blank=True, default="", max_length=100, verbose_name="article"
                            ),
                        ),
                        (
                            "strength",
                            models.CharField(
                                choices=[
                                    ("signed", "signed commitment"),
                                    ("agreed", "agreed in talks"),
                                    ("announced", "announced by one side"),
                                    ("task", "task given by a leader"),
                                    ("proposal", "proposal"),
                                    ("wish", "wish"),
                                ],
                                default="signed",
                                help_text="Only signed commitments count in “% performed”; announced: nobody has accepted it.",
                                max_length=10,
                                verbose_name="strength",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("one_off", "once"),
                                    ("per_period", "so much each period"),
                                    ("cumulative", "so much in all"),
                                    ("standing", "standing, not measured"),
                                    ("mechanism", "mechanism to set up"),
                                    ("child", "paper to sign"),
                                ],
                                default="standing",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "made_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="made on"
                            ),
                        ),
                        ("made_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("made_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "period",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="Its last day is the due date.",
                                max_length=40,
                                period=True,
                                verbose_name="period, due at its end",
                            ),
                        ),
                        ("period_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("period_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "every",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("year", "year"),
                                    ("half", "half-year"),
                                    ("quarter", "quarter"),
                                    ("month", "month"),
                                ],
                                default="",
                                max_length=7,
                                verbose_name="each",
                            ),
                        ),
                        (
                            "withdrawn_with_agreement",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="withdrawn with its agreement"
                            ),
                        ),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "text", "code", "article", blank=True, editable=False
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="paper promised",
                            ),
                        ),
                        (
                            "continues",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.commitment",
                                verbose_name="continues",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The office that keeps this record.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="One commitment measures one thing.",
                                limit_choices_to={"vocabulary__in": ["unit", "currency"]},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="unit or currency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical commitment",
                        "verbose_name_plural": "historical commitments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGroup",
                    fields=[
                        (
                            "id",
                            models.IntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        ("name", models.CharField(db_index=True, max_length=150, verbose_name="name")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical group",
                        "verbose_name_plural": "historical groups",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGroup_permissions",
                    fields=[
                        (
                            "id",
                            models.IntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="auth.group",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="agreements.historicalgroup",
                            ),
                        ),
                        (
                            "permission",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="auth.permission",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalGroup_permissions",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLocality",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.Text(
                                db_index=True,
                                help_text="Never changed: files refer to it.",
                                max_length=40,
                                verbose_name="code",
                            ),
                        ),
                        ("name", agreements.fields.Text(max_length=255, verbose_name="name")),
                        (
                            "name_en",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="name in English"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("country", "country"),
                                    ("region", "region"),
                                    ("province", "province"),
                                    ("city", "city (of provincial level)"),
                                    ("district", "district"),
                                    ("commune", "commune"),
                                    ("government", "government body"),
                                    ("party", "Party committee"),
                                    ("council", "People's Council"),
                                    ("ministry", "ministry or central body"),
                                    ("department", "department"),
                                    ("mass_organization", "mass organization"),
                                    ("armed_forces", "armed forces"),
                                    ("enterprise", "enterprise"),
                                    ("institution", "school, hospital or institute"),
                                    ("other", "other body"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                help_text="Two letters: VN, LA, KH …",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                                        "The country is two capital letters, such as VN or LA.",
                                        code="country",
                                        inverse_match=True,
                                    )
                                ],
                                verbose_name="country",
                            ),
                        ),
                        (
                            "official_code",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Kept as text: 01 stays 01.",
                                max_length=20,
                                verbose_name="official code",
                            ),
                        ),
                        (
                            "exists",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="Empty: always. For example: to 30/6/2025; from 1/7/2025.",
                                max_length=40,
                                period=True,
                                verbose_name="existed",
                            ),
                        ),
                        ("exists_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("exists_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The place an organization serves; a central body: its country.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="place",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical locality",
                        "verbose_name_plural": "historical localities",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOrganization",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.Text(
                                db_index=True,
                                help_text="Never changed: files refer to it.",
                                max_length=40,
                                verbose_name="code",
                            ),
                        ),
                        ("name", agreements.fields.Text(max_length=255, verbose_name="name")),
                        (
                            "name_en",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="name in English"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("country", "country"),
                                    ("region", "region"),
                                    ("province", "province"),
                                    ("city", "city (of provincial level)"),
                                    ("district", "district"),
                                    ("commune", "commune"),
                                    ("government", "government body"),
                                    ("party", "Party committee"),
                                    ("council", "People's Council"),
                                    ("ministry", "ministry or central body"),
                                    ("department", "department"),
                                    ("mass_organization", "mass organization"),
                                    ("armed_forces", "armed forces"),
                                    ("enterprise", "enterprise"),
                                    ("institution", "school, hospital or institute"),
                                    ("other", "other body"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                help_text="Two letters: VN, LA, KH …",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                                        "The country is two capital letters, such as VN or LA.",
                                        code="country",
                                        inverse_match=True,
                                    )
                                ],
                                verbose_name="country",
                            ),
                        ),
                        (
                            "official_code",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Kept as text: 01 stays 01.",
                                max_length=20,
                                verbose_name="official code",
                            ),
                        ),
                        (
                            "exists",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                help_text="Empty: always. For example: to 30/6/2025; from 1/7/2025.",
                                max_length=40,
                                period=True,
                                verbose_name="existed",
                            ),
                        ),
                        ("exists_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("exists_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The place an organization serves; a central body: its country.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="place",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical organization",
                        "verbose_name_plural": "historical organizations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPerson",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "code",
                            agreements.models.person.PersonCodeField(
                                blank=True,
                                db_index=True,
                                help_text="Made from the name when left empty.",
                                max_length=40,
                                verbose_name="code",
                            ),
                        ),
                        ("name", agreements.fields.Text(max_length=255, verbose_name="name")),
                        (
                            "country",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Two letters: VN, LA, KH …",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                                        "The country is two capital letters, such as VN or LA.",
                                        code="country",
                                        inverse_match=True,
                                    )
                                ],
                                verbose_name="country",
                            ),
                        ),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.PersonSortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical person",
                        "verbose_name_plural": "historical people",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalStateOverride",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_due", "not due yet"),
                                    ("no_news", "no report"),
                                    ("not_started", "not started"),
                                    ("in_progress", "in progress"),
                                    ("partly", "partly done"),
                                    ("done", "done"),
                                    ("beyond", "done beyond target"),
                                    ("active", "standing, active"),
                                    ("idle", "standing, without activity"),
                                    ("paused", "paused"),
                                    ("not_performed", "not performed"),
                                    ("carried_over", "carried over"),
                                ],
                                max_length=15,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", agreements.fields.LongText(verbose_name="reason")),
                        (
                            "since",
                            models.DateField(default=django.utils.timezone.localdate, verbose_name="since"),
                        ),
                        (
                            "until",
                            models.DateField(
                                help_text="Its last day: then the state is judged by dates and figures again.",
                                verbose_name="valid until",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical state set by an officer",
                        "verbose_name_plural": "historical states set by officers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSuccession",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        ("on", agreements.fields.EdtfField(max_length=40, verbose_name="on")),
                        ("on_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("on_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "how",
                            models.CharField(
                                choices=[("merged", "merged"), ("split", "split"), ("renamed", "renamed")],
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "new",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="successor",
                            ),
                        ),
                        (
                            "old",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="former body",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical succession",
                        "verbose_name_plural": "historical successions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTarget",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "period",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="period"
                            ),
                        ),
                        ("period_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("period_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "minimum",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                max_digits=15,
                                null=True,
                                verbose_name="at least",
                            ),
                        ),
                        (
                            "maximum",
                            agreements.fields.QuantityField(
                                blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="at most"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "counterpart",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: all together.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="counterpart",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The plan that sets it.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "obligor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="obligor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical target",
                        "verbose_name_plural": "historical targets",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalUser",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                db_index=True,
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date joined"
                            ),
                        ),
                        (
                            "full_name",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="full name"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical member of staff",
                        "verbose_name_plural": "historical staff",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalUser_groups",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="auth.group",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="agreements.historicaluser",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalUser_groups",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalUser_user_permissions",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="agreements.historicaluser",
                            ),
                        ),
                        (
                            "permission",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="auth.permission",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalUser_user_permissions",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            agreements.models.person.PersonCodeField(
                                blank=True,
                                help_text="Made from the name when left empty.",
                                max_length=40,
                                unique=True,
                                verbose_name="code",
                            ),
                        ),
                        ("name", agreements.fields.Text(max_length=255, verbose_name="name")),
                        (
                            "country",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Two letters: VN, LA, KH …",
                                max_length=2,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "\\A(?![A-Z]{2}\\Z)(?s:.{1,2})\\Z",
                                        "The country is two capital letters, such as VN or LA.",
                                        code="country",
                                        inverse_match=True,
                                    )
                                ],
                                verbose_name="country",
                            ),
                        ),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.PersonSortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ["sort", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("country", ""),
                                    models.Q(
                                        django.db.models.lookups.Exact(
                                            django.db.models.functions.text.Length("country"), 2
                                        ),
                                        django.db.models.lookups.Exact(
                                            django.db.models.functions.text.Upper("country"),
                                            models.F("country"),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="person_country_is_two_capital_letters",
                                violation_error_message="The country is two capital letters, such as VN or LA.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCommitmentRole",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "title",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="The title held that day.",
                                max_length=500,
                                verbose_name="title held",
                            ),
                        ),
                        (
                            "as_printed",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="The name as the paper prints it.",
                                max_length=255,
                                verbose_name="as printed",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="order",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("obligor", "obligor"),
                                    ("proposer", "proposer"),
                                    ("accepter", "accepter"),
                                    ("beneficiary", "beneficiary"),
                                    ("counterpart", "counterpart"),
                                    ("lead", "lead unit"),
                                    ("cooperating", "cooperating unit"),
                                ],
                                max_length=12,
                                verbose_name="as",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The paper that says so, or that authorizes.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.person",
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical part taken in a commitment",
                        "verbose_name_plural": "historical parts taken in commitments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgreementRole",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "title",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="The title held that day.",
                                max_length=500,
                                verbose_name="title held",
                            ),
                        ),
                        (
                            "as_printed",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="The name as the paper prints it.",
                                max_length=255,
                                verbose_name="as printed",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="order",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("party", "party"),
                                    ("focal", "focal unit"),
                                    ("cooperating", "cooperating unit"),
                                    ("signatory", "signatory"),
                                    ("witness", "witness"),
                                ],
                                max_length=12,
                                verbose_name="as",
                            ),
                        ),
                        (
                            "lead",
                            models.BooleanField(
                                default=False,
                                help_text="Designated in writing among several signers of one side (Art. 24).",
                                verbose_name="leads",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The paper that says so, or that authorizes.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.person",
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical part taken in an agreement",
                        "verbose_name_plural": "historical parts taken in agreements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="CommitmentRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "title",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="The title held that day.",
                                max_length=500,
                                verbose_name="title held",
                            ),
                        ),
                        (
                            "as_printed",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="The name as the paper prints it.",
                                max_length=255,
                                verbose_name="as printed",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="order",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("obligor", "obligor"),
                                    ("proposer", "proposer"),
                                    ("accepter", "accepter"),
                                    ("beneficiary", "beneficiary"),
                                    ("counterpart", "counterpart"),
                                    ("lead", "lead unit"),
                                    ("cooperating", "cooperating unit"),
                                ],
                                max_length=12,
                                verbose_name="as",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="agreements.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                help_text="The paper that says so, or that authorizes.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="agreements.person",
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part taken in a commitment",
                        "verbose_name_plural": "parts taken in commitments",
                        "ordering": ["role", "rank", "id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["role", "body"], name="commitmentrole_role_body")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("body__isnull", False),
                                    ("person__isnull", False),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="commitmentrole_names_somebody",
                                violation_error_message="Name a body, a person or a title.",
                            ),
                            models.UniqueConstraint(
                                models.F("commitment"),
                                models.F("role"),
                                django.db.models.functions.comparison.Coalesce(
                                    "body", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "person", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("title"),
                                name="commitmentrole_once",
                                violation_error_message="This part is entered twice.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Progress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "review_note",
                            agreements.fields.LongText(
                                blank=True, default="", editable=False, verbose_name="note of the review"
                            ),
                        ),
                        (
                            "number",
                            agreements.models.progress.NextNumberField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="no.",
                            ),
                        ),
                        ("on", agreements.fields.EdtfField(max_length=40, period=True, verbose_name="on")),
                        ("on_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("on_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "quantity",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                max_digits=15,
                                null=True,
                                verbose_name="quantity",
                            ),
                        ),
                        (
                            "qualifier",
                            models.CharField(
                                choices=[
                                    ("exactly", "exactly"),
                                    ("more_than", "more than"),
                                    ("nearly", "nearly"),
                                    ("about", "about"),
                                ],
                                default="exactly",
                                max_length=10,
                                verbose_name="meaning",
                            ),
                        ),
                        (
                            "assessment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_started", "not started"),
                                    ("in_progress", "in progress"),
                                    ("done", "done"),
                                    ("partly", "partly done"),
                                    ("paused", "paused"),
                                    ("not_performed", "not performed"),
                                    ("carried_over", "carried over"),
                                ],
                                default="",
                                max_length=15,
                                verbose_name="assessment",
                            ),
                        ),
                        (
                            "done",
                            agreements.fields.LongText(blank=True, default="", verbose_name="what was done"),
                        ),
                        (
                            "difficulties",
                            agreements.fields.LongText(blank=True, default="", verbose_name="difficulties"),
                        ),
                        (
                            "next_step",
                            agreements.fields.LongText(blank=True, default="", verbose_name="next step"),
                        ),
                        ("verified", models.BooleanField(default=False, verbose_name="verified")),
                        (
                            "review_state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="review",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="progress",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="agreements.progress",
                                verbose_name="corrects",
                            ),
                        ),
                        (
                            "counterpart",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="counterpart",
                            ),
                        ),
                        (
                            "obligor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="obligor",
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                blank=True,
                                limit_choices_to={"vocabulary": "reason"},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="reason",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "progress report",
                        "verbose_name_plural": "progress reports",
                        "ordering": ["commitment", "number"],
                        "permissions": [("approve_progress", "Approve or return progress reports")],
                        "indexes": [models.Index(fields=["on_first", "on_last"], name="progress_on")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("commitment", "number"),
                                name="progress_number_once",
                                violation_error_message="This commitment has a report of this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"
                                ),
                                name="progress_quantity_not_negative",
                                violation_error_message="A quantity is not negative: correct the earlier row instead.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("corrects__isnull", True),
                                    models.Q(("corrects", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="progress_does_not_correct_itself",
                                violation_error_message="A report does not correct itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalCitation",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "locator",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Page, article or paragraph.",
                                max_length=200,
                                verbose_name="place in it",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("source", "source"),
                                    ("legal_basis", "legal basis"),
                                    ("approval", "approval"),
                                    ("text", "text of the agreement"),
                                    ("translation", "translation"),
                                    ("plan", "plan"),
                                    ("evidence", "evidence"),
                                    ("report", "report"),
                                ],
                                default="source",
                                max_length=15,
                                verbose_name="as",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "progress",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.progress",
                                verbose_name="progress report",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical citation",
                        "verbose_name_plural": "historical citations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Citation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "locator",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="Page, article or paragraph.",
                                max_length=200,
                                verbose_name="place in it",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("source", "source"),
                                    ("legal_basis", "legal basis"),
                                    ("approval", "approval"),
                                    ("text", "text of the agreement"),
                                    ("translation", "translation"),
                                    ("plan", "plan"),
                                    ("evidence", "evidence"),
                                    ("report", "report"),
                                ],
                                default="source",
                                max_length=15,
                                verbose_name="as",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="citations",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="citations",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "progress",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="citations",
                                to="agreements.progress",
                                verbose_name="progress report",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "citation",
                        "verbose_name_plural": "citations",
                        "ordering": ["id"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("agreement__isnull", False),
                                        ("commitment__isnull", True),
                                        ("progress__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("commitment__isnull", False),
                                        ("progress__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("commitment__isnull", True),
                                        ("progress__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="citation_for_exactly_one",
                                violation_error_message="A citation is for one agreement, commitment or progress report.",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Coalesce(
                                    "agreement", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "commitment", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "progress", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("document"),
                                models.F("role"),
                                models.F("locator"),
                                name="citation_once",
                                violation_error_message="This document is cited here already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StateOverride",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_due", "not due yet"),
                                    ("no_news", "no report"),
                                    ("not_started", "not started"),
                                    ("in_progress", "in progress"),
                                    ("partly", "partly done"),
                                    ("done", "done"),
                                    ("beyond", "done beyond target"),
                                    ("active", "standing, active"),
                                    ("idle", "standing, without activity"),
                                    ("paused", "paused"),
                                    ("not_performed", "not performed"),
                                    ("carried_over", "carried over"),
                                ],
                                max_length=15,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", agreements.fields.LongText(verbose_name="reason")),
                        (
                            "since",
                            models.DateField(default=django.utils.timezone.localdate, verbose_name="since"),
                        ),
                        (
                            "until",
                            models.DateField(
                                help_text="Its last day: then the state is judged by dates and figures again.",
                                verbose_name="valid until",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="overrides",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state set by an officer",
                        "verbose_name_plural": "states set by officers",
                        "ordering": ["commitment", "since"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("commitment", "since"),
                                name="stateoverride_once_a_day",
                                violation_error_message="A state is set for this day already: change that one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))),
                                name="stateoverride_until_not_before_since",
                                violation_error_message="It ends before it begins: check the two dates.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Succession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", agreements.fields.EdtfField(max_length=40, verbose_name="on")),
                        ("on_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("on_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "how",
                            models.CharField(
                                choices=[("merged", "merged"), ("split", "split"), ("renamed", "renamed")],
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "new",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessions",
                                to="agreements.body",
                                verbose_name="successor",
                            ),
                        ),
                        (
                            "old",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successions",
                                to="agreements.body",
                                verbose_name="former body",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "succession",
                        "verbose_name_plural": "successions",
                        "ordering": ["on_first", "old__sort"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("old", "new"),
                                name="succession_once",
                                violation_error_message="This succession is entered already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("old", models.F("new")), _negated=True),
                                name="succession_not_itself",
                                violation_error_message="A body cannot succeed itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "period",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="period"
                            ),
                        ),
                        ("period_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("period_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "minimum",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                max_digits=15,
                                null=True,
                                verbose_name="at least",
                            ),
                        ),
                        (
                            "maximum",
                            agreements.fields.QuantityField(
                                blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="at most"
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "counterpart",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: all together.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="counterpart",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                help_text="The plan that sets it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "obligor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="obligor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "target",
                        "verbose_name_plural": "targets",
                        "ordering": ["period_first", "id"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("commitment"),
                                models.F("period"),
                                django.db.models.functions.comparison.Coalesce(
                                    "obligor", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "counterpart", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                name="target_once",
                                violation_error_message="This target is entered already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum__isnull", False), ("maximum__isnull", False), _connector="OR"
                                ),
                                name="target_says_how_much",
                                violation_error_message="Say how much: at least, at most or both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum__isnull", True), ("minimum__gte", 0), _connector="OR"
                                ),
                                name="target_minimum_not_negative",
                                violation_error_message="A target is not negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("maximum__isnull", True), ("maximum__gte", 0), _connector="OR"
                                ),
                                name="target_maximum_not_negative",
                                violation_error_message="A target is not negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum__isnull", True),
                                    ("maximum__isnull", True),
                                    ("minimum__lte", models.F("maximum")),
                                    _connector="OR",
                                ),
                                name="target_minimum_not_above_maximum",
                                violation_error_message="“At least” is more than “at most”: check both.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Term",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "vocabulary",
                            models.CharField(
                                choices=[
                                    ("agreement_kind", "kind of agreement"),
                                    ("document_kind", "kind of document"),
                                    ("field", "field of cooperation"),
                                    ("unit", "unit of measure"),
                                    ("currency", "currency"),
                                    ("item", "item of aid"),
                                    ("reason", "reason"),
                                ],
                                max_length=20,
                                verbose_name="list",
                            ),
                        ),
                        ("code", agreements.fields.Text(max_length=40, verbose_name="code")),
                        ("name", agreements.fields.Text(max_length=255, verbose_name="name")),
                        (
                            "name_en",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="name in English"
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                default=100,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="order",
                            ),
                        ),
                        (
                            "retired",
                            models.BooleanField(
                                default=False,
                                help_text="No longer offered; records that use it keep it.",
                                verbose_name="retired",
                            ),
                        ),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="agreements.term",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "list entry",
                        "verbose_name_plural": "lists",
                        "ordering": ["vocabulary", "rank", "sort"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("vocabulary", "code"),
                                name="term_code_once_in_a_list",
                                violation_error_message="This code is in the list already: choose another.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="term_not_its_own_parent",
                                violation_error_message="An entry cannot belong to itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Name",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", agreements.fields.Text(max_length=500, verbose_name="name")),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "text", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("vi", "Vietnamese"),
                                    ("lo", "Lao"),
                                    ("en", "English"),
                                    ("fr", "French"),
                                    ("und", "not determined"),
                                ],
                                default="vi",
                                max_length=3,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "script",
                            models.CharField(
                                choices=[("Latn", "Latin"), ("Laoo", "Lao script")],
                                default="Latn",
                                max_length=4,
                                verbose_name="script",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("official", "official"),
                                    ("variant", "variant"),
                                    ("former", "former"),
                                    ("misspelling", "misspelling"),
                                ],
                                default="variant",
                                max_length=12,
                                verbose_name="standing",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="agreements.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="stands in",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="agreements.person",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="agreements.term",
                                verbose_name="list entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "other name",
                        "verbose_name_plural": "other names",
                        "ordering": ["key", "id"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("body__isnull", False),
                                        ("person__isnull", True),
                                        ("term__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("body__isnull", True),
                                        ("person__isnull", False),
                                        ("term__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", False),
                                        ("body__isnull", True),
                                        ("person__isnull", True),
                                        ("term__isnull", True),
                                    ),
                                    models.Q(
                                        ("agreement__isnull", True),
                                        ("body__isnull", True),
                                        ("person__isnull", True),
                                        ("term__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="name_of_exactly_one",
                                violation_error_message="A name is of exactly one body, person, agreement or list entry.",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Coalesce(
                                    "body", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "person", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "agreement", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "term", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("text"),
                                models.F("language"),
                                name="name_once",
                                violation_error_message="This name is entered already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text__contains", "|"), _negated=True),
                                name="name_without_a_bar",
                                violation_error_message="A name holds no “|”: files use it between the values of a cell.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTerm",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "vocabulary",
                            models.CharField(
                                choices=[
                                    ("agreement_kind", "kind of agreement"),
                                    ("document_kind", "kind of document"),
                                    ("field", "field of cooperation"),
                                    ("unit", "unit of measure"),
                                    ("currency", "currency"),
                                    ("item", "item of aid"),
                                    ("reason", "reason"),
                                ],
                                max_length=20,
                                verbose_name="list",
                            ),
                        ),
                        ("code", agreements.fields.Text(max_length=40, verbose_name="code")),
                        ("name", agreements.fields.Text(max_length=255, verbose_name="name")),
                        (
                            "name_en",
                            agreements.fields.Text(
                                blank=True, default="", max_length=255, verbose_name="name in English"
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                default=100,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="order",
                            ),
                        ),
                        (
                            "retired",
                            models.BooleanField(
                                default=False,
                                help_text="No longer offered; records that use it keep it.",
                                verbose_name="retired",
                            ),
                        ),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical list entry",
                        "verbose_name_plural": "historical lists",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProgress",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        (
                            "review_note",
                            agreements.fields.LongText(
                                blank=True, default="", editable=False, verbose_name="note of the review"
                            ),
                        ),
                        (
                            "number",
                            agreements.models.progress.NextNumberField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="no.",
                            ),
                        ),
                        ("on", agreements.fields.EdtfField(max_length=40, period=True, verbose_name="on")),
                        ("on_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("on_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "quantity",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                max_digits=15,
                                null=True,
                                verbose_name="quantity",
                            ),
                        ),
                        (
                            "qualifier",
                            models.CharField(
                                choices=[
                                    ("exactly", "exactly"),
                                    ("more_than", "more than"),
                                    ("nearly", "nearly"),
                                    ("about", "about"),
                                ],
                                default="exactly",
                                max_length=10,
                                verbose_name="meaning",
                            ),
                        ),
                        (
                            "assessment",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_started", "not started"),
                                    ("in_progress", "in progress"),
                                    ("done", "done"),
                                    ("partly", "partly done"),
                                    ("paused", "paused"),
                                    ("not_performed", "not performed"),
                                    ("carried_over", "carried over"),
                                ],
                                default="",
                                max_length=15,
                                verbose_name="assessment",
                            ),
                        ),
                        (
                            "done",
                            agreements.fields.LongText(blank=True, default="", verbose_name="what was done"),
                        ),
                        (
                            "difficulties",
                            agreements.fields.LongText(blank=True, default="", verbose_name="difficulties"),
                        ),
                        (
                            "next_step",
                            agreements.fields.LongText(blank=True, default="", verbose_name="next step"),
                        ),
                        ("verified", models.BooleanField(default=False, verbose_name="verified")),
                        (
                            "review_state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="review",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.commitment",
                                verbose_name="commitment",
                            ),
                        ),
                        (
                            "counterpart",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="counterpart",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "obligor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="obligor",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.progress",
                                verbose_name="corrects",
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"vocabulary": "reason"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="reason",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical progress report",
                        "verbose_name_plural": "historical progress reports",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalName",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        ("text", agreements.fields.Text(max_length=500, verbose_name="name")),
                        (
                            "key",
                            agreements.fields.KeyField(
                                "text", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("vi", "Vietnamese"),
                                    ("lo", "Lao"),
                                    ("en", "English"),
                                    ("fr", "French"),
                                    ("und", "not determined"),
                                ],
                                default="vi",
                                max_length=3,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "script",
                            models.CharField(
                                choices=[("Latn", "Latin"), ("Laoo", "Lao script")],
                                default="Latn",
                                max_length=4,
                                verbose_name="script",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("official", "official"),
                                    ("variant", "variant"),
                                    ("former", "former"),
                                    ("misspelling", "misspelling"),
                                ],
                                default="variant",
                                max_length=12,
                                verbose_name="standing",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="stands in",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.person",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="list entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical other name",
                        "verbose_name_plural": "historical other names",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDocument",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("form", "form"), ("import", "import"), ("command", "command")],
                                default=agreements.history.current_route,
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "batch",
                            models.UUIDField(
                                blank=True,
                                db_index=True,
                                default=agreements.history.current_batch,
                                null=True,
                                verbose_name="import batch",
                            ),
                        ),
                        ("note", agreements.fields.LongText(blank=True, default="", verbose_name="note")),
                        (
                            "version",
                            agreements.fields.VersionField(default=1, editable=False, verbose_name="version"),
                        ),
                        (
                            "review_state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="review",
                            ),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="withdrawn on"
                            ),
                        ),
                        (
                            "withdrawn_reason",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=255,
                                verbose_name="reason for withdrawing",
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="TL", verbose_name="code"
                            ),
                        ),
                        (
                            "number",
                            agreements.fields.Text(
                                blank=True,
                                default="",
                                help_text="As printed: 01652/QĐ-UBND keeps its zero.",
                                max_length=100,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "issued_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="issued on"
                            ),
                        ),
                        ("issued_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("issued_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "issued_year",
                            agreements.fields.Year(
                                blank=True, editable=False, null=True, source="issued_first"
                            ),
                        ),
                        ("title", agreements.fields.Text(max_length=500, verbose_name="title")),
                        (
                            "url",
                            agreements.fields.WebAddress(
                                blank=True, default="", max_length=500, verbose_name="address"
                            ),
                        ),
                        (
                            "read_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="read on"
                            ),
                        ),
                        ("read_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("read_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "file",
                            models.TextField(
                                blank=True,
                                help_text="Never a state secret.",
                                max_length=255,
                                null=True,
                                validators=[agreements.files.validate_upload],
                                verbose_name="file",
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
                            models.CharField(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=64,
                                verbose_name="fingerprint of the file",
                            ),
                        ),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "number", "title", "code", blank=True, editable=False
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "title", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="issued by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The office that keeps this record.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.document",
                                verbose_name="replaces",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"vocabulary": "document_kind"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="kind",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical document",
                        "verbose_name_plural": "historical documents",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCommitment_fields",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.commitment",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="agreements.historicalcommitment",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalCommitment_fields",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAgreement_fields",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.agreement",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="agreements.historicalagreement",
                            ),
                        ),
                        (
                            "term",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalAgreement_fields",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="AgreementLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("under", "under the framework"),
                                    ("follows", "follows"),
                                    ("replaces", "replaces (ends the older)"),
                                    ("amends", "amends"),
                                    ("related", "related to"),
                                ],
                                max_length=10,
                                verbose_name="relation",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links_from",
                                to="agreements.agreement",
                                verbose_name="other agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relation of agreements",
                        "verbose_name_plural": "relations of agreements",
                        "ordering": ["kind", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "kind", "other"),
                                name="agreementlink_once",
                                violation_error_message="This relation is entered already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("agreement", models.F("other")), _negated=True),
                                name="agreementlink_not_itself",
                                violation_error_message="An agreement has no such relation to itself.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ]
        )
    ]
