"""Filters over agreements: one definition for lists and reports."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms import EdtfField
from agreements.models import Agreement, Body, Organization, Term


def partners():
    """Places abroad that are a party to some agreement."""
    return Body.objects.exclude(country="VN").filter(
        pk__in=Agreement.objects.filter(roles__role="party").values("roles__body__area")
    )


def offices():
    """Bodies that keep agreements."""
    return Organization.objects.filter(pk__in=Agreement.objects.values("office"))


def used_fields():
    return Term.objects.filter(pk__in=Agreement.fields.through.objects.values("term"))


class AgreementFilter(django_filters.FilterSet):
    """Partner, field and office of agreements (`?partner=12&field=3&office=7`, primary keys)."""

    partner = django_filters.ModelChoiceFilter(
        label=_("Partner"), queryset=lambda request: partners(), method="with_partner", empty_label=_("All")
    )
    field = django_filters.ModelChoiceFilter(
        label=_("Field"), queryset=lambda request: used_fields(), method="in_field", empty_label=_("All")
    )
    office = django_filters.ModelChoiceFilter(
        label=_("Office"), queryset=lambda request: offices(), empty_label=_("All")
    )

    class Meta:
        model = Agreement
        fields = []

    def with_partner(self, queryset, name, value):
        return queryset.with_partner(value)

    def in_field(self, queryset, name, value):
        return queryset.in_field(value)


class OnForm(forms.Form):
    """The day as of which something is told."""

    on = EdtfField(label=_("As of"), required=False)
