"""Example rows of each kind: invented, and together a small register that the import takes.

Choices are given by key; templates show their labels. All codes begin with VD (ví dụ).
"""

OFFICE = "VD-SNV"

EXAMPLES = {
    "terms": [{"vocabulary": "unit", "code": "VD-001", "name": "suất ví dụ", "rank": "900"}],
    "localities": [
        {"code": "VD-001", "name": "Tỉnh Ví Dụ", "name_en": "Example province", "kind": "province", "country": "VN",
         "exists": "từ 1/7/2025", "other_names": "Vi Du|Ví-dụ"},
    ],
    "organizations": [
        {"code": OFFICE, "name": "Sở Ngoại vụ tỉnh Ví Dụ", "kind": "department", "country": "VN", "area": "VD-001"},
        {"code": "VD-VP", "name": "Văn phòng UBND tỉnh Ví Dụ", "kind": "government", "country": "VN",
         "area": "VD-001"},
    ],
    "successions": [{"old": OFFICE, "new": "VD-VP", "on": "1/7/2025", "how": "merged", "document": ""}],
    "people": [{"code": "VD-001", "name": "Nguyễn Văn Ví Dụ", "country": "VN"}],
    "documents": [
        {"office": OFFICE, "code": "VD-001", "kind": "report", "number": "01/BC-VD", "issuer": OFFICE,
         "issued_on": "5/1/2023", "title": "Báo cáo ví dụ về hợp tác năm 2022"},
    ],
    "agreements": [
        {"office": OFFICE, "code": "VD-001", "title": "Thỏa thuận hợp tác ví dụ giai đoạn 2022–2025",
         "kind": "Thỏa thuận hợp tác", "level": "province", "track": "treaty_law", "process": "signed",
         "number": "1", "parties": "VD-001|LA-LP", "signed_on": "27/8/2022", "mode": "in_person",
         "period": "2022–2025", "binding": "không", "languages": "vi|lo", "copies": "4", "sources": "VD-001:tr. 2"},
        {"office": OFFICE, "code": "VD-002", "title": "Biên bản ghi nhớ ví dụ", "kind": "Biên bản ghi nhớ",
         "level": "department", "parties": f"{OFFICE}|LA-LP", "signed_on": "8/2022"},
    ],
    "names": [
        {"of": "body", "code": "VD-001", "text": "Province d'Exemple", "language": "fr", "script": "Latn",
         "standing": "variant"},
    ],
    "events": [
        {"agreement": "VD-001", "kind": "extended", "on": "12/2025", "until": "31/12/2027", "partial": "không",
         "document": "VD-001"},
    ],
    "delegations": [
        {"office": OFFICE, "code": "VD-001", "direction": "out", "name": "Đoàn ví dụ thăm Luông Pha Bang",
         "status": "held", "number": "1", "people": "12", "held": "27–29/8/2022", "senders": "VD-001",
         "hosts": "LA-LP", "head": "VD-001", "head_title": "Phó Chủ tịch UBND tỉnh", "agreements": "VD-001"},
    ],
    "meetings": [
        {"office": OFFICE, "code": "VD-001", "kind": "talks", "mode": "in_person", "status": "held", "number": "1",
         "held": "27/8/2022", "place": "LA-LP", "delegations": "VD-001", "hosts": "LA-LP",
         "results": "Hai bên thống nhất kế hoạch năm 2023."},
    ],
    "commitments": [
        {"office": OFFICE, "code": "VD-001", "agreement": "VD-001", "text": "Nhận 20 lưu học sinh mỗi năm",
         "article": "Điều 3", "strength": "signed", "kind": "per_period", "period": "2022–2025", "every": "year",
         "unit": "người", "minimum": "20", "obligors": "VD-001", "counterparts": "LA-LP", "lead": OFFICE},
    ],
    "targets": [{"commitment": "VD-001", "period": "2023", "minimum": "20", "maximum": "25", "document": "VD-001"}],
    "progress": [
        {"commitment": "VD-001", "number": "1", "on": "2023", "quantity": "18", "qualifier": "exactly",
         "assessment": "in_progress", "done": "Đã tiếp nhận 18 lưu học sinh.", "verified": "có"},
    ],
    "overrides": [
        {"commitment": "VD-001", "since": "1/3/2024", "state": "paused", "until": "31/12/2024",
         "reason": "Hai bên thống nhất tạm dừng tuyển sinh năm 2024 (công văn 12/VD-SNV)."},
    ],
    "deliveries": [
        {"office": OFFICE, "code": "VD-001", "kind": "support", "status": "delivered", "held": "10/2022",
         "givers": "VD-001", "receivers": "LA-LP"},
    ],
    "lines": [
        {"delivery": "VD-001", "number": "1", "item": "Máy tính", "description": "Máy tính xách tay ví dụ",
         "quantity": "15", "quantity_is": "exactly", "unit": "chiếc", "amount": "300000000", "amount_is": "about",
         "currency": "VND"},
    ],
    "roles": [
        {"record": "agreement", "code": "VD-001", "role": "signatory", "body": "VD-001", "person": "VD-001",
         "title": "Chủ tịch UBND tỉnh", "rank": "1"},
    ],
    "links": [{"agreement": "VD-001", "kind": "related", "other": "VD-002"}],
    "contributions": [
        {"event": "delivery", "code": "VD-001", "line": "1", "to": "commitment", "to_code": "VD-001",
         "how": "serves"},
    ],
    "citations": [
        {"record": "commitment", "code": "VD-001", "document": "VD-001", "role": "evidence", "locator": "tr. 4"},
    ],
}  # fmt: skip
"""Kind → rows, each {column: what is written}."""
