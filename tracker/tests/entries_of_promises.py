"""Entries of papers and promises for test_import_history.py: each step as forms take it, and as files take it.

A step is (page, code of the record that is opened or "", {field: value} of the form, {kind: rows of a file}).
“@model:code” stands for a record; several forms are filled in one after another.
"""

STEPS = {
    "document": [
        (
            "agreements_document",
            "",
            {
                "office": "@body:SNV-F",
                "code": "D-1",
                "kind": "@term:document_kind:plan",
                "number": "01/KH",
                "title": "Một",
                "issuer": "@body:SNV-F",
                "issued_on": "5/6/2022",
                "url": "https://example.org/1",
                "read_on": "7/2022",
                "replaces": "@document:D-0",
                "note": "ghi chú",
            },
            {
                "documents": [
                    {
                        "code": "D-1",
                        "kind": "plan",
                        "number": "01/KH",
                        "title": "Một",
                        "issuer": "SNV-I",
                        "issued_on": "5/6/2022",
                        "url": "https://example.org/1",
                        "read_on": "7/2022",
                        "replaces": "D-0",
                        "note": "ghi chú",
                    }
                ]
            },
        ),
        (
            "agreements_document",
            "D-1",
            {"title": "Hai", "read_on": "", "replaces": ""},
            {"documents": [{"code": "D-1", "title": "Hai", "read_on": "", "replaces": ""}]},
        ),
    ],
    "agreement": [
        (
            "agreements_agreement",
            "",
            {
                "office": "@body:SNV-F",
                "code": "A-1",
                "title": "Thỏa thuận",
                "kind": "@term:agreement_kind:mou",
                "signed_on": "5/6/2022",
                "period": "2022–2025",
                "effective_on": "7/2022",
                "signed_at": "@body:LA",
                "mode": "in_person",
                "languages": "vi|lo",
                "copies": "2",
                "notice_days": "90",
                "binding": "true",
                "fields": ["@term:field:health", "@term:field:trade"],
                "note": "x",
                "roles-party-0-body": "@body:VN",
                "roles-party-1-body": "@body:LA",
                "roles-party-1-rank": "2",
                "links-0-kind": "follows",
                "links-0-other": "@agreement:A-0",
                "citations-0-role": "source",
                "citations-0-document": "@document:D-0",
                "citations-0-locator": "tr. 1",
                "names-0-text": "Tên khác",
                "names-0-language": "und",
                "names-0-script": "Latn",
                "names-0-standing": "variant",
            },
            {
                "agreements": [
                    {
                        "code": "A-1",
                        "title": "Thỏa thuận",
                        "kind": "mou",
                        "signed_on": "5/6/2022",
                        "period": "2022–2025",
                        "effective_on": "7/2022",
                        "signed_at": "LA",
                        "mode": "in_person",
                        "languages": "vi|lo",
                        "copies": "2",
                        "notice_days": "90",
                        "binding": "yes",
                        "fields": "health|trade",
                        "note": "x",
                        "parties": "VN|LA",
                        "follows": "A-0",
                        "sources": "D-0:tr. 1",
                        "other_titles": "Tên khác",
                    }
                ]
            },
        ),
        (
            "agreements_agreement",
            "A-1",
            {
                "binding": "true",
                "title": "Thỏa thuận sửa",
                "mode": "online",
                "fields": ["@term:field:health", "@term:field:culture"],
                "roles-party-1-DELETE": "on",
                "roles-party-2-body": "@body:LA-LP",
                "roles-party-2-rank": "2",
                "links-0-DELETE": "on",
                "names-0-DELETE": "on",
                "roles-focal-0-body": "@body:SNV-X",
            },
            {
                "agreements": [
                    {
                        "code": "A-1",
                        "title": "Thỏa thuận sửa",
                        "mode": "online",
                        "fields": "health|culture",
                        "parties": "VN|LA-LP",
                        "follows": "",
                        "other_titles": "",
                    }
                ],
                "roles": [{"record": "agreement", "code": "SNV-I/A-1", "role": "focal", "body": "SNV-X"}],
            },
        ),
        (
            "agreements_agreement",
            "A-1",
            {
                "binding": "true",
                "note": "",
                "events-0-kind": "extended",
                "events-0-on": "2025",
                "events-0-until": "2027",
                "roles-party-1-as_printed": "Luang Prabang",
            },
            {
                "agreements": [{"code": "A-1", "note": ""}],
                "events": [{"agreement": "SNV-I/A-1", "kind": "extended", "on": "2025", "until": "2027"}],
                "roles": [
                    {
                        "record": "agreement",
                        "code": "SNV-I/A-1",
                        "role": "party",
                        "body": "LA-LP",
                        "as_printed": "Luang Prabang",
                    }
                ],
            },
        ),
    ],
    "commitment": [
        (
            "agreements_commitment",
            "",
            {
                "office": "@body:SNV-F",
                "code": "C-1",
                "agreement": "@agreement:A-0",
                "text": "Đào tạo",
                "article": "Điều 2",
                "strength": "signed",
                "kind": "cumulative",
                "unit": "@term:unit:person",
                "period": "2022–2025",
                "fields": ["@term:field:health"],
                "note": "x",
                "roles-obligor-0-body": "@body:VN",
                "roles-lead-0-body": "@body:SNV-X",
                "targets-0-period": "2022–2025",
                "targets-0-minimum": "10",
                "citations-0-role": "source",
                "citations-0-document": "@document:D-0",
            },
            {
                "commitments": [
                    {
                        "code": "C-1",
                        "agreement": "A-0",
                        "text": "Đào tạo",
                        "article": "Điều 2",
                        "strength": "signed",
                        "kind": "cumulative",
                        "unit": "person",
                        "period": "2022–2025",
                        "fields": "health",
                        "note": "x",
                        "obligors": "VN",
                        "lead": "SNV-X",
                        "minimum": "10",
                        "maximum": "",
                        "sources": "D-0",
                    }
                ]
            },
        ),
        (
            "agreements_commitment",
            "C-1",
            {
                "text": "Đào tạo thêm",
                "fields": [],
                "targets-0-minimum": "12.5",
                "targets-0-maximum": "20",
                "roles-lead-0-DELETE": "on",
                "roles-counterpart-0-body": "@body:LA",
            },
            {
                "commitments": [
                    {
                        "code": "C-1",
                        "text": "Đào tạo thêm",
                        "fields": "",
                        "lead": "",
                        "counterparts": "LA",
                        "minimum": "12.5",
                        "maximum": "20",
                    }
                ]
            },
        ),
        (
            "agreements_commitment",
            "C-1",
            {"note": "hết chỉ tiêu", "targets-0-DELETE": "on"},
            {"commitments": [{"code": "C-1", "note": "hết chỉ tiêu", "minimum": "", "maximum": ""}]},
        ),
    ],
    "progress": [
        (
            "agreements_commitment",
            "",
            {
                "office": "@body:SNV-F",
                "code": "C-1",
                "agreement": "@agreement:A-0",
                "text": "Đào tạo",
                "strength": "signed",
                "kind": "one_off",
                "unit": "@term:unit:person",
                "roles-obligor-0-body": "@body:VN",
            },
            {
                "commitments": [
                    {
                        "code": "C-1",
                        "agreement": "A-0",
                        "text": "Đào tạo",
                        "strength": "signed",
                        "kind": "one_off",
                        "unit": "person",
                        "obligors": "VN",
                    }
                ]
            },
        ),
        (
            "agreements_progress",
            "",
            {
                "commitment": "@commitment:C-1",
                "on": "6/2022",
                "quantity": "5",
                "qualifier": "about",
                "assessment": "partly",
                "reason": "@term:reason:covid",
                "done": "đã họp",
                "difficulties": "dịch",
                "next_step": "tiếp",
                "obligor": "@body:VN",
                "counterpart": "@body:LA",
            },
            {
                "progress": [
                    {
                        "commitment": "SNV-I/C-1",
                        "on": "6/2022",
                        "quantity": "5",
                        "qualifier": "about",
                        "assessment": "partly",
                        "reason": "covid",
                        "done": "đã họp",
                        "difficulties": "dịch",
                        "next_step": "tiếp",
                        "obligor": "VN",
                        "counterpart": "LA",
                    }
                ]
            },
        ),
    ],
    "override": [
        (
            "agreements_commitment",
            "",
            {
                "office": "@body:SNV-F",
                "code": "C-1",
                "agreement": "@agreement:A-0",
                "text": "Đào tạo",
                "strength": "signed",
                "kind": "mechanism",
                "roles-obligor-0-body": "@body:VN",
                "overrides-0-state": "paused",
                "overrides-0-since": "1/3/2026",
                "overrides-0-reason": "Chờ\nđối tác",
                "overrides-0-until": "1/3/2027",
            },
            {
                "commitments": [
                    {
                        "code": "C-1",
                        "agreement": "A-0",
                        "text": "Đào tạo",
                        "strength": "signed",
                        "kind": "mechanism",
                        "obligors": "VN",
                    }
                ],
                "overrides": [
                    {
                        "commitment": "SNV-I/C-1",
                        "since": "1/3/2026",
                        "state": "Tạm dừng",
                        "reason": "Chờ\nđối tác",
                        "until": "1/3/2027",
                    }
                ],
            },
        ),
        (
            "agreements_commitment",
            "C-1",
            {"overrides-0-reason": "Đối tác xin lùi", "overrides-0-until": "30/6/2026", "note": "x"},
            {
                "commitments": [{"code": "C-1", "note": "x"}],
                "overrides": [
                    {
                        "commitment": "SNV-I/C-1",
                        "since": "1/3/2026",
                        "state": "paused",
                        "reason": "Đối tác xin lùi",
                        "until": "30/6/2026",
                    }
                ],
            },
        ),
    ],
}
