package dev.homeostat.testkit;

import dev.homeostat.api.db.TableSpec;

/** A test of operations on notes, as their author writes it, but for the target. */
interface NotesTest extends OperationsTest<Note> {
    @Override
    default TableSpec<Note> table() {
        return Note.TABLE;
    }

    @Override
    default Note row(int number, int version) {
        return Note.of(number, version);
    }
}
