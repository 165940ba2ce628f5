package dev.homeostat.testkit;

import dev.homeostat.api.db.TableSpec;

/** Operations that do it all right pass. */
final class RightOperationsTest implements OperationsTest<Note> {
    @Override
    public TableSpec<Note> table() {
        return Note.TABLE;
    }

    @Override
    public Note row(int number, int version) {
        return Note.of(number, version);
    }

    @Override
    public OperationsTarget<Note> target() {
        return new Notebook();
    }
}
