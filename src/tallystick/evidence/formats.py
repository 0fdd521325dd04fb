"""What a file says it is by its name, and what it is by its first bytes."""

from tallystick.evidence.refusals import UnableToRead, quoted

SUFFIXES = {".csv.gz": "csv.gz", ".xes.gz": "xes.gz", ".csv": "csv", ".xlsx": "xlsx", ".xes": "xes"}
ACCEPTED = "accepted are .csv, .csv.gz, .xlsx, .xes and .xes.gz"
HEAD = 4096
LONGEST_SUFFIX = 8

TEXT = "text"
XML = "XML"
ZIP = "a ZIP archive"
GZIP = "a gzip file"
CFBF = "an older Office file, or an encrypted one"
UTF_16 = "text in UTF-16"

# What the content has to be for each format; inside gzip, the second is looked for.
EXPECTED = {"csv": (TEXT,), "csv.gz": (GZIP, TEXT), "xlsx": (ZIP,), "xes": (XML,), "xes.gz": (GZIP, XML)}

_SIGNS = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", GZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", CFBF),
    (b"\xff\xfe", UTF_16),
    (b"\xfe\xff", UTF_16),
    (b"%PDF", "a PDF document"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a rich text document"),
)
_MARKUP = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", XML),
    (b"<log", XML),
    (b"<!--", XML),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


# A comma-separated file with one of these is still read as text, to say in which row it stands.
_NEVER_IN_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def format_of(name: str) -> str:
    """Return the format that a name ends in.

    :raises UnableToRead: if it is none of those accepted, or the name holds what cannot be shown
    """
    if not name.isprintable():
        raise UnableToRead("The file's name holds control or invisible characters. Rename it.")
    for suffix, format_ in SUFFIXES.items():
        if name.lower().endswith(suffix):
            return format_
    dot = name.rpartition(".")
    said = quoted(f".{dot[2]}") if dot[1] and len(dot[2]) <= LONGEST_SUFFIX else "no known format"
    raise UnableToRead(f"The name ends in {said}; {ACCEPTED}. Save the file as one of these.")


def content_of(head: bytes) -> str:
    """Return in words what a file with such first bytes is."""
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for sign, kind in _MARKUP:
        if text.startswith(sign):
            return kind
    return TEXT


def check_content(head: bytes, format_: str, depth: int = 0) -> None:
    """Refuse a file whose content is not what its name says; `depth` 1 looks inside gzip.

    :raises UnableToRead: naming both
    """
    found, expected = content_of(head), EXPECTED[format_][depth]
    if found == expected:
        return
    if found == UTF_16:
        raise UnableToRead("The text is UTF-16. Save it as UTF-8; Excel calls that CSV UTF-8.")
    if found == TEXT and any(byte in _NEVER_IN_TEXT for byte in head):
        found = "of no kind that is known"
    where = "The packed content" if depth else "The content"
    raise UnableToRead(
        f"{where} is {found}, but the name says .{format_}. Send a file whose content is what its name says."
    )
