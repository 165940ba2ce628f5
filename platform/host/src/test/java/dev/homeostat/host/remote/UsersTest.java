package dev.homeostat.host.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersTest {
    @TempDir
    Path directory;

    private Users users(String text) throws IOException {
        Path file = directory.resolve("users");
        RemoteFixture.secret(file, text);
        return new Users(file);
    }

    private void refused(String text, String... words) throws IOException {
        Users users = users(text);
        assertThatThrownBy(users::read).isInstanceOf(IOException.class).hasMessageContainingAll(words);
    }

    @Test
    void users_haveARoleAndAPasswordThatMayHoldBlanks() throws IOException {
        Users users = users("""
            # comment

            watcher  read   pass word#1
            operator control 12345678
            """);
        assertThat(users.login("watcher", "pass word#1")).isEqualTo(Role.READ);
        assertThat(users.login("operator", "12345678")).isEqualTo(Role.CONTROL);
        assertThatThrownBy(() -> users.login("operator", "1234567")).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> users.login("Operator", "12345678")).isInstanceOf(SecurityException.class);
        assertThat(users.read().toString()).doesNotContain("12345678");
    }

    @Test
    void lineThatIsWrong_isNamedWithoutAPassword() throws IOException {
        refused("operator control\n", "users:1", "NAME ROLE PASSWORD");
        refused("\noperator admin s3cret-s3cret\n", "users:2", "user \"operator\"", "read or control");
        refused("operator control short\n", "user \"operator\"", "at least 8 characters");
        refused("a read 12345678\na read 87654321\n", "users:2", "user \"a\" is there twice");
        refused("operator\na admin 12345678\n", "users:1: expected NAME", "; ", "users:2: user \"a\"");
        refused("# nobody\n", "names nobody");
        Users users = users("operator s3cret-s3cret control\n");
        assertThatThrownBy(users::read).message().doesNotContain("s3cret");
    }

    @Test
    void fileThatOthersCanRead_isRefusedWithTheRemedy() throws IOException {
        Users users = users("operator control 12345678\n");
        Files.setPosixFilePermissions(users.path(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(users::read)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("rw-r-----", "chmod 600 " + users.path());
        assertThatThrownBy(() -> users.login("operator", "12345678")).isInstanceOf(IOException.class);
    }

    @Test
    void fileThatIsNotThere_isNamed() {
        assertThatThrownBy(new Users(directory.resolve("nowhere"))::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(new Users(directory)::read).hasMessageContaining("is no file");
    }
}
