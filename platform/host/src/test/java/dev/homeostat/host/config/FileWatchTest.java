package dev.homeostat.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
    @TempDir
    Path directory;

    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final List<String> told = new ArrayList<>();
    private Path file = Path.of("");
    private long edits;

    @BeforeEach
    void file() throws IOException {
        file = directory.resolve("conf.yaml");
        write("first");
    }

    /** Each write has a time of its own, however fast the test is. */
    private void write(String text) throws IOException {
        Files.writeString(file, text);
        stamp(file);
    }

    private void stamp(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH.plusSeconds(++edits)));
    }

    private FileWatch watch() {
        return FileWatch.open(scheduler, file, () -> {
            try {
                told.add(Files.exists(file) ? Files.readString(file) : "gone");
            } catch (IOException e) {
                told.add(e.toString());
            }
        });
    }

    private void look() {
        scheduler.advance(FileWatch.PERIOD);
    }

    @Test
    void firstState_isToldOnce_andNothingWhileNothingChanges() {
        watch();
        look();
        assertThat(told).isEmpty();
        look();
        assertThat(told).containsExactly("first");
        for (int i = 0; i < 10; i++) {
            look();
        }
        assertThat(told).containsExactly("first");
    }

    @Test
    void change_isToldWhenItsWriterIsDone() throws IOException {
        watch();
        look();
        look();
        write("sec");
        look();
        write("second");
        look();
        assertThat(told).containsExactly("first");
        look();
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void otherFileUnderTheSameName_ofTheSameSizeAndTime_isToldToo() throws IOException {
        watch();
        look();
        look();
        Path other = Files.writeString(directory.resolve("other"), "other");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        look();
        look();
        assertThat(told).containsExactly("first", "other");
    }

    @Test
    void fileThatGoesAndComesBack_isToldEachTime_butNotWhileItIsExchanged() throws IOException {
        watch();
        look();
        look();
        Files.delete(file);
        look();
        write("back at once");
        look();
        look();
        assertThat(told).containsExactly("first", "back at once");
        Files.delete(file);
        look();
        look();
        assertThat(told).containsExactly("first", "back at once", "gone");
    }

    @Test
    void close_endsIt() throws IOException {
        FileWatch watch = watch();
        look();
        watch.close();
        look();
        look();
        assertThat(told).isEmpty();
    }
}
