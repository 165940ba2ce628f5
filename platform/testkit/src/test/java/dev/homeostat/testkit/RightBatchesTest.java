package dev.homeostat.testkit;

import dev.homeostat.api.db.TableSpec;

/** Operations in batches that do it all right pass. */
final class RightBatchesTest implements OperationsTest<Note> {
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
        return new BatchedNotebook();
    }
}
