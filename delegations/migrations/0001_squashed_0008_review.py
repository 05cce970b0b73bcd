"""The tables of a new register; one that came by the migrations named here has them already."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import agreements.fields
import agreements.history
from agreements.migrations._at_once import AtOnce


class Migration(migrations.Migration):
    replaces = [
        ("delegations", "0001_initial"),
        ("delegations", "0002_sort_of_names"),
        ("delegations", "0003_sort_of_names_filled"),
        ("delegations", "0004_numbers_within_bounds"),
        ("delegations", "0005_reported_after_held"),
        ("delegations", "0006_negative_and_unit_apart"),
        ("delegations", "0007_who_withdrew"),
        ("delegations", "0008_review"),
    ]

    initial = True

    dependencies = [
        ("agreements", "0012_history_of_rights"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Delegation",
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
                            "review_note",
                            agreements.fields.LongText(
                                blank=True, default="", editable=False, verbose_name="note of the review"
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="DO", verbose_name="code"
                            ),
                        ),
                        ("name", agreements.fields.Text(max_length=500, verbose_name="name")),
                        (
                            "direction",
                            models.CharField(
                                choices=[("out", "out"), ("in", "in")], max_length=3, verbose_name="direction"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("high", "high-level"),
                                    ("leaders", "provincial leaders"),
                                    ("department", "department"),
                                    ("district", "district or commune"),
                                    ("enterprise", "enterprises"),
                                    ("people", "people's organizations"),
                                    ("experts", "experts"),
                                    ("armed_forces", "armed forces"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("held", "held"),
                                    ("postponed", "postponed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="held",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "number",
                            agreements.fields.CountField(
                                blank=True,
                                default=1,
                                help_text="Normally 1. 0: the source says that there was none. Empty: several, not known how many.",
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
                            "people",
                            agreements.fields.CountField(
                                blank=True,
                                help_text="Empty: not known.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        999999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="people",
                            ),
                        ),
                        (
                            "planned",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="planned for"
                            ),
                        ),
                        ("planned_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("planned_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "held",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="held on"
                            ),
                        ),
                        ("held_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("held_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "in_plan",
                            models.BooleanField(blank=True, null=True, verbose_name="in the yearly plan"),
                        ),
                        (
                            "purpose",
                            agreements.fields.LongText(blank=True, default="", verbose_name="purpose"),
                        ),
                        (
                            "funding",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("central", "central budget"),
                                    ("province", "provincial budget"),
                                    ("district", "district budget (former)"),
                                    ("commune", "commune budget"),
                                    ("social", "social contributions"),
                                    ("enterprise", "enterprises"),
                                    ("partner", "the partner"),
                                    ("other", "other source"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="paid from",
                            ),
                        ),
                        (
                            "cost",
                            agreements.fields.QuantityField(
                                blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="cost"
                            ),
                        ),
                        (
                            "report_due_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="report due on"
                            ),
                        ),
                        (
                            "report_due_first",
                            agreements.fields.FirstDay(blank=True, editable=False, null=True),
                        ),
                        ("report_due_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "reported_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="reported on"
                            ),
                        ),
                        ("reported_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("reported_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "name", "code", "purpose", blank=True, editable=False
                            ),
                        ),
                        (
                            "sort",
                            agreements.fields.SortField(
                                "name", blank=True, db_index=True, editable=False, max_length=255
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                blank=True,
                                limit_choices_to={"vocabulary": "currency"},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="currency",
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
                            "part_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="delegations.delegation",
                                verbose_name="of which",
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                blank=True,
                                help_text="Why none, why cancelled.",
                                limit_choices_to={"vocabulary": "reason"},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="reason",
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
                    ],
                    options={
                        "verbose_name": "delegation",
                        "verbose_name_plural": "delegations",
                        "ordering": [
                            models.OrderBy(models.F("held_first"), descending=True, nulls_last=True),
                            "code",
                        ],
                        "permissions": [("approve_delegation", "Approve or return delegations")],
                        "indexes": [
                            models.Index(fields=["held_first", "held_last"], name="delegation_held"),
                            models.Index(fields=["planned_first", "planned_last"], name="delegation_planned"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "code"),
                                name="delegation_code_once_in_an_office",
                                violation_error_message="This code is in use in the office: choose another, or leave it empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on__isnull", True),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegation_withdrawn_with_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__isnull", True),
                                    ("number__gt", 0),
                                    models.Q(("held", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegation_none_needs_a_period",
                                violation_error_message="“None” needs the period in which there was none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("part_of__isnull", True),
                                    models.Q(("part_of", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegation_not_part_of_itself",
                                violation_error_message="A delegation is not part of itself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cost__isnull", True), ("cost__gte", 0), _connector="OR"),
                                name="delegation_cost_not_negative",
                                violation_error_message="A cost is not negative: correct the number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost__isnull", True), ("currency__isnull", False), _connector="OR"
                                ),
                                name="delegation_cost_has_its_currency",
                                violation_error_message="A cost needs its currency: choose it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reported_last__isnull", True),
                                    ("held_first__isnull", True),
                                    ("reported_last__gte", models.F("held_first")),
                                    _connector="OR",
                                ),
                                name="delegation_reported_after_it_was_held",
                                violation_error_message="It was reported before it was held: check both dates.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DelegationRole",
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
                                    ("sender", "sent by"),
                                    ("host", "host"),
                                    ("inviter", "invited by"),
                                    ("visited", "visited"),
                                    ("head", "head"),
                                    ("deputy", "deputy head"),
                                    ("member", "member"),
                                ],
                                max_length=10,
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
                            "delegation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="delegations.delegation",
                                verbose_name="delegation",
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
                        "verbose_name": "part taken in a delegation",
                        "verbose_name_plural": "parts taken in delegations",
                        "ordering": ["role", "rank", "id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["role", "body"], name="delegationrole_role_body")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("body__isnull", False),
                                    ("person__isnull", False),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegationrole_names_somebody",
                                violation_error_message="Name a body, a person or a title.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role__in", ("sender", "host", "visited")), _negated=True),
                                    models.Q(("body__isnull", False), ("person__isnull", True)),
                                    _connector="OR",
                                ),
                                name="delegationrole_of_a_body",
                                violation_error_message="This part is taken by a body: choose it, and leave the person empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role__in", ("head", "deputy", "member")), _negated=True),
                                    ("person__isnull", False),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delegationrole_of_a_person",
                                violation_error_message="Name the person or at least the title.",
                            ),
                            models.UniqueConstraint(
                                models.F("delegation"),
                                models.F("role"),
                                django.db.models.functions.comparison.Coalesce(
                                    "body", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "person", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("title"),
                                name="delegationrole_once",
                                violation_error_message="This part is entered twice.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
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
                            "review_note",
                            agreements.fields.LongText(
                                blank=True, default="", editable=False, verbose_name="note of the review"
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="HT", verbose_name="code"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("support", "support"),
                                    ("relief", "emergency relief"),
                                    ("gift", "gift"),
                                ],
                                default="support",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("delivered", "delivered"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="delivered",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "held",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                max_length=40,
                                period=True,
                                verbose_name="delivered on",
                            ),
                        ),
                        ("held_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("held_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        ("folded", agreements.fields.FoldedField("code", "note", blank=True, editable=False)),
                        (
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="delegations.delegation",
                                verbose_name="handed over by the delegation",
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="delegations.meeting",
                                verbose_name="handed over at the meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery of aid",
                        "verbose_name_plural": "deliveries of aid",
                        "ordering": [
                            models.OrderBy(models.F("held_first"), descending=True, nulls_last=True),
                            "code",
                        ],
                        "permissions": [("approve_delivery", "Approve or return deliveries of aid")],
                        "indexes": [models.Index(fields=["held_first", "held_last"], name="delivery_held")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "code"),
                                name="delivery_code_once_in_an_office",
                                violation_error_message="This code is in use in the office: choose another, or leave it empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on__isnull", True),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delivery_withdrawn_with_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="line",
                            ),
                        ),
                        (
                            "description",
                            agreements.fields.Text(
                                blank=True, default="", max_length=500, verbose_name="description"
                            ),
                        ),
                        (
                            "quantity",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: not known.",
                                max_digits=15,
                                null=True,
                                verbose_name="quantity",
                            ),
                        ),
                        (
                            "quantity_is",
                            models.CharField(
                                choices=[
                                    ("exactly", "exactly"),
                                    ("more_than", "more than"),
                                    ("nearly", "nearly"),
                                    ("about", "about"),
                                ],
                                default="exactly",
                                max_length=10,
                                verbose_name="quantity is",
                            ),
                        ),
                        (
                            "amount",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                help_text="Money or value; empty: not known.",
                                max_digits=15,
                                null=True,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "amount_is",
                            models.CharField(
                                choices=[
                                    ("exactly", "exactly"),
                                    ("more_than", "more than"),
                                    ("nearly", "nearly"),
                                    ("about", "about"),
                                ],
                                default="exactly",
                                max_length=10,
                                verbose_name="amount is",
                            ),
                        ),
                        (
                            "funding",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("central", "central budget"),
                                    ("province", "provincial budget"),
                                    ("district", "district budget (former)"),
                                    ("commune", "commune budget"),
                                    ("social", "social contributions"),
                                    ("enterprise", "enterprises"),
                                    ("partner", "the partner"),
                                    ("other", "other source"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="paid from",
                            ),
                        ),
                        (
                            "currency",
                            models.ForeignKey(
                                blank=True,
                                limit_choices_to={"vocabulary": "currency"},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="delegations.delivery",
                                verbose_name="delivery",
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
                            "item",
                            models.ForeignKey(
                                limit_choices_to={"vocabulary": "item"},
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="item",
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="delegations.deliveryline",
                                verbose_name="of which",
                            ),
                        ),
                        (
                            "receiver",
                            models.ForeignKey(
                                blank=True,
                                help_text="One of the receivers; empty: not split.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delivery_lines",
                                to="agreements.body",
                                verbose_name="receiver",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                limit_choices_to={"vocabulary": "unit"},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a delivery",
                        "verbose_name_plural": "lines of deliveries",
                        "ordering": ["number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("delivery", "number"),
                                name="deliveryline_number_once",
                                violation_error_message="Two lines of the delivery bear the same number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"
                                ),
                                name="deliveryline_quantity_not_negative",
                                violation_error_message="A quantity is not negative: correct the number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__isnull", True), ("unit__isnull", False), _connector="OR"
                                ),
                                name="deliveryline_quantity_has_its_unit",
                                violation_error_message="A quantity needs its unit: choose it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                                ),
                                name="deliveryline_amount_not_negative",
                                violation_error_message="An amount is not negative: correct the number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True), ("currency__isnull", False), _connector="OR"
                                ),
                                name="deliveryline_amount_has_its_currency",
                                violation_error_message="An amount needs its currency: choose it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("part_of__isnull", True),
                                    models.Q(("part_of", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="deliveryline_not_part_of_itself",
                                violation_error_message="A line is not part of itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryRole",
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
                                    ("giver", "giver"),
                                    ("receiver", "receiver"),
                                    ("funder", "funder"),
                                    ("witness", "witness"),
                                ],
                                max_length=10,
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
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="delegations.delivery",
                                verbose_name="delivery",
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
                        "verbose_name": "part taken in a delivery",
                        "verbose_name_plural": "parts taken in deliveries",
                        "ordering": ["role", "rank", "id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["role", "body"], name="deliveryrole_role_body")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("body__isnull", False),
                                    ("person__isnull", False),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="deliveryrole_names_somebody",
                                violation_error_message="Name a body, a person or a title.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role__in", ("funder",)), _negated=True),
                                    models.Q(("body__isnull", False), ("person__isnull", True)),
                                    _connector="OR",
                                ),
                                name="deliveryrole_of_a_body",
                                violation_error_message="This part is taken by a body: choose it, and leave the person empty.",
                            ),
                            models.UniqueConstraint(
                                models.F("delivery"),
                                models.F("role"),
                                django.db.models.functions.comparison.Coalesce(
                                    "body", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "person", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("title"),
                                name="deliveryrole_once",
                                violation_error_message="This part is entered twice.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDelegation",
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
                            "review_note",
                            agreements.fields.LongText(
                                blank=True, default="", editable=False, verbose_name="note of the review"
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="DO", verbose_name="code"
                            ),
                        ),
                        ("name", agreements.fields.Text(max_length=500, verbose_name="name")),
                        (
                            "direction",
                            models.CharField(
                                choices=[("out", "out"), ("in", "in")], max_length=3, verbose_name="direction"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("high", "high-level"),
                                    ("leaders", "provincial leaders"),
                                    ("department", "department"),
                                    ("district", "district or commune"),
                                    ("enterprise", "enterprises"),
                                    ("people", "people's organizations"),
                                    ("experts", "experts"),
                                    ("armed_forces", "armed forces"),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("held", "held"),
                                    ("postponed", "postponed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="held",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "number",
                            agreements.fields.CountField(
                                blank=True,
                                default=1,
                                help_text="Normally 1. 0: the source says that there was none. Empty: several, not known how many.",
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
                            "people",
                            agreements.fields.CountField(
                                blank=True,
                                help_text="Empty: not known.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        0, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        999999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="people",
                            ),
                        ),
                        (
                            "planned",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="planned for"
                            ),
                        ),
                        ("planned_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("planned_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "held",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="held on"
                            ),
                        ),
                        ("held_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("held_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "in_plan",
                            models.BooleanField(blank=True, null=True, verbose_name="in the yearly plan"),
                        ),
                        (
                            "purpose",
                            agreements.fields.LongText(blank=True, default="", verbose_name="purpose"),
                        ),
                        (
                            "funding",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("central", "central budget"),
                                    ("province", "provincial budget"),
                                    ("district", "district budget (former)"),
                                    ("commune", "commune budget"),
                                    ("social", "social contributions"),
                                    ("enterprise", "enterprises"),
                                    ("partner", "the partner"),
                                    ("other", "other source"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="paid from",
                            ),
                        ),
                        (
                            "cost",
                            agreements.fields.QuantityField(
                                blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="cost"
                            ),
                        ),
                        (
                            "report_due_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="report due on"
                            ),
                        ),
                        (
                            "report_due_first",
                            agreements.fields.FirstDay(blank=True, editable=False, null=True),
                        ),
                        ("report_due_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "reported_on",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, verbose_name="reported on"
                            ),
                        ),
                        ("reported_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("reported_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "name", "code", "purpose", blank=True, editable=False
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
                            "currency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"vocabulary": "currency"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="currency",
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
                            "part_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delegation",
                                verbose_name="of which",
                            ),
                        ),
                        (
                            "reason",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Why none, why cancelled.",
                                limit_choices_to={"vocabulary": "reason"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="reason",
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
                    ],
                    options={
                        "verbose_name": "historical delegation",
                        "verbose_name_plural": "historical delegations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDelegation_fields",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delegation",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="delegations.historicaldelegation",
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
                        "verbose_name": "HistoricalDelegation_fields",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDelegationRole",
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
                                    ("sender", "sent by"),
                                    ("host", "host"),
                                    ("inviter", "invited by"),
                                    ("visited", "visited"),
                                    ("head", "head"),
                                    ("deputy", "deputy head"),
                                    ("member", "member"),
                                ],
                                max_length=10,
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
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delegation",
                                verbose_name="delegation",
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
                        "verbose_name": "historical part taken in a delegation",
                        "verbose_name_plural": "historical parts taken in delegations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDelivery",
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
                            "review_note",
                            agreements.fields.LongText(
                                blank=True, default="", editable=False, verbose_name="note of the review"
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="HT", verbose_name="code"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("support", "support"),
                                    ("relief", "emergency relief"),
                                    ("gift", "gift"),
                                ],
                                default="support",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("delivered", "delivered"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="delivered",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "held",
                            agreements.fields.EdtfField(
                                blank=True,
                                default="",
                                max_length=40,
                                period=True,
                                verbose_name="delivered on",
                            ),
                        ),
                        ("held_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("held_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        ("folded", agreements.fields.FoldedField("code", "note", blank=True, editable=False)),
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
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delegation",
                                verbose_name="handed over by the delegation",
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.meeting",
                                verbose_name="handed over at the meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical delivery of aid",
                        "verbose_name_plural": "historical deliveries of aid",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDelivery_fields",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delivery",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="delegations.historicaldelivery",
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
                        "verbose_name": "HistoricalDelivery_fields",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDeliveryLine",
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
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(
                                        1, "%(show_value)s is too small: write %(limit_value)s or more."
                                    ),
                                    django.core.validators.MaxValueValidator(
                                        9999, "%(show_value)s is too large: write %(limit_value)s or less."
                                    ),
                                ],
                                verbose_name="line",
                            ),
                        ),
                        (
                            "description",
                            agreements.fields.Text(
                                blank=True, default="", max_length=500, verbose_name="description"
                            ),
                        ),
                        (
                            "quantity",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: not known.",
                                max_digits=15,
                                null=True,
                                verbose_name="quantity",
                            ),
                        ),
                        (
                            "quantity_is",
                            models.CharField(
                                choices=[
                                    ("exactly", "exactly"),
                                    ("more_than", "more than"),
                                    ("nearly", "nearly"),
                                    ("about", "about"),
                                ],
                                default="exactly",
                                max_length=10,
                                verbose_name="quantity is",
                            ),
                        ),
                        (
                            "amount",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                help_text="Money or value; empty: not known.",
                                max_digits=15,
                                null=True,
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "amount_is",
                            models.CharField(
                                choices=[
                                    ("exactly", "exactly"),
                                    ("more_than", "more than"),
                                    ("nearly", "nearly"),
                                    ("about", "about"),
                                ],
                                default="exactly",
                                max_length=10,
                                verbose_name="amount is",
                            ),
                        ),
                        (
                            "funding",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("central", "central budget"),
                                    ("province", "provincial budget"),
                                    ("district", "district budget (former)"),
                                    ("commune", "commune budget"),
                                    ("social", "social contributions"),
                                    ("enterprise", "enterprises"),
                                    ("partner", "the partner"),
                                    ("other", "other source"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="paid from",
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
                            "currency",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"vocabulary": "currency"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delivery",
                                verbose_name="delivery",
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
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"vocabulary": "item"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="item",
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
                                to="delegations.deliveryline",
                                verbose_name="of which",
                            ),
                        ),
                        (
                            "receiver",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="One of the receivers; empty: not split.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="receiver",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                limit_choices_to={"vocabulary": "unit"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.term",
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical line of a delivery",
                        "verbose_name_plural": "historical lines of deliveries",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDeliveryRole",
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
                                    ("giver", "giver"),
                                    ("receiver", "receiver"),
                                    ("funder", "funder"),
                                    ("witness", "witness"),
                                ],
                                max_length=10,
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
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delivery",
                                verbose_name="delivery",
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
                        "verbose_name": "historical part taken in a delivery",
                        "verbose_name_plural": "historical parts taken in deliveries",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMeeting",
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
                            "review_note",
                            agreements.fields.LongText(
                                blank=True, default="", editable=False, verbose_name="note of the review"
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="HD", verbose_name="code"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talks", "talks"),
                                    ("courtesy", "courtesy call"),
                                    ("working", "working session"),
                                    ("reception", "reception"),
                                    ("signing", "signing"),
                                    ("ceremony", "ceremony"),
                                    ("site_visit", "site visit"),
                                    ("conference", "conference"),
                                    ("promotion", "promotion"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("in_person", "in person"),
                                    ("online", "online"),
                                    ("hybrid", "in person and online"),
                                ],
                                default="in_person",
                                max_length=10,
                                verbose_name="mode",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("held", "held"),
                                    ("postponed", "postponed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="held",
                                max_length=10,
                                verbose_name="status",
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
                            "held",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="held on"
                            ),
                        ),
                        ("held_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("held_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "results",
                            agreements.fields.LongText(
                                blank=True, default="", verbose_name="contents and results"
                            ),
                        ),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "code", "results", "note", blank=True, editable=False
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
                                help_text="The office that keeps this record.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="agreements.body",
                                verbose_name="place",
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
                    ],
                    options={
                        "verbose_name": "historical meeting",
                        "verbose_name_plural": "historical meetings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                            "review_note",
                            agreements.fields.LongText(
                                blank=True, default="", editable=False, verbose_name="note of the review"
                            ),
                        ),
                        (
                            "code",
                            agreements.fields.CodeField(
                                blank=True, max_length=40, prefix="HD", verbose_name="code"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talks", "talks"),
                                    ("courtesy", "courtesy call"),
                                    ("working", "working session"),
                                    ("reception", "reception"),
                                    ("signing", "signing"),
                                    ("ceremony", "ceremony"),
                                    ("site_visit", "site visit"),
                                    ("conference", "conference"),
                                    ("promotion", "promotion"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("in_person", "in person"),
                                    ("online", "online"),
                                    ("hybrid", "in person and online"),
                                ],
                                default="in_person",
                                max_length=10,
                                verbose_name="mode",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("held", "held"),
                                    ("postponed", "postponed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="held",
                                max_length=10,
                                verbose_name="status",
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
                            "held",
                            agreements.fields.EdtfField(
                                blank=True, default="", max_length=40, period=True, verbose_name="held on"
                            ),
                        ),
                        ("held_first", agreements.fields.FirstDay(blank=True, editable=False, null=True)),
                        ("held_last", agreements.fields.LastDay(blank=True, editable=False, null=True)),
                        (
                            "results",
                            agreements.fields.LongText(
                                blank=True, default="", verbose_name="contents and results"
                            ),
                        ),
                        (
                            "folded",
                            agreements.fields.FoldedField(
                                "code", "results", "note", blank=True, editable=False
                            ),
                        ),
                        (
                            "delegations",
                            models.ManyToManyField(
                                blank=True,
                                help_text="None for online talks.",
                                related_name="meetings",
                                to="delegations.delegation",
                                verbose_name="delegations",
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
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings_here",
                                to="agreements.body",
                                verbose_name="place",
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
                    ],
                    options={
                        "verbose_name": "meeting",
                        "verbose_name_plural": "meetings",
                        "ordering": [
                            models.OrderBy(models.F("held_first"), descending=True, nulls_last=True),
                            "code",
                        ],
                        "permissions": [("approve_meeting", "Approve or return meetings")],
                        "indexes": [models.Index(fields=["held_first", "held_last"], name="meeting_held")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "code"),
                                name="meeting_code_once_in_an_office",
                                violation_error_message="This code is in use in the office: choose another, or leave it empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on__isnull", True),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_withdrawn_with_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__isnull", True), ("number__gt", 0), _connector="OR"
                                ),
                                name="meeting_number_not_zero",
                                violation_error_message="No meeting is no record: leave it empty if the number is not known.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalVisitCitation",
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
                                    ("proposal", "proposal"),
                                    ("decision", "decision"),
                                    ("plan", "plan"),
                                    ("minutes", "handover minutes"),
                                    ("evidence", "evidence"),
                                    ("report", "report"),
                                    ("result_report", "report on results"),
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
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delegation",
                                verbose_name="delegation",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delivery",
                                verbose_name="delivery",
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.meeting",
                                verbose_name="meeting",
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
                    name="HistoricalMeetingRole",
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
                                    ("host", "host"),
                                    ("chair", "chair"),
                                    ("participant", "participant"),
                                    ("mentioned", "mentioned"),
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
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical part taken in a meeting",
                        "verbose_name_plural": "historical parts taken in meetings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMeeting_fields",
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
                                to="delegations.historicalmeeting",
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
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalMeeting_fields",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMeeting_delegations",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delegation",
                            ),
                        ),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="delegations.historicalmeeting",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalMeeting_delegations",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContribution",
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
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed", "signed there"),
                                    ("exchanged", "exchanged there"),
                                    ("discussed", "discussed"),
                                    ("made", "promised there"),
                                    ("serves", "serves"),
                                ],
                                default="serves",
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "quantity",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                help_text="In the unit of the commitment; empty: not known.",
                                max_digits=15,
                                null=True,
                                verbose_name="quantity",
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
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delegation",
                                verbose_name="delegation",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.delivery",
                                verbose_name="delivery",
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
                            "line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.deliveryline",
                                verbose_name="line",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="delegations.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical contribution to an agreement or commitment",
                        "verbose_name_plural": "historical contributions to agreements and commitments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Contribution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("signed", "signed there"),
                                    ("exchanged", "exchanged there"),
                                    ("discussed", "discussed"),
                                    ("made", "promised there"),
                                    ("serves", "serves"),
                                ],
                                default="serves",
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "quantity",
                            agreements.fields.QuantityField(
                                blank=True,
                                decimal_places=2,
                                help_text="In the unit of the commitment; empty: not known.",
                                max_digits=15,
                                null=True,
                                verbose_name="quantity",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="agreements.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="agreements.commitment",
                                verbose_name="commitment",
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
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="delegations.delegation",
                                verbose_name="delegation",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="delegations.delivery",
                                verbose_name="delivery",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="delegations.deliveryline",
                                verbose_name="line",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="delegations.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contribution to an agreement or commitment",
                        "verbose_name_plural": "contributions to agreements and commitments",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("delegation__isnull", False)),
                                fields=["delegation"],
                                name="contribution_delegation_set",
                            ),
                            models.Index(
                                condition=models.Q(("meeting__isnull", False)),
                                fields=["meeting"],
                                name="contribution_meeting_set",
                            ),
                            models.Index(
                                condition=models.Q(("delivery__isnull", False)),
                                fields=["delivery"],
                                name="contribution_delivery_set",
                            ),
                            models.Index(
                                condition=models.Q(("agreement__isnull", False)),
                                fields=["agreement"],
                                name="contribution_agreement_set",
                            ),
                            models.Index(
                                condition=models.Q(("commitment__isnull", False)),
                                fields=["commitment"],
                                name="contribution_commitment_set",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("delegation__isnull", False),
                                        ("delivery__isnull", True),
                                        ("meeting__isnull", True),
                                    ),
                                    models.Q(
                                        ("delegation__isnull", True),
                                        ("delivery__isnull", True),
                                        ("meeting__isnull", False),
                                    ),
                                    models.Q(
                                        ("delegation__isnull", True),
                                        ("delivery__isnull", False),
                                        ("meeting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contribution_of_exactly_one_event",
                                violation_error_message="It comes from one delegation, meeting or delivery.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreement__isnull", False), ("commitment__isnull", True)),
                                    models.Q(("agreement__isnull", True), ("commitment__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contribution_to_exactly_one_promise",
                                violation_error_message="It goes to one agreement or one commitment.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("line__isnull", True), ("delivery__isnull", False), _connector="OR"
                                ),
                                name="contribution_line_needs_its_delivery",
                                violation_error_message="A line comes with its delivery.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"
                                ),
                                name="contribution_quantity_not_negative",
                                violation_error_message="A quantity is not negative: correct the number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__isnull", True), ("commitment__isnull", False), _connector="OR"
                                ),
                                name="contribution_quantity_has_its_commitment",
                                violation_error_message="A quantity is given for a commitment only: choose it, or leave the quantity empty.",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Coalesce(
                                    "delegation", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "meeting", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "delivery", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "line", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "agreement", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "commitment", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "counterpart", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("how"),
                                name="contribution_once",
                                violation_error_message="This contribution is entered already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingRole",
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
                                    ("host", "host"),
                                    ("chair", "chair"),
                                    ("participant", "participant"),
                                    ("mentioned", "mentioned"),
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="delegations.meeting",
                                verbose_name="meeting",
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
                        "verbose_name": "part taken in a meeting",
                        "verbose_name_plural": "parts taken in meetings",
                        "ordering": ["role", "rank", "id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["role", "body"], name="meetingrole_role_body")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("body__isnull", False),
                                    ("person__isnull", False),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meetingrole_names_somebody",
                                violation_error_message="Name a body, a person or a title.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role__in", ("host",)), _negated=True),
                                    models.Q(("body__isnull", False), ("person__isnull", True)),
                                    _connector="OR",
                                ),
                                name="meetingrole_of_a_body",
                                violation_error_message="This part is taken by a body: choose it, and leave the person empty.",
                            ),
                            models.UniqueConstraint(
                                models.F("meeting"),
                                models.F("role"),
                                django.db.models.functions.comparison.Coalesce(
                                    "body", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "person", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("title"),
                                name="meetingrole_once",
                                violation_error_message="This part is entered twice.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitCitation",
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
                                    ("proposal", "proposal"),
                                    ("decision", "decision"),
                                    ("plan", "plan"),
                                    ("minutes", "handover minutes"),
                                    ("evidence", "evidence"),
                                    ("report", "report"),
                                    ("result_report", "report on results"),
                                ],
                                default="source",
                                max_length=15,
                                verbose_name="as",
                            ),
                        ),
                        (
                            "delegation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="citations",
                                to="delegations.delegation",
                                verbose_name="delegation",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="citations",
                                to="delegations.delivery",
                                verbose_name="delivery",
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
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="citations",
                                to="delegations.meeting",
                                verbose_name="meeting",
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
                                        ("delegation__isnull", False),
                                        ("delivery__isnull", True),
                                        ("meeting__isnull", True),
                                    ),
                                    models.Q(
                                        ("delegation__isnull", True),
                                        ("delivery__isnull", True),
                                        ("meeting__isnull", False),
                                    ),
                                    models.Q(
                                        ("delegation__isnull", True),
                                        ("delivery__isnull", False),
                                        ("meeting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="visitcitation_for_exactly_one",
                                violation_error_message="A citation is for one delegation, meeting or delivery.",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Coalesce(
                                    "delegation", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "meeting", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                django.db.models.functions.comparison.Coalesce(
                                    "delivery", models.Value(0), output_field=models.BigIntegerField()
                                ),
                                models.F("document"),
                                models.F("role"),
                                models.F("locator"),
                                name="visitcitation_once",
                                violation_error_message="This document is cited here already.",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
