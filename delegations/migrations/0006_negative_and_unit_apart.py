"""“Not negative” and “needs its unit” are two rules with a sentence each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0005_reported_after_held"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="contribution",
            name="contribution_quantity_of_a_commitment",
        ),
        migrations.RemoveConstraint(
            model_name="delegation",
            name="delegation_cost_has_a_currency",
        ),
        migrations.RemoveConstraint(
            model_name="deliveryline",
            name="deliveryline_quantity_has_a_unit",
        ),
        migrations.RemoveConstraint(
            model_name="deliveryline",
            name="deliveryline_amount_has_a_currency",
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"),
                name="contribution_quantity_not_negative",
                violation_error_message="A quantity is not negative: correct the number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity__isnull", True), ("commitment__isnull", False), _connector="OR"
                ),
                name="contribution_quantity_has_its_commitment",
                violation_error_message="A quantity is given for a commitment only: choose it, or leave the quantity empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__isnull", True), ("cost__gte", 0), _connector="OR"),
                name="delegation_cost_not_negative",
                violation_error_message="A cost is not negative: correct the number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__isnull", True), ("currency__isnull", False), _connector="OR"),
                name="delegation_cost_has_its_currency",
                violation_error_message="A cost needs its currency: choose it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__isnull", True), ("quantity__gte", 0), _connector="OR"),
                name="deliveryline_quantity_not_negative",
                violation_error_message="A quantity is not negative: correct the number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__isnull", True), ("unit__isnull", False), _connector="OR"),
                name="deliveryline_quantity_has_its_unit",
                violation_error_message="A quantity needs its unit: choose it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                name="deliveryline_amount_not_negative",
                violation_error_message="An amount is not negative: correct the number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("currency__isnull", False), _connector="OR"),
                name="deliveryline_amount_has_its_currency",
                violation_error_message="An amount needs its currency: choose it.",
            ),
        ),
    ]
