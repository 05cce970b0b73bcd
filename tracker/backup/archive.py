"""The file of a backup: a compressed tar of the database, the files, and at its end a manifest that tells all of it.

A reader believes nothing before the last byte is read and every fingerprint compared.
"""

import gzip
import hashlib
import json
import re
import tarfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from tracker.backup.faults import BackupFault

MANIFEST, MARK = "manifest.json", "manifest.sha256"
FILES = "files/"
NAME = re.compile(r"register-(\d{8}-\d{6})(-\d+)?\.tar\.gz")
BLOCK = 1 << 20
LARGEST_MANIFEST = 256 << 20


class Hashed:
    """A file that is read once and knows its fingerprint afterwards."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size=-1):
        block = self.file.read(size)
        self.digest.update(block)
        return block


def write(stream, database, files, held):
    """Write an archive into the binary `stream`; returns its manifest.

    `database` is the path of the dump, `files` a folder, `held` what the database holds. A file that goes while we
    read is left out: the database that was copied before does not tell of it any more, or the check will say so.
    """
    told = {}
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=3) as archive:
        told[database.name] = put(archive, database, database.name)
        for path in sorted(one for one in files.rglob("*") if one.is_file()):
            name = FILES + path.relative_to(files).as_posix()
            if said := put(archive, path, name):
                told[name] = said
        manifest = {**held, "files": told}
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        put_text(archive, MANIFEST, text)
        put_text(archive, MARK, hashlib.sha256(text).hexdigest().encode())
    return manifest


def put(archive, path, name):
    """Put one file into the archive; [bytes, sha256], or None if it is gone."""
    try:
        with open(path, "rb") as file:
            entry = archive.gettarinfo(arcname=name, fileobj=file)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            hashed = Hashed(file)
            archive.addfile(entry, hashed)
    except FileNotFoundError:
        return None
    return [entry.size, hashed.digest.hexdigest()]


def put_text(archive, name, text):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text), 0o600
    archive.addfile(entry, BytesIO(text))


def check(path, into=None):
    """The manifest of an archive in which everything is right; its members are written below `into`, if named.

    Raises BackupFault for whatever is cut, changed, missing or more than the manifest tells.
    """
    try:
        with gzip.open(path) as stream, tarfile.open(fileobj=stream, mode="r|", bufsize=BLOCK) as archive:
            seen, texts = members(archive, into)
            while stream.read(BLOCK):  # to the end: the compression has a check sum there
                pass
    except FileNotFoundError as error:
        raise BackupFault(f"Không có tệp {path}: hãy kiểm tra tên và thư mục.") from error
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError) as error:
        raise damaged(path, "tệp bị cắt hoặc bị hỏng") from error
    return manifest_of(path, seen, texts)


def members(archive, into):
    """({name: [bytes, sha256]}, {name: text of the manifest or its mark}) of an open archive."""
    seen, texts = {}, {}
    for entry in archive:
        if not entry.isfile() or entry.name in seen or not safe(entry.name):
            raise tarfile.TarError(entry.name)
        content = archive.extractfile(entry)
        if entry.name in (MANIFEST, MARK):
            texts[entry.name] = content.read(LARGEST_MANIFEST)
        else:
            seen[entry.name] = copied(content, into and into / entry.name)
    return seen, texts


def safe(name):
    """Whether a name stays below the folder into which an archive is unpacked."""
    parts = PurePosixPath(name).parts
    return not name.startswith("/") and ".." not in parts and "\\" not in name and ":" not in name


def copied(content, target):
    """Read one member, and write it to `target` if there is one; [bytes, sha256]."""
    digest, size, out = hashlib.sha256(), 0, None
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        out = open(target, "xb")  # noqa: SIM115 - closed below
    try:
        while block := content.read(BLOCK):
            digest.update(block)
            size += len(block)
            if out:
                out.write(block)
    finally:
        if out:
            out.close()
    return [size, digest.hexdigest()]


def manifest_of(path, seen, texts):
    """The manifest, when it is whole and tells exactly what was seen."""
    text = texts.get(MANIFEST)
    if text is None or hashlib.sha256(text).hexdigest().encode() != texts.get(MARK):
        raise damaged(path, "bảng kê manifest.json thiếu hoặc đã bị sửa")
    manifest = json.loads(text)
    for name in sorted({*seen, *manifest["files"]}):
        if seen.get(name) != manifest["files"].get(name):
            raise damaged(path, f"“{name}” thiếu, thừa hoặc khác với bảng kê")
    return manifest


def damaged(path, why):
    return BackupFault(f"Bản sao lưu {path} không dùng được: {why}. Hãy dùng bản khác.")
