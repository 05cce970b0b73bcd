"""Entries of visits, meetings and aid for test_import_history.py: each step as forms take it, and as files take it.

A step is (page, code of the record that is opened or "", {field: value} of the form, {kind: rows of a file}).
“@model:code” stands for a record; several forms are filled in one after another.
"""

STEPS = {
    "delegation": [
        (
            "delegations_delegation",
            "",
            {
                "office": "@body:SNV-F",
                "code": "E-1",
                "name": "Đoàn",
                "direction": "out",
                "held": "5/6/2022",
                "people": "7",
                "purpose": "thăm",
                "level": "leaders",
                "status": "held",
                "cost": "2.5",
                "currency": "@term:currency:VND",
                "fields": ["@term:field:trade", "@term:field:health"],
                "roles-sender-0-body": "@body:VN",
                "roles-visited-0-body": "@body:LA",
                "roles-head-0-person": "@person:nguyen-van-a",
                "roles-head-0-title": "Chủ tịch",
                "contributions-0-agreement": "@agreement:A-0",
                "contributions-0-how": "serves",
                "citations-0-role": "source",
                "citations-0-document": "@document:D-0",
            },
            {
                "delegations": [
                    {
                        "code": "E-1",
                        "name": "Đoàn",
                        "direction": "out",
                        "held": "5/6/2022",
                        "people": "7",
                        "purpose": "thăm",
                        "level": "leaders",
                        "status": "held",
                        "cost": "2.5",
                        "currency": "VND",
                        "fields": "trade|health",
                        "senders": "VN",
                        "visited": "LA",
                        "head": "nguyen-van-a",
                        "head_title": "Chủ tịch",
                        "agreements": "A-0",
                        "sources": "D-0",
                    }
                ]
            },
        ),
        (
            "delegations_delegation",
            "E-1",
            {
                "people": "8",
                "fields": ["@term:field:trade"],
                "roles-head-0-title": "Phó Chủ tịch",
                "roles-host-0-body": "@body:LA",
                "roles-visited-0-DELETE": "on",
                "contributions-0-DELETE": "on",
            },
            {
                "delegations": [
                    {
                        "code": "E-1",
                        "people": "8",
                        "fields": "trade",
                        "head_title": "Phó Chủ tịch",
                        "hosts": "LA",
                        "visited": "",
                        "agreements": "",
                    }
                ]
            },
        ),
    ],
    "meeting": [
        (
            "delegations_meeting",
            "",
            [
                {
                    "page": "delegations_delegation",
                    "office": "@body:SNV-F",
                    "code": "E-1",
                    "name": "Đoàn",
                    "direction": "in",
                    "held": "2022",
                    "roles-visited-0-body": "@body:VN",
                },
                {
                    "office": "@body:SNV-F",
                    "code": "M-1",
                    "kind": "talks",
                    "held": "5/6/2022",
                    "place": "@body:VN",
                    "results": "tốt",
                    "delegations": ["@delegation:E-1"],
                    "fields": ["@term:field:health"],
                    "roles-host-0-body": "@body:VN",
                    "roles-chair-0-person": "@person:tran-thi-b",
                },
            ],
            {
                "delegations": [
                    {"code": "E-1", "name": "Đoàn", "direction": "in", "held": "2022", "visited": "VN"}
                ],
                "meetings": [
                    {
                        "code": "M-1",
                        "kind": "talks",
                        "held": "5/6/2022",
                        "place": "VN",
                        "results": "tốt",
                        "delegations": "SNV-I/E-1",
                        "fields": "health",
                        "hosts": "VN",
                        "chairs": "tran-thi-b",
                    }
                ],
            },
        ),
        (
            "delegations_meeting",
            "M-1",
            {"held": "6/6/2022", "delegations": [], "fields": ["@term:field:trade"]},
            {"meetings": [{"code": "M-1", "held": "6/6/2022", "delegations": "", "fields": "trade"}]},
        ),
    ],
    "delivery": [
        (
            "delegations_delivery",
            "",
            {
                "office": "@body:SNV-F",
                "code": "H-1",
                "kind": "support",
                "status": "delivered",
                "held": "2021",
                "note": "x",
                "fields": ["@term:field:health"],
                "roles-giver-0-body": "@body:VN",
                "roles-receiver-0-body": "@body:LA",
                "lines-0-number": "1",
                "lines-0-item": "@term:item:students",
                "lines-0-quantity_is": "exactly",
                "lines-0-quantity": "78",
                "lines-0-unit": "@term:unit:person",
                "lines-0-amount_is": "exactly",
                "lines-1-number": "2",
                "lines-1-of_which": "on",
                "lines-1-item": "@term:item:students",
                "lines-1-quantity": "65",
                "lines-1-quantity_is": "nearly",
                "lines-1-unit": "@term:unit:person",
                "lines-1-amount_is": "about",
                "lines-1-amount": "300.000.000",
                "lines-1-currency": "@term:currency:VND",
                "lines-1-funding": "province",
                "lines-1-receiver": "@body:LA",
                "lines-1-description": "cử nhân",
            },
            {
                "deliveries": [
                    {
                        "code": "H-1",
                        "kind": "support",
                        "status": "delivered",
                        "held": "2021",
                        "note": "x",
                        "fields": "health",
                        "givers": "VN",
                        "receivers": "LA",
                    }
                ],
                "lines": [
                    {
                        "delivery": "SNV-I/H-1",
                        "number": "1",
                        "part_of": "",
                        "item": "students",
                        "quantity": "78",
                        "quantity_is": "exactly",
                        "unit": "person",
                        "amount": "",
                        "amount_is": "exactly",
                        "currency": "",
                        "funding": "",
                        "receiver": "",
                        "description": "",
                    },
                    {
                        "delivery": "SNV-I/H-1",
                        "number": "2",
                        "part_of": "1",
                        "item": "students",
                        "quantity": "65",
                        "quantity_is": "nearly",
                        "unit": "person",
                        "amount": "300.000.000",
                        "amount_is": "about",
                        "currency": "VND",
                        "funding": "province",
                        "receiver": "LA",
                        "description": "cử nhân",
                    },
                ],
            },
        ),
        (
            "delegations_delivery",
            "H-1",
            {
                "note": "y",
                "fields": [],
                "lines-0-quantity": "80",
                "lines-1-description": "",
                "roles-receiver-1-body": "@body:LA-LP",
                "roles-receiver-1-rank": "2",
            },
            {
                "deliveries": [{"code": "H-1", "note": "y", "fields": "", "receivers": "LA|LA-LP"}],
                "lines": [
                    {"delivery": "SNV-I/H-1", "number": "1", "quantity": "80", "description": ""},
                    {"delivery": "SNV-I/H-1", "number": "2", "quantity": "65", "description": ""},
                ],
            },
        ),
    ],
}
