package dev.homeostat.host.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class KeyMaterialTest {
    @TempDir
    Path directory;

    /** What somebody sees who connects between the two. */
    @Test
    void keyStoreThatIsReplacedBeforeItsPassword_isTakenUpWithThat() throws IOException {
        RemoteFixture fixture = new RemoteFixture(directory);
        KeyMaterial keys = new KeyMaterial(fixture.settings());
        SSLContext first = keys.context();
        RemoteFixture.secret(fixture.keyStorePassword, "another-password\n");
        fixture.makeKey("CN=second");
        RemoteFixture.secret(fixture.keyStorePassword, "store-password\n");
        changedIn(fixture.keyStore, 5);
        assertThat(keys.context()).as("with the old password").isSameAs(first);
        RemoteFixture.secret(fixture.keyStorePassword, "another-password\n");
        changedIn(fixture.keyStorePassword, 9);
        SSLContext second = keys.context();
        assertThat(second).isNotSameAs(first);
        assertThat(keys.context()).as("and not read again").isSameAs(second);
    }

    private static void changedIn(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
    }
}
