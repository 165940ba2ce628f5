package dev.homeostat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.testkit.StatusInTheRowOperationsTest.Lamp;
import dev.homeostat.testkit.StatusInTheRowOperationsTest.Room;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A test that does not give what it should is told so, before its operations are blamed. */
final class WrongTestsTest {
    @Test
    void rows_ofOneKey_areTold() {
        assertThat(rows((number, version) -> new Note("note", "text " + version)))
                .contains("row(0, 1) and row(1, 1) have the same key");
    }

    @Test
    void versions_ofDifferentKeys_areTold() {
        assertThat(rows((number, version) -> new Note("note-" + number + "." + version, "text")))
                .contains("row(0, 1) and row(0, 2) have different keys");
    }

    @Test
    void versions_thatDesireTheSame_areTold() {
        assertThat(rows((number, version) -> new Note("note-" + number, "text")))
                .contains("row(0, 1) and row(0, 2) are equal");
    }

    @Test
    void look_thatGivesTheTargetItself_isTold() {
        assertThat(looks(notebook -> notebook.pages))
                .contains("what look() gave before the update shows what is there after it", "copy");
    }

    @Test
    void look_withoutEquals_isTold() {
        assertThat(looks(notebook -> new Object())).contains("two looks at the same target are not equal");
    }

    @Test
    void targets_thatShareWhatIsInThem_areTold() {
        Notebook one = new Notebook();
        assertThat(Complaints.of(TestChecks.LOOK, () -> one))
                .contains("know of one another", "{note-0=text 1}", "of its own");
    }

    @Test
    void learnedFunctions_thatReplaceTheRow_areTold() {
        assertThat(Complaints.of(TargetChecks.LEARNED, lamps(() -> new Room() {
                    @Override
                    Lamp learned(Lamp updated, Lamp present) {
                        return updated.withSeen("yes");
                    }
                })))
                .contains("replaces the row", "change the row that the function is given");
        assertThat(Complaints.of(TargetChecks.LEARNED, lamps(Room::new))).isNull();
    }

    private static OperationsTest<Lamp> lamps(Supplier<Room> room) {
        return new OperationsTest<>() {
            @Override
            public TableSpec<Lamp> table() {
                return Lamp.TABLE;
            }

            @Override
            public @Nullable StatusSlot<Lamp> slot() {
                return Lamp.STATUSES.slot();
            }

            @Override
            public Lamp row(int number, int version) {
                return new Lamp("lamp-" + number, "colour " + version, "", Status.pending());
            }

            @Override
            public OperationsTarget<Lamp> target() {
                return room.get();
            }
        };
    }

    private static @Nullable String looks(Function<Notebook, Object> look) {
        return Complaints.of(TestChecks.LOOK, () -> new Notebook() {
            @Override
            public Object look() {
                return look.apply(this);
            }
        });
    }

    /** Makes rows. */
    private interface Made {
        Note row(int number, int version);
    }

    private static @Nullable String rows(Made made) {
        return Complaints.of(TestChecks.ROWS, new NotesTest() {
            @Override
            public Note row(int number, int version) {
                return made.row(number, version);
            }

            @Override
            public OperationsTarget<Note> target() {
                return new Notebook();
            }
        });
    }
}
