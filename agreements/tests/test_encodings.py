"""Encodings: what is certain is read, what is doubtful is shown, what is garbled is refused."""

import io
import unicodedata
from pathlib import Path

import pytest
from django.utils.translation import override

from agreements.interchange import encodings
from agreements.interchange.encodings import SheetError, decode, recognise
from agreements.interchange.garbled import Garbled


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language of the code."""
    with override("en"):
        yield


ROOT = Path(encodings.__file__).parents[2]
VIETNAMESE = (
    "mã,tên\n1,Tỉnh Nghệ An và Thủ đô Viêng Chăn\n2,Hỗ trợ xây dựng trường học, đường giao thông, ĐÃ KÝ\n"
    "3,tất cả đều ổn; nữa, ưu đãi, ở Xiêng Khoảng\n4,hoãn, hoàn toàn, quá trình\n5,khoảng 300 suất quà\n"
)
FRENCH = "nom,ville\n1,Août à Orléans où l'œuvre naïve coûte\n2,théâtre, Saône, déjà vu\n"
LAO = "ລະຫັດ,ຊື່\n1,ນະຄອນຫຼວງວຽງຈັນ\n2,ແຂວງຊຽງຂວາງ\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_windows_1258(text):
    """Text as windows-1258 has it: the letter with its shape, its tone behind it."""
    written = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in apart if mark in TONES)
        shape = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES))
        written.append(letter if letter.isascii() else shape + tones)
    return "".join(written).encode("windows-1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [VIETNAMESE, LAO, FRENCH, "a;b\n1;2\n"])
def test_unicode_is_certain(encoding, text):
    found = decode(text.encode(encoding))
    assert found.text.lstrip("\ufeff") == text
    assert found.certain


def test_big_endian_is_known_by_its_mark():
    assert decode(b"\xfe\xff" + "mã".encode("utf-16-be")).text == "mã"


def test_windows_1258_is_composed_and_doubtful():
    found = decode(in_windows_1258(VIETNAMESE))
    assert found.text == VIETNAMESE
    assert (found.encoding, found.certain) == ("windows-1258", False)
    assert found.alternatives == ["windows-1258", "windows-1252"]
    assert len(found.samples["windows-1258"]) == 5
    assert found.samples["windows-1258"][1] == "1,Tỉnh Nghệ An và Thủ đô Viêng Chăn"
    assert found.samples["windows-1252"][1] != found.samples["windows-1258"][1]


def test_a_french_file_of_eight_bits_is_doubtful_too():
    found = decode(FRENCH.encode("cp1252"))
    assert not found.certain
    assert "Août à Orléans" in found.samples["windows-1252"][0]


def test_an_encoding_can_be_forced():
    content = in_windows_1258(VIETNAMESE)
    assert decode(content, "cp1258").text == VIETNAMESE
    assert decode(content, "windows-1258").certain
    assert decode("Ðà".encode("cp1252"), "windows-1252").text == "Đà"
    with pytest.raises(SheetError, match="not in UTF-8"):
        decode(content, "utf-8")
    with pytest.raises(SheetError, match="“klingon” is no known encoding"):
        decode(content, "klingon")


GARBLED = {
    "hép møt tÕt ViÖt": "TCVN3",
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam": "TCVN3",
    "tØnh NghÖ An": "TCVN3",
    "®ång ý ®Ò": "TCVN3",
    "Vieät Nam vaø Haø Noäi": "VNI",
    "Toång coäng": "VNI",
    "ñaøo taïo Haø": "VNI",
    "ViÃªng ChÄƒn": "garbled",
    "Việt Nam, tỉnh Nghệ An".encode().decode("latin-1"): "garbled",
    "ວຽງຈັນ ຫຼວງພະບາງ".encode().decode("latin-1"): "garbled",
    "Hà Nội, Việt Nam".encode().decode("latin-1"): "garbled",
}


@pytest.mark.parametrize("text", GARBLED)
def test_garbled_text_is_refused_and_shown(text):
    with pytest.raises(SheetError) as refusal:
        decode(f"a,b\n1,{text}\n".encode())
    assert GARBLED[text] in str(refusal.value)
    if text.isprintable() and "," not in text:
        assert f"“{text}”" in str(refusal.value)


@pytest.mark.parametrize("text", ["hép møt tÕt ViÖt", "Céng hoµ x· héi chñ nghÜa", "ñaøo taïo, Toång coäng"])
def test_old_fonts_are_refused_in_files_of_eight_bits(text):
    with pytest.raises(SheetError, match="font of"):
        decode(text.encode("cp1252"))


def odd_words(content):
    found = Garbled()
    found.feed(content)
    return found.odd()


@pytest.mark.parametrize("text", ["tÕt", "Tỉnh Nghệ An, tÕt", "®ång, ®ång, ®ång", "Vieät Nam", "ViÃªng"])
def test_one_old_word_is_read_and_told_however_often_it_stands_there(text):
    found = decode(f"a,b\n1,{text}\n".encode())
    assert found.certain
    assert found.odd == [text.split(", ")[-1].split()[0]]


def test_two_old_words_are_read_where_proper_text_is_many_times_as_long():
    assert decode(("Tỉnh Nghệ An, " * 20 + "tÕt, ViÖt Nam").encode()).odd == ["tÕt", "ViÖt"]
    with pytest.raises(SheetError, match="tÕt"):
        decode(("Tỉnh Nghệ An, " * 19 + "tÕt, ViÖt Nam").encode())


@pytest.mark.parametrize(
    "text", ["NULL%sØ", "á»»", "á»» á»» x", "a_tÕt", "ViệtÖt", "{0}sØ", "[tÕt]", "sØ/tÕ"]
)
def test_odd_signs_that_no_old_text_holds_are_no_words_of_one(text):
    assert odd_words(f"a,b\n1,{text}\n".encode()) == []


def test_two_old_words_among_little_proper_text_are_enough():
    with pytest.raises(SheetError, match="tÕt"):
        decode("Tỉnh Nghệ An, tÕt, ViÖt Nam".encode())


REAL = [
    "“THỊ XÃ”, “XÔ, XÃ… QUÁ» ÂU– Ä", "hoãn hoàn toán thoã oà uâ", "Straße 10µm Excel® «abc» Company© 25°C m² 5·10",
    "théâtre Noël Saône où naïve maïs Août goût coûte œuvre", "España niño año", "Größe Äpfel Öl Übung",
    "“là á”, «quá»", "São Paulo, João, coração", "São Tomé, Curaçao; Ærøskøbing, Malmö", "3×4 = 12 ½ ¼",
]  # fmt: skip


@pytest.mark.parametrize("text", REAL)
def test_real_text_raises_no_alarm(text):
    assert decode(text.encode()).certain


def test_the_names_of_the_register_raise_no_alarm():
    files = [*ROOT.glob("fixtures/reference/*.csv"), *ROOT.glob("seeds/*.csv")]
    lines = {line for file in files for line in file.read_bytes().splitlines()}
    assert len(lines) > 500
    for line in lines:
        assert odd_words(line) == []  # each line alone: no proper text beside it
        assert odd_words(line.decode().upper().encode()) == []


@pytest.mark.parametrize("content", [b"a,b\0\n1,2\n", bytes(range(256)), "a,\0".encode("utf-16")])
def test_nul_and_noise_are_refused(content):
    with pytest.raises(SheetError):
        decode(content)


def test_a_damaged_file_is_not_taken_for_another_encoding():
    content = (VIETNAMESE * 20).encode()
    with pytest.raises(SheetError, match="UTF-8"):
        decode(content[:700] + b"\xff" + content[700:])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_pieces_do_not_tear_letters_or_hide_garbled_text(monkeypatch, encoding):
    monkeypatch.setattr(encodings, "PIECE", 3)
    assert recognise(io.BytesIO((VIETNAMESE + LAO).encode(encoding))).certain
    with pytest.raises(SheetError, match="ViÃª"):
        recognise(io.BytesIO("Tỉnh, ViÃªng ChÄƒn".encode(encoding)))
