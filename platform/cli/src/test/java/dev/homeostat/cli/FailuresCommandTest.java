package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class FailuresCommandTest {
    @TempDir
    Path home;

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectory(home.resolve("data"));
    }

    private ScriptedHost host() throws IOException {
        return new ScriptedHost(home.resolve("data/control.sock"));
    }

    @Test
    void eachKindOfFailure_isALine_andWhatIsLeftOutIsSaid() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("reconcilers.failures", """
                {"id":1,"item":{"key":"a","delete":false,"since":"2026-01-02T03:02:05Z","status":{"kind":"error",\
                "updatedAt":"2026-01-02T03:04:00Z","error":"two\\nlines","attempts":7,"nextAttempt":"2026-01-02T03:04:09Z"}}}
                {"id":1,"item":{"key":"b c","delete":false,"since":"2026-01-02T03:04:00Z","status":{"kind":"error",\
                "error":"no link","attempts":1,"blockedOn":"links/eth0"}}}
                {"id":1,"item":{"key":"c","delete":true,"since":"2026-01-02T03:04:00Z","status":{"kind":"error",\
                "error":"never","attempts":1,"permanent":true}}}
                {"id":1,"result":{"now":"2026-01-02T03:04:05Z","name":"t/r","count":3,"failing":120000}}
                """);
            Call call = Call.of(home, "reconcilers", "failures", "t/r", "--limit", "3");
            assertThat(call.code()).isZero();
            assertThat(call.out().lines())
                    .containsExactly(
                            "KEY  OPERATION  KIND       SINCE   ATTEMPTS  NEXT              ERROR",
                            "a    update     retrying   2m ago  7         in 4s             two\\nlines",
                            "b c  update     blocked    5s ago  1         after links/eth0  no link",
                            "c    delete     permanent  5s ago  1         -                 never",
                            "- and 119997 more; for all: homeostat reconcilers failures t/r --limit 120000");
            assertThat(host.requests).singleElement().asString().endsWith("\"params\":{\"name\":\"t/r\",\"limit\":3}}");
        }
    }

    @Test
    void wait_thatManyRowsFailed_showsTheFirst_andTheWayToTheirErrors() throws IOException {
        String rows = IntStream.range(0, 300)
                .mapToObj("{\"key\":\"m-%d\",\"reason\":\"no link\"}"::formatted)
                .collect(Collectors.joining(","));
        try (ScriptedHost host = host()) {
            host.answer("wait", """
                {"id":1,"result":{"reconciled":false,"reconcilers":[\
                {"name":"t/r","reconciled":false,"failed":[%s],"stopped":""}]}}
                """.formatted(rows));
            Call call = Call.of(home, "wait");
            assertThat(call.code()).isEqualTo(1);
            assertThat(call.out().lines())
                    .hasSize(12)
                    .startsWith("t/r: failed", "  ! m-0: no link")
                    .endsWith(
                            "  ! m-9: no link",
                            "  - and 290 more; all that fails, by its errors: homeostat reconcilers failures t/r"
                                    + " --by-error");
        }
    }

    /** The groups come by their counts, and the one that has failed for longest may be the smallest. */
    @Test
    void theOldest_isThatOfAllGroups_andNotOfTheFirst() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("reconcilers", """
                {"id":1,"result":{"now":"2026-01-02T03:04:30Z","reconcilers":[{"name":"t/r","table":"t","failing":1501,\
                "failuresByError":{"errors":2,"groups":[{"error":"full","count":1500,"oldest":{"key":"m/01107.txt",\
                "since":"2026-01-02T03:04:26Z","status":{"kind":"error"}}},{"error":"no link","count":1,"oldest":{"key":"ok.txt",\
                "since":"2026-01-02T03:04:04Z","status":{"kind":"error"}}}],"others":0}}]}}
                """);
            assertThat(Call.of(home, "reconcilers", "failures", "t/r", "--by-error")
                            .out())
                    .contains("why the oldest fails: homeostat explain t ok.txt\n");
        }
    }

    @Test
    void noFailure_isSaid() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("reconcilers.failures", "{\"id\":1,\"result\":{\"name\":\"t/r\",\"count\":0,\"failing\":0}}\n");
            assertThat(Call.of(home, "reconcilers", "failures", "t/r").out()).isEqualTo("t/r: no row fails\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many"})
    void limitThatIsNone_isAMisuse(String limit) {
        Call call = Call.of(home, "reconcilers", "failures", "t/r", "--limit=" + limit);
        assertThat(call.code()).isEqualTo(2);
        assertThat(call.err()).contains("--limit: must be ").contains(limit);
    }
}
