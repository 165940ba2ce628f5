package dev.homeostat.testkit;

/** Operations that do it all right pass. */
final class RightOperationsTest implements NotesTest {
    @Override
    public OperationsTarget<Note> target() {
        return new Notebook();
    }
}
