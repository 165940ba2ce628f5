package dev.homeostat.host.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskReasonTest {
    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.write(home.resolve("file"), new byte[] {(byte) 0xff});
    }

    @Test
    void failures_onDisk_areInWordsAndNameTheFile() {
        assertThat(why(() -> Files.readString(home.resolve("none"))))
                .isEqualTo(home.resolve("none") + " does not exist");
        assertThat(why(() -> Files.createDirectories(file))).isEqualTo(file + " is in the way");
        assertThat(DiskReason.of(new NotDirectoryException("data"))).isEqualTo("data is not a directory");
        assertThat(why(() -> Files.delete(home))).isEqualTo(home + " is a directory that is not empty");
        assertThat(why(() -> Files.readString(file))).isEqualTo("it is no text in UTF-8");
        assertThat(why(() -> new FileInputStream(home.toFile()).close())).isEqualTo(home + " (Is a directory)");
        assertThat(why(() -> Files.createDirectory(file.resolve("below"))))
                .isEqualTo(file.resolve("below") + ": Not a directory");
    }

    @Test
    void failures_thatCannotBeBroughtAboutByRoot_areInWordsToo() {
        assertThat(DiskReason.of(new AccessDeniedException("data"))).isEqualTo("data: permission denied");
        assertThat(DiskReason.of(new FileSystemException("data", null, "Operation not permitted")))
                .isEqualTo("data: Operation not permitted");
        assertThat(DiskReason.of(new FileSystemException("data"))).startsWith("data is refused");
        assertThat(DiskReason.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
    }

    @Test
    void anEnvelope_isOpened_andWhatIsNoFailureOfADisk_keepsItsName() {
        assertThat(DiskReason.of(new UncheckedIOException("copy a: x", new IOException("x"))))
                .isEqualTo("copy a: x");
        assertThat(DiskReason.of(new UncheckedIOException(new AccessDeniedException("data"))))
                .isEqualTo("data: permission denied");
        assertThat(DiskReason.of(new IllegalStateException("closed")))
                .isEqualTo("java.lang.IllegalStateException: closed");
    }

    private static String why(ThrowingCallable act) {
        return DiskReason.of(catchThrowable(act));
    }
}
