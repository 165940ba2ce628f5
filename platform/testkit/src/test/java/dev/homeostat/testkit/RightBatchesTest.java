package dev.homeostat.testkit;

/** Operations in batches that do it all right pass. */
final class RightBatchesTest implements NotesTest {
    @Override
    public OperationsTarget<Note> target() {
        return new BatchedNotebook();
    }
}
