"""Files of places, organizations, terms, names, people and what succeeds what."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import pytest
from django.utils.translation import override

from agreements.models import (
    Locality,
    Name,
    Organization,
    Person,
    Term,
)
from agreements.resources import (
    LocalityResource,
    NameResource,
    OrganizationResource,
    PersonResource,
    SuccessionResource,
    TermResource,
)
from agreements.tests.test_resources import PLACES, english, load, refused, register  # noqa: F401

pytestmark = pytest.mark.django_db


def test_a_place_is_its_own_area_and_no_organization(register):
    assert load(LocalityResource, PLACES) == (0, 0, len(PLACES) - 1)
    place = Locality.objects.get(code="LA-LP")
    assert place.area_id == place.pk
    assert refused(OrganizationResource, ["code,name,kind,country,area", "X,Xã,province,VN,VN"])[1] == "kind"
    assert refused(LocalityResource, ["code,name,kind,country", "X,Sở,department,VN"])[1] == "kind"


def test_organizations_may_name_their_parent_further_down(register):
    lines = ["code,name,kind,country,area,parent", "P1,Phòng,department,VN,VN2025-14,P2"]
    load(OrganizationResource, [*lines, "P2,Sở,department,vn,Sơn La,"])
    assert Organization.objects.get(code="P1").parent.code == "P2"


def test_terms_may_name_their_parent_further_down_but_only_in_their_list(register):
    lines = ["vocabulary,code,name,parent", "item,rice_bag,Bao gạo,cereals", "item,cereals,Ngũ cốc,"]
    load(TermResource, lines)
    assert Term.objects.get(code="rice_bag").parent.code == "cereals"
    fault = refused(TermResource, ["vocabulary,code,name,parent", "item,x,X,health"])
    assert fault[:2] == (2, "parent")


def test_other_names_are_filled_in_by_the_sheet_of_names(register):
    load(LocalityResource, ["code,other_names", "LA-LP,Luang Prabang|ຫຼວງພະບາງ"])
    names = ["of,code,text,language,script,standing", "body,LA-LP,Luang Prabang,en,Latn,official"]
    assert load(NameResource, names) == (0, 1, 0)
    assert sorted(Name.objects.values_list("language", "script", "standing")) == [
        ("en", "Latn", "official"),
        ("lo", "Laoo", "variant"),
    ]
    load(LocalityResource, ["code,other_names", "LA-LP,Luang Prabang"])
    assert Name.objects.get().standing == "official"


def test_names_take_the_words_of_staff_for_what_bears_them(register):
    load(PersonResource, ["code,name", "p1,Bounnhang"])
    with override("vi"):
        word = str(Person._meta.verbose_name)
    assert load(NameResource, ["of,code,text,language", f"{word},p1,Bun Nhang,vi"]) == (1, 0, 0)
    row, column, sentence = refused(NameResource, ["of,code,text,language", "xe,p1,X,vi"])
    assert (row, column) == (2, "of")
    assert sentence.startswith("“xe” is no kind of record")


def test_people_are_known_by_an_unambiguous_name(register):
    assert load(PersonResource, ["name,country", "Phan Văn Mãi,VN"]) == (1, 0, 0)
    assert load(PersonResource, ["name,country", "Phan Văn Mãi,VN"]) == (0, 0, 1)
    assert Person.objects.get().code == "phan-van-mai"


def test_a_body_succeeds_another_on_a_day(register):
    lines = ["old,new,on,how", "VN2024-79,VN2025-79,1/7/2025,merged"]
    assert load(SuccessionResource, lines) == (1, 0, 0)
    assert refused(SuccessionResource, ["old,new,on,how", "LA-LP,LA-LP,2025,merged"])[0] == 2
