package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.Json;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class MainTest {
    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectories(directory.resolve("home"));
        Files.createDirectory(home.resolve("data"));
    }

    private ScriptedHost host() throws IOException {
        return new ScriptedHost(home.resolve("data/control.sock"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stauts                              | homeostat status
        db shw docs                         | db show
        reconcilers prun docs/disk          | reconcilers prune
        db get docs                         | KEY
        db                                  | db
        status --frobnicate                 | --frobnicate
        status -o xml                       | table or json
        wait --timeout soon                 | 500ms
        wait --timeout 0s                   | 500ms
        reconcilers confirm docs/disk many  | whole number
        reconcilers options docs/disk four  | KEY=VALUE
        reconcilers options docs/disk =4    | KEY=VALUE
        reconcilers options a/b --reset x y | to reset several: --reset x,y
        """)
    void words_thatMakeNoSense_exitWith2AndSayWhatThereIs(String words, String expected) {
        Call call = Call.of(home, words.split(" "));
        assertThat(call.code()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).startsWith("homeostat: ").contains(expected);
    }

    @Test
    void noWords_showTheUsageOnStandardError() {
        Call call = Call.of(home);
        assertThat(call.code()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("Usage: homeostat").contains("reconcilers");
    }

    @Test
    void version_isPrintedWithoutAHost() {
        Call call = Call.of(home, "-V");
        assertThat(call.code()).isZero();
        assertThat(call.out()).startsWith("homeostat ");
    }

    @Test
    void noHost_exitsWith3AndSaysWhatWasTriedAndHowToStartOne() {
        Call call = Call.of(directory, "--home", "home", "status");
        assertThat(call.code()).isEqualTo(3);
        assertThat(call.out()).isEmpty();
        Path expected = directory.resolve("..").normalize().resolve("home");
        assertThat(call.err())
                .contains("home " + expected + " (from --home)")
                .contains("start one with: homeostat --home " + expected + " run");
    }

    @Test
    void noHome_isSaidByWhatNeedsNoHost_withTheWayOut() {
        Call call = Call.of(directory, "--home", "no home", "plugins", "check");
        Path expected = directory.resolve("..").normalize().resolve("no home");
        assertThat(call.code()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err())
                .contains("there is no directory " + expected + " (--home)")
                .contains("make it first: mkdir -p '" + expected + "'");
    }

    @Test
    void noSocket_isNamed() {
        Call call = Call.of(home, "status");
        assertThat(call.code()).isEqualTo(3);
        assertThat(call.err())
                .contains(home.resolve("data/control.sock").toString())
                .contains("(from the installation)")
                .contains("start one with: homeostat run");
    }

    @Test
    void socketOfADeadHost_isSaidToBeOne() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(home.resolve("data/control.sock")));
        }
        Call call = Call.of(home, "status");
        assertThat(call.code()).isEqualTo(3);
        assertThat(call.err()).contains("nobody answers at").contains("Connection refused");
    }

    @Test
    void homeVariable_isUsedAndNamed() {
        Call call = Call.of(Map.of("HOMEOSTAT_HOME", "/nowhere/at/all"), home, false, "status");
        assertThat(call.code()).isEqualTo(3);
        assertThat(call.err()).contains("/nowhere/at/all (from HOMEOSTAT_HOME)").contains("does not exist");
    }

    @Test
    void homeOption_winsOverTheVariable() throws IOException {
        try (ScriptedHost host = host()) {
            Call call = Call.of(
                    Map.of("HOMEOSTAT_HOME", "/nowhere"),
                    directory.resolve("x"),
                    false,
                    "db",
                    "tables",
                    "--home",
                    "home");
            assertThat(call.code()).as(call.err()).isZero();
            assertThat(host.requests).hasSize(1);
        }
    }

    @Test
    void heldPrune_namesTheCommandForTheSameHome() throws IOException {
        try (ScriptedHost host = host()) {
            Call call = Call.of(directory.resolve("x"), "--home", "home", "status");
            assertThat(call.out()).contains("homeostat --home " + home + " reconcilers confirm docs/disk 7");
            assertThat(host.requests).hasSize(1);
        }
    }

    @Test
    void pointerFile_leadsToTheSocket() throws IOException {
        Path elsewhere = Files.createTempDirectory("hs-").resolve("c.sock");
        Files.writeString(home.resolve("data/control"), elsewhere + "\n");
        try (ScriptedHost host = new ScriptedHost(elsewhere)) {
            assertThat(Call.of(home, "db", "tables").code()).isZero();
            assertThat(host.requests).hasSize(1);
        } finally {
            Files.delete(elsewhere);
            Files.delete(elsewhere.resolveSibling(""));
        }
    }

    @Test
    void request_carriesProtocolAndParameters() throws IOException {
        try (ScriptedHost host = host()) {
            Call.of(home, "db", "prefix", "--index", "size", "--", "docs", "-a\"b");
            assertThat(host.requests)
                    .last()
                    .isEqualTo("{\"id\":1,\"protocol\":1,\"method\":\"db.prefix\","
                            + "\"params\":{\"table\":\"docs\",\"key\":\"-a\\\"b\",\"index\":\"size\"}}");
        }
    }

    @Test
    void errorOfTheHost_goesToStandardErrorWithItsHint() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer(
                    "db.show",
                    "{\"id\":1,\"error\":{\"code\":\"unknown-table\",\"message\":\"there is no table"
                            + " \\\"x\\u001b[2J\\\"\",\"hint\":\"did you mean \\\"y\\\"? \"}}\n");
            Call call = Call.of(home, "db", "show", "x");
            assertThat(call.code()).isEqualTo(1);
            assertThat(call.out()).isEmpty();
            assertThat(call.err()).isEqualTo("homeostat: there is no table \"x\\u001b[2J\"\n  did you mean \"y\"? \n");
        }
    }

    @Test
    void commandsInAHint_askTheSameHost() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("reconcilers.prune", """
                {"id":1,"error":{"code":"failed","message":"a/b is paused","hint":"to let it go on: homeostat reconcilers resume a/b"}}
                """);
            assertThat(Call.of(directory.resolve("x"), "--home", "home", "reconcilers", "prune", "a/b")
                            .err())
                    .endsWith("  to let it go on: homeostat --home " + home + " reconcilers resume a/b\n");
            assertThat(Call.of(home, "reconcilers", "prune", "a/b").err())
                    .endsWith("  to let it go on: homeostat reconcilers resume a/b\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json\n", "{\"id\":1,\"resu", "{\"id\":1}{\n"})
    void answerThatBreaksOff_isReported(String bytes) throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("db.get", bytes);
            Call call = Call.of(home, "db", "get", "t", "k");
            assertThat(call.code()).isEqualTo(1);
            assertThat(call.out()).isEmpty();
            assertThat(call.err()).containsAnyOf("ended the connection", "not JSON", "not an answer");
        }
    }

    @Test
    void answerOfANewerHost_isShownAsFarAsItIsUnderstood() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("plugins", "{\"id\":1,\"result\":{\"plugins\":[{\"id\":\"x\",\"novel\":{\"a\":[1]}}]}}\n");
            Call call = Call.of(home, "plugins");
            assertThat(call.code()).as(call.err()).isZero();
            assertThat(call.out()).contains("x");
        }
    }

    @Test
    void emptyAnswers_saySo() throws IOException {
        try (ScriptedHost host = host()) {
            String now = "\"now\":\"2026-01-02T03:04:05Z\"";
            host.answer("plugins", "{\"id\":1,\"result\":{" + now + ",\"plugins\":[]}}\n");
            host.answer("db.tables", "{\"id\":1,\"result\":{" + now + ",\"tables\":[]}}\n");
            host.answer("reconcilers", "{\"id\":1,\"result\":{" + now + ",\"reconcilers\":[]}}\n");
            host.answer("db.show", "{\"id\":1,\"result\":{" + now + ",\"table\":\"t\",\"revision\":0,\"count\":0}}\n");
            assertThat(Call.of(home, "plugins").out()).isEqualTo("no plugin was found\n");
            assertThat(Call.of(home, "plugins", "list").out()).isEqualTo("no plugin was found\n");
            assertThat(Call.of(home, "db", "tables").out()).isEqualTo("no plugin has contributed a table\n");
            assertThat(Call.of(home, "reconcilers").out()).isEqualTo("no plugin has contributed a reconciler\n");
            assertThat(Call.of(home, "db", "show", "t").out()).isEqualTo("no rows\n");
            assertThat(Json.parse(Call.of(home, "db", "show", "t", "-o", "json").out()))
                    .isInstanceOf(Map.class);
        }
    }

    @Test
    void colours_areForTerminalsThatWantThem() throws IOException {
        try (ScriptedHost host = host()) {
            assertThat(Call.of(Map.of(), home, true, "status").out()).contains("\u001b[31m");
            assertThat(Call.of(Map.of("NO_COLOR", "1"), home, true, "status").out())
                    .doesNotContain("\u001b");
            assertThat(Call.of(Map.of("TERM", "dumb"), home, true, "status").out())
                    .doesNotContain("\u001b");
            assertThat(Call.of(Map.of(), home, false, "status").out()).doesNotContain("\u001b");
            assertThat(host.requests).hasSize(4);
        }
    }

    @Test
    void manyRows_areAllPrinted() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            lines.append("{\"id\":1,\"item\":{\"key\":\"k").append(i).append("\",\"revision\":1,\"status\":{}}}\n");
        }
        lines.append("{\"id\":1,\"result\":{\"now\":\"2026-01-02T03:04:05Z\",\"count\":2000}}\n");
        try (ScriptedHost host = host()) {
            host.answer("db.show", lines.toString());
            assertThat(Call.of(home, "db", "show", "t").out().lines()).hasSize(2001);
            assertThat(Call.of(home, "db", "show", "t", "-o", "json").out().lines())
                    .hasSize(2002);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a/b                       | {"name":"a/b"}
        a/b x=1 y=a=b z=          | {"name":"a/b","set":{"x":"1","y":"a=b","z":""}}
        a/b --reset               | {"name":"a/b","reset":[]}
        a/b --reset x,y           | {"name":"a/b","reset":["x","y"]}
        a/b --reset x --reset y   | {"name":"a/b","reset":["x","y"]}
        --reset=x a/b y=2         | {"name":"a/b","set":{"y":"2"},"reset":["x"]}
        """)
    void options_areAskedForAsTheWordsSay(String words, String params) throws IOException {
        try (ScriptedHost host = host()) {
            assertThat(Call.of(home, ("reconcilers options " + words).split(" "))
                            .code())
                    .isZero();
            assertThat(host.requests).singleElement().asString().endsWith("\"params\":" + params + "}");
        }
    }

    @Test
    void resume_ofWhatIsPausedElsewhere_saysWhere_andFails() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer(
                    "reconcilers.resume",
                    "{\"id\":1,\"result\":{\"name\":\"a/b\",\"mode\":\"paused\",\"modeFrom\":\"conf/homeostat.yaml:3\","
                            + "\"did\":[\"a/b is still paused, as conf/homeostat.yaml:3 says\"]}}\n");
            Call call = Call.of(home, "reconcilers", "resume", "a/b");
            assertThat(call.code()).isEqualTo(1);
            assertThat(call.out())
                    .contains("still paused, as conf/homeostat.yaml:3 says", "homeostat", "reconcilers mode a/b apply");
        }
    }

    @Test
    void pausedReconciler_isShownWithItsReasonAndTheWayOut() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("reconcilers", """
                {"id":1,"result":{"now":"2026-01-02T03:04:05Z","reconcilers":[{"name":"a/b","ok":true,"mode":"paused",\
                "modeFrom":"command at 2026-01-01T00:00:00Z","pausedRows":12,"paused":["x","y"],"stats":{}}]}}
                """);
            assertThat(Call.of(home, "reconcilers").out())
                    .contains(
                            "mode paused (command at 2026-01-01T00:00:00Z): nothing begins; to let it go on: homeostat")
                    .contains("reconcilers resume a/b\n")
                    .contains("12 rows are paused: x, y, …; to let one go on: homeostat");
        }
    }

    @Test
    void pauseOfAKeyThatNoRowHas_saysSo() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("reconcilers.pause", """
                {"id":1,"result":{"name":"a/b","mode":"apply","paused":true,"hint":"table \\"a\\" has no row \\"x\\" now","did":["x of a/b is paused"]}}
                """);
            assertThat(Call.of(home, "reconcilers", "pause", "a/b", "x").out())
                    .contains("x of a/b is paused\n- to let it go on: ")
                    .endsWith("- table \"a\" has no row \"x\" now\n");
        }
    }

    @Test
    void waitThatRunsOutOfTime_saysSoToProgramsToo() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("wait", """
                {"id":1,"error":{"code":"timeout","message":"the wait is not over after 1 s","hint":"look",\
                "details":{"waitingFor":[{"name":"a/b","failing":1,"queued":0,"running":0}]}}}
                """);
            Call call = Call.of(home, "wait", "-o", "json", "--timeout", "1s");
            assertThat(call.code()).isEqualTo(1);
            assertThat(Doc.of(Json.parse(call.out()))).satisfies(answer -> {
                assertThat(answer.fields()).containsEntry("reconciled", false).containsEntry("timedOut", true);
                assertThat(answer.docs("waitingFor"))
                        .singleElement()
                        .satisfies(one -> assertThat(one.number("failing")).isEqualTo(1));
            });
            assertThat(call.err()).contains("the wait is not over after 1 s", "look");
            assertThat(Call.of(home, "wait").out()).isEmpty();
        }
    }

    @Test
    void waitThatAPauseEnds_isNotDone_andNamesTheWayOut() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("wait", """
                {"id":1,"result":{"reconciled":false,"reconcilers":[{"name":"a/b","reconciled":false,"failed":[],\
                "stopped":"row x of a/b is paused; resume it","mode":"apply","pausedRows":1,"paused":["x"]}]}}
                """);
            Call call = Call.of(home, "wait");
            assertThat(call.code()).isEqualTo(1);
            assertThat(call.out())
                    .startsWith("a/b: not done\n  ! row x of a/b is paused; resume it\n  - 1 row is paused: x; ")
                    .contains("reconcilers resume a/b KEY\n");
        }
    }

    @Test
    void explainOfAPausedRow_namesTheCommandThatResumesIt() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("explain", """
                {"id":1,"result":{"now":"2026-01-02T03:04:05Z","table":"a","key":"x","row":{"revision":1},"reconcilers":[\
                {"name":"a/b","waitsFor":"the end of its pause","mode":"paused","modeFrom":"command","pausedRow":true,\
                "waysOut":[{"what":"let the row go on","command":"homeostat reconcilers resume a/b x"}]}]}}
                """);
            assertThat(Call.of(home, "explain", "a", "x").out())
                    .contains("let the row go on: homeostat", "reconcilers resume a/b x\n")
                    .contains("mode paused (command): nothing begins; to let it go on: homeostat");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        plan   | a/b: nothing is to be done
        apply  | mode apply, so nothing is planned; to plan instead of doing: homeostat
        """)
    void emptyPlan_saysWhy(String mode, String expected) throws IOException {
        try (ScriptedHost host = host()) {
            host.answer(
                    "reconcilers.plan",
                    "{\"id\":1,\"result\":{\"name\":\"a/b\",\"mode\":\"%s\",\"count\":0}}\n".formatted(mode));
            assertThat(Call.of(home, "reconcilers", "plan", "a/b").out())
                    .contains(expected)
                    .doesNotContain("OPERATION");
        }
    }

    @Test
    void pruneInModePlan_saysWhatItWouldRemove_andWhetherItWouldBeHeld() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer(
                    "reconcilers.prune",
                    "{\"id\":1,\"result\":{\"planned\":{\"removals\":[\"x\",\"y\"],\"held\":\"too"
                            + " many\"},\"ok\":true}}\n");
            Call call = Call.of(home, "reconcilers", "prune", "a/b");
            assertThat(call.code()).isZero();
            assertThat(call.out())
                    .contains("2 would be removed, if the mode were apply", "x\n", "the guard would hold it: too many");
        }
    }

    @Test
    void columns_haveTheKeyOnce_andNameTheNearestOfAMisspeltField() throws IOException {
        try (ScriptedHost host = host()) {
            String shown =
                    Call.of(home, "db", "show", "docs", "--columns", "key,szie").out();
            assertThat(shown).startsWith("KEY ").contains("SZIE");
            assertThat(shown.lines().findFirst().orElseThrow()).containsOnlyOnce("KEY");
            assertThat(shown).endsWith("- no row has a field \"szie\"; did you mean \"size\"?\n");
            assertThat(host.requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        db shwo files         | "shwo" is no command of "homeostat db"          | did you mean: homeostat db show?
        stauts                | "stauts" is no command of "homeostat"           | did you mean: homeostat status?
        db show files --limt=3| "--limt" is no option of "homeostat db show"    | did you mean: homeostat db show --limit?
        db show files x       | "x" is one word too many for "homeostat db show"| "homeostat db show --help" shows what there is
        db quite-another      | "quite-another" is no command of "homeostat db" | "homeostat db --help" shows what there is
        """)
    void wordsThatMakeNoSense_areNamedWithWhatWasMeant(String words, String message, String hint) {
        Call call = Call.of(home, words.split(" "));
        assertThat(call.code()).isEqualTo(2);
        assertThat(call.err()).isEqualTo("homeostat: " + message + "\n  " + hint + "\n");
    }

    @Test
    void whatWasRemoved_isInTheOrderOfTheList_thatWasHeld() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("reconcilers.confirm", "{\"id\":1,\"result\":{\"removed\":[\"c\",\"a\",\"b\"]}}\n");
            assertThat(Call.of(home, "reconcilers", "confirm", "a/b", "1").out())
                    .isEqualTo("3 removed\n  a\n  b\n  c\n");
        }
    }

    @Test
    void explain_ofAnObserve_hasItsArticle() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("explain", """
                {"id":1,"result":{"now":"2026-01-02T03:04:05Z","table":"t","key":"x","row":{"revision":1},"reconcilers":[{"name":"t/r",\
                "exists":true,"status":{"kind":"done","generation":1},"attempts":[{"operation":"observe","cause":"update",\
                "startedAt":"2026-01-02T03:04:00Z","outcome":"done"}]}]}}
                """);
            assertThat(Call.of(home, "explain", "t", "x").out())
                    .contains("The last attempt was an observe because of an update at");
        }
    }

    /** "1 source has problems" above, and "ok" below, is no answer; nor is since when the source runs. */
    @Test
    void aSourceThatRuns_andHasProblems_isNotOkBelow() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("status", """
                {"id":1,"result":{"now":"2026-01-02T03:04:05Z","host":{"state":"running","degraded":true,"verdict":"1 source has problems"},\
                "sources":[{"name":"manifests","plugin":"manifests","problems":["web.yaml:3: unknown field"],"since":"2026-01-02T03:04:02Z"}],\
                "health":[{"plugin":"manifests","name":"source \\"manifests\\"","ok":true,"message":"runs","since":"2026-01-02T03:03:05Z"},\
                {"plugin":"other","name":"source \\"other\\"","ok":true,"message":"runs","since":"2026-01-02T03:03:05Z"}]}}
                """);
            assertThat(Call.of(home, "status").out())
                    .containsPattern(
                            "manifests +source \"manifests\" +degraded +3s ago\n +- runs, with the problems above\n")
                    .containsPattern("other +source \"other\" +ok .*\n +- runs\n");
        }
    }

    @Test
    void blockedRow_andOneThatNobodyNotedTheTimeOf_areShownAsSuch() throws IOException {
        try (ScriptedHost host = host()) {
            host.answer("db.show", """
                {"id":1,"item":{"key":"a","revision":1,"values":{},"status":{"r":{"kind":"error","updatedAt":"2026-01-02T03:04:00Z",\
                "error":"no link","attempts":1,"permanent":false,"blockedOn":"links/eth0"}}}}
                {"id":1,"item":{"key":"b","revision":2,"values":{},"status":{"r":{"kind":"pending","updatedAt":"1970-01-01T00:00:00Z"}}}}
                {"id":1,"result":{"now":"2026-01-02T03:04:05Z","count":2}}
                """);
            host.answer("reconcilers", """
                {"id":1,"result":{"now":"2026-01-02T03:04:05Z","reconcilers":[{"name":"t/r","ok":false,"mode":"apply","failing":3,\
                "blocked":1,"stats":{},"failuresByError":{"errors":2,"groups":[{"error":"no link","count":2,"oldest":{"key":"a",\
                "since":"2026-01-02T03:04:00Z","status":{"kind":"error","updatedAt":"2026-01-02T03:04:00Z",\
                "error":"no link","attempts":1,"blockedOn":"links/eth0"}}}],"others":1}}]}}
                """);
            assertThat(Call.of(home, "db", "show", "t").out())
                    .contains("Blocked")
                    .doesNotContain("years", "1970");
            assertThat(Call.of(home, "reconcilers").out())
                    .containsPattern("t/r +degraded +apply +0 +3 \\(1 blocked\\)")
                    .containsPattern("t/r +2 +a +5s +after links/eth0 +no link")
                    .contains("and 1 with other errors: homeostat reconcilers failures t/r --by-error");
        }
    }
}
