package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesIT extends E2eTest {
    private static final String HOST = "dev.homeostat:type=Host";
    private static final String TABLE = "dev.homeostat:type=Table,name=files";

    @Test
    void manifestWithTwoFiles_appearsAndIsShownByCommandAndJmx() throws Exception {
        HostProcess host = start();
        Jmx jmx = attach(host);
        long revision = jmx.number(TABLE, "Revision");

        long begin = System.nanoTime();
        home.manifest("hello.yaml", Yaml.HELLO);

        await("the files")
                .until(() -> Files.exists(home.managed("greeting.txt")) && Files.exists(home.managed("etc/motd")));
        System.out.println("manifest written to files on disk: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertThat(home.managed("greeting.txt")).hasContent("hello, world");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.managed("etc/motd"))))
                .isEqualTo("rw-------");
        await("both are done")
                .untilAsserted(() -> assertThat(Shown.kinds(home, "files"))
                        .isEqualTo(Map.of("greeting.txt", "done", "etc/motd", "done")));
        assertThat(home.command("db", "show", "files").hasCode(0).out())
                .containsPattern("greeting\\.txt.*Done")
                .containsPattern("etc/motd.*Done");
        assertThat(jmx.number(TABLE, "Objects")).isEqualTo(2);
        assertThat(jmx.number(TABLE, "Revision")).isGreaterThanOrEqualTo(revision + 2);
        assertThat(jmx.number(Shown.reconcilerBean(jmx), "Updates")).isEqualTo(2);
        assertThat(jmx.get(HOST, "Degraded")).isEqualTo(false);
        assertThat(jmx.names("dev.homeostat.metrics:*")).isNotEmpty();
        home.command("status").hasCode(0);
    }

    @Test
    void editedManifest_isFollowed_andRemovedManifest_removesTheFiles() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        start();
        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));

        home.manifest("hello.yaml", Yaml.files(Map.of("greeting.txt", "good bye", "new.txt", "new")));
        await("the edit").untilAsserted(() -> {
            assertThat(home.managed("greeting.txt")).hasContent("good bye");
            assertThat(home.managed("new.txt")).hasContent("new");
            assertThat(home.managed("etc/motd")).doesNotExist();
        });

        // The very last one: a directory that was emptied says that nothing is desired, unlike another that is empty.
        Files.delete(home.path("manifests/hello.yaml"));
        await("the files go").untilAsserted(() -> {
            assertThat(home.managed("greeting.txt")).doesNotExist();
            assertThat(home.managed("new.txt")).doesNotExist();
        });
        assertThat(Shown.kinds(home, "files")).isEmpty();
        home.command("status").hasCode(0);
    }

    @Test
    void fileChangedByHand_isRepairedAtTheNextRefresh() throws Exception {
        Shown.refreshOften(home);
        home.manifest("hello.yaml", Yaml.HELLO);
        start();
        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));

        Files.writeString(home.managed("greeting.txt"), "tampered");
        await("the repair")
                .untilAsserted(() -> assertThat(home.managed("greeting.txt")).hasContent("hello, world"));
        Files.delete(home.managed("etc/motd"));
        await("the repair")
                .untilAsserted(() -> assertThat(home.managed("etc/motd")).hasContent("be kind"));
    }

    @Test
    void targetThatFails_isAnErrorWithReasonAndNextAttempt_andDoneOnceItIsRepaired() throws Exception {
        home.manifest("hello.yaml", Yaml.HELLO);
        Jmx jmx = attach(start());
        await("the file").until(() -> Files.exists(home.managed("greeting.txt")));

        // A file where a directory is needed: that fails for every user, root included. Before the first prune it would
        // go as a file that nobody wants.
        await("the first prune")
                .until(() -> Shown.reconciler(home).path("stats").path("prunes").asInt() > 0);
        Path blocker = Files.writeString(home.managed("blocker"), "in the way");
        home.manifest("blocked.yaml", Yaml.files(Map.of("blocker/inside.txt", "at last")));

        await("the error").untilAsserted(() -> {
            assertThat(Shown.status(home, "files", "blocker/inside.txt")
                            .path("kind")
                            .asString())
                    .isEqualTo("error");
            assertThat(Shown.status(home, "files", "blocker/inside.txt")
                            .path("attempts")
                            .asInt())
                    .isGreaterThanOrEqualTo(3);
        });
        assertThat(Shown.status(home, "files", "blocker/inside.txt")
                        .path("error")
                        .asString())
                .contains("blocker");
        assertThat(jmx.get(HOST, "Degraded")).isEqualTo(true);
        assertThat((String) jmx.get(Shown.reconcilerBean(jmx), "LastError")).contains("blocker");
        assertThat((String) jmx.get(Shown.reconcilerBean(jmx), "NextRetry")).isNotEmpty();
        Answer status = home.command("status").hasCode(1);
        assertThat(status.out()).containsPattern("files/files +1 +blocker/inside\\.txt +\\S+ +(in \\d|now)");
        assertThat(home.managed("greeting.txt")).hasContent("hello, world");

        Files.delete(blocker);
        await("done").untilAsserted(() -> {
            assertThat(home.managed("blocker/inside.txt")).hasContent("at last");
            assertThat(Shown.status(home, "files", "blocker/inside.txt")
                            .path("kind")
                            .asString())
                    .isEqualTo("done");
        });
        home.command("status").hasCode(0);
    }

    @Test
    void pathThatLeavesTheDirectory_rejectsItsManifest_andTheLastGoodOneStays() throws Exception {
        home.manifest("own.yaml", Yaml.files(Map.of("fine.txt", "fine")));
        start();
        await("the good one").until(() -> Files.exists(home.managed("fine.txt")));

        home.manifest("own.yaml", Yaml.files(Map.of("../../escaped.txt", "x")));
        await("the report")
                .untilAsserted(() ->
                        assertThat(home.command("status").hasCode(1).out()).contains("own.yaml:", "../../escaped.txt"));
        assertThat(home.managed("fine.txt")).hasContent("fine");
        assertThat(home.path("escaped.txt")).doesNotExist();
    }
}
