package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the JVM shows of the database. */
final class RecordingTest {
    private static final String COMMIT = "dev.homeostat.Commit";

    @TempDir
    Path directory;

    private final Database db =
            StateDatabase.builder().scheduler(new ManualScheduler()).build();
    private final RWTable<Memo> memos = db.create(Memo.TABLE);
    private final RWTable<Memo> others = db.create(TableSpec.of("others", Memo.class, Memo.NAME));

    @Test
    void aCommit_isAnEventWithItsTablesAndWrites() throws IOException {
        List<RecordedEvent> events = record(Duration.ZERO, () -> {
            db.write(memos, txn -> memos.insert(txn, Memo.of("a")));
            try (WriteTxn txn = db.writeTxn("tidy up", memos, others)) {
                memos.insert(txn, Memo.of("b"));
                memos.insert(txn, Memo.of("c"));
                memos.delete(txn, Memo.of("a"));
                txn.commit();
            }
        });

        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).satisfies(event -> {
            assertThat(event.getString("tables")).isEqualTo("memos");
            assertThat(event.getString("transaction")).isNull();
            assertThat(event.getLong("writes")).isEqualTo(1);
        });
        assertThat(events.getLast()).satisfies(event -> {
            assertThat(event.getString("tables")).isEqualTo("memos, others");
            assertThat(event.getString("transaction")).isEqualTo("tidy up");
            assertThat(event.getLong("writes")).isEqualTo(3);
            assertThat(event.getBoolean("aborted")).isFalse();
            assertThat(event.getDuration("commitTime")).isPositive().isLessThan(event.getDuration());
            assertThat(event.getDuration("lockWait")).isPositive().isLessThan(event.getDuration());
            assertThat(event.getStackTrace().getFrames())
                    .anyMatch(frame -> frame.getMethod().getType().getName().equals(RecordingTest.class.getName()));
        });
    }

    @Test
    void anAbort_isAnEventThatSaysSo() throws IOException {
        List<RecordedEvent> events = record(Duration.ZERO, () -> {
            try (WriteTxn txn = db.writeTxn(memos)) {
                memos.insert(txn, Memo.of("a"));
            }
        });

        assertThat(events).hasSize(1).first().satisfies(event -> {
            assertThat(event.getBoolean("aborted")).isTrue();
            assertThat(event.getLong("writes")).isZero();
            assertThat(event.getDuration("commitTime")).isZero();
        });
    }

    @Test
    void whatIsShorterThanTheThreshold_isNoEvent() throws IOException {
        assertThat(record(Duration.ofHours(1), () -> db.write(memos, txn -> memos.insert(txn, Memo.of("a")))))
                .isEmpty();
    }

    private List<RecordedEvent> record(Duration threshold, Runnable work) throws IOException {
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(COMMIT).withThreshold(threshold);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(COMMIT))
                .filter(event -> event.getString("tables").contains("memos"))
                .toList();
    }
}
