package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only a user sees for whom permissions count: root goes through every one of them, so these hosts never run as root. */
class UnprivilegedIT extends E2eTest {
    private static final String NOBODY = "nobody";

    private List<String> prefix = List.of();

    @BeforeEach
    void findAnotherUser() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return;
        }
        prefix = List.of("setpriv", "--reuid=" + NOBODY, "--regid=65534", "--clear-groups");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "root needs setpriv to become somebody else");
        Answer able = Answer.of(new ProcessBuilder(Stream.concat(
                        prefix.stream(),
                        Stream.of(
                                "test",
                                "-x",
                                Installed.DIRECTORY.resolve("runtime/bin/java").toString()))
                .toList()));
        assumeTrue(able.code() == 0, NOBODY + " may not look into " + Installed.DIRECTORY);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private HostProcess startUnprivileged() throws IOException {
        if (!prefix.isEmpty()) {
            UserPrincipal nobody =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
            try (Stream<Path> tree = Files.walk(home.directory())) {
                for (Path path : tree.toList()) {
                    Files.setOwner(path, nobody);
                }
            }
        }
        HostProcess host = closing(HostProcess.launch(home, prefix, Map.of()));
        host.awaitReady();
        return host;
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void readOnlyDirectory_isAnErrorWithReasonAndNextAttempt_andDoneOnceItIsWritable() throws Exception {
        home.manifest("hello.yaml", Yaml.files(Map.of("greeting.txt", "one")));
        startUnprivileged();
        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));

        permit(home.managed(""), "r-xr-xr-x");
        home.manifest("hello.yaml", Yaml.files(Map.of("greeting.txt", "two")));
        await("the error")
                .untilAsserted(() -> assertThat(Shown.status(home, "files", "greeting.txt")
                                .path("kind")
                                .asString())
                        .isEqualTo("error"));
        assertThat(Shown.status(home, "files", "greeting.txt").path("error").asString())
                .containsIgnoringCase("denied");
        assertThat(home.command("status").hasCode(1).out())
                .containsPattern("files/files +1 +greeting\\.txt +\\S+ +(in \\d|now)");
        assertThat(home.managed("greeting.txt")).hasContent("one");

        permit(home.managed(""), "rwxr-xr-x");
        await("done")
                .untilAsserted(() -> assertThat(home.managed("greeting.txt")).hasContent("two"));
        await("health").untilAsserted(() -> home.command("status").hasCode(0));
    }

    @Test
    void unreadableManifests_changeNothingAndAreReported() throws Exception {
        home.manifest("hello.yaml", Yaml.files(Map.of("greeting.txt", "one")));
        HostProcess host = startUnprivileged();
        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));

        permit(home.path("manifests"), "---------");
        await("the report")
                .untilAsserted(() ->
                        assertThat(home.command("status").hasCode(1).out()).contains("manifests"));
        assertThat(home.managed("greeting.txt")).hasContent("one");

        host.terminate();
        startUnprivileged();
        await("the report").untilAsserted(() -> home.command("status").hasCode(1));
        assertThat(home.managed("greeting.txt")).hasContent("one");

        permit(home.path("manifests"), "rwxr-xr-x");
        await("health").untilAsserted(() -> home.command("status").hasCode(0));
        assertThat(home.managed("greeting.txt")).hasContent("one");
    }

    /** Neither the owner nor root: who may not open the socket reads how to ask all the same. */
    @Test
    void anotherUser_readsAsWhomToAsk() throws Exception {
        assumeTrue(!prefix.isEmpty(), "only root becomes two others");
        startUnprivileged();
        Answer refused = Answer.of(new ProcessBuilder(
                "setpriv",
                "--reuid=daemon",
                "--regid=daemon",
                "--clear-groups",
                Installed.SCRIPT.toString(),
                "--home",
                home.directory().toString(),
                "status"));
        assertThat(refused.hasCode(3).err())
                .contains("sudo -u " + NOBODY + " homeostat --home " + home.directory() + " status")
                .doesNotContain("start one with");
    }
}
