"""Whether the log may be written to: it has to hold together, and to be what was last signed, or more."""

from pathlib import Path

from tallystick.journal import kept, keys, queries
from tallystick.journal.merkle import peaks
from tallystick.journal.notes import Checkpoint, UnableToReadNote, UnableToTrustNote, read
from tallystick.journal.verify import flaws_at_the_head


def problem(home: Path) -> str:
    """Return why nothing may be written, in words that follow "because", or nothing.

    It compares the head with the newest checkpoint outside the database, and is quick at any size.
    """
    flaws = flaws_at_the_head()
    if flaws:
        return f"the journal does not hold together: {flaws[0].what}"
    sizes = kept.sizes(home)
    return problem_with(home, sizes[-1]) if sizes else ""


def problem_with(home: Path, size: int) -> str:
    """Return what is wrong between the log and a checkpoint outside the database, or nothing."""
    try:
        stated = stated_at(home, size)
    except (UnableToReadNote, UnableToTrustNote, keys.UnableToUseKey, OSError) as odd:
        return f"the last signed checkpoint, of {size:,} entries, cannot be trusted: {odd}"
    here = queries.head().size
    if here < size:
        return f"journal shorter than last signed checkpoint {here:,} < {size:,}"
    if len(queries.nodes_at(peaks(0, size))) < len(peaks(0, size)):
        return f"nodes of the journal are missing below the last signed checkpoint, of {size:,} entries"
    if queries.root_of(size) != stated.root:
        return f"journal altered: it is not what was signed with {size:,} entries"
    return ""


def stated_at(home: Path, size: int) -> Checkpoint:
    """Return what a checkpoint outside the database states.

    :raises UnableToReadNote: if it is none, or of another size
    :raises UnableToTrustNote: if no key of the log has signed it
    """
    stated = read(kept.text_of(home, size)).trusted(keys.stated(home))
    if stated.size != size:
        raise UnableToReadNote(f"It is of {stated.size:,} entries.")
    return stated
