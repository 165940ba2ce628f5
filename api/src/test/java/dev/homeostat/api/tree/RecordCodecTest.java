package dev.homeostat.api.tree;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.homeostat.api.collection.PersistentMap;
import dev.homeostat.api.collection.PersistentSet;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    enum Mode {
        READ_ONLY,
        READ_WRITE
    }

    record Target(
            String host,
            @Default("22") @AtLeast("1") @AtMost("65535") int port) {}

    record Everything(
            String name,
            boolean wanted,
            int count,
            long size,
            double share,
            Duration refreshInterval,
            Path directory,
            Instant madeAt,
            Mode mode,
            Target target,
            List<String> lines,
            Set<Long> numbers,
            Map<String, Target> peers,
            @Nullable String note,
            @Nullable Long limit) {}

    record Settings(
            @Default("data/files") Path directory,
            @Default("1m") @AtLeast("100ms") Duration refreshInterval,
            @Default("[a, b]") List<String> names,
            @Default("{}") Target2 target,
            @Default("read-only") Mode mode,
            @Default("true") boolean strict) {}

    record Target2(@Default("localhost") String host) {}

    record Ordered(
            @Default("[]") PersistentSet<Instant> times,
            @Default("{}") PersistentMap<String, Integer> ports) {}

    record Picky(String name) {
        Picky {
            if (!name.startsWith("x")) {
                throw new IllegalArgumentException("name: must begin with x, but was " + name);
            }
        }
    }

    record Node(String name, List<Node> children) {}

    record Raw(Tree any) {}

    private static final RecordCodec<Everything> EVERYTHING = RecordCodec.of(MethodHandles.lookup(), Everything.class);
    private static final RecordCodec<Target> TARGET = RecordCodec.of(MethodHandles.lookup(), Target.class);

    @Test
    void encode_everyType_givesKebabCaseKeysAndLeavesOutNulls() {
        Tree tree = EVERYTHING.encode(everything());

        assertThat(tree)
                .isEqualTo(mapping(
                        "name", text("a"),
                        "wanted", Tree.scalar(true),
                        "count", Tree.scalar(3L),
                        "size", Tree.scalar(4L),
                        "share", Tree.scalar(0.5),
                        "refresh-interval", text("90s"),
                        "directory", text("data/files"),
                        "made-at", text("2026-01-31T08:00:00Z"),
                        "mode", text("read-only"),
                        "target", mapping("host", text("h"), "port", Tree.scalar(1L)),
                        "lines", list(text("x"), text("x")),
                        "numbers", list(Tree.scalar(2L), Tree.scalar(10L)),
                        "peers", mapping("p q", mapping("host", text("h"), "port", Tree.scalar(1L)))));
    }

    @Test
    void decode_whatEncodeGave_givesAnEqualRow() {
        assertThat(EVERYTHING.decode(EVERYTHING.encode(everything()))).isEqualTo(everything());
    }

    @Test
    void decode_emptyDocument_givesAllDefaults() {
        RecordCodec<Settings> codec = RecordCodec.of(MethodHandles.lookup(), Settings.class);

        assertThat(codec.decode(mapping()))
                .isEqualTo(new Settings(
                        Path.of("data/files"),
                        Duration.ofMinutes(1),
                        List.of("a", "b"),
                        new Target2("localhost"),
                        Mode.READ_ONLY,
                        true));
    }

    @Test
    void decode_manyFaults_reportsAllInTheOrderOfTheirLines() {
        Tree document = mapping(
                "prot", at(9, 22L),
                "host", at(3, 7L),
                "port", at(5, 70000L));

        assertThat(problems(TARGET, document))
                .containsExactly(
                        "f.yaml:3: host: expected text, but found the number 7; write it in quotes: \"7\"",
                        "f.yaml:5: port: must be at most 65535, but was 70000",
                        "f.yaml:9: unknown key \"prot\"; did you mean \"port\"?");
    }

    @Test
    void decode_numberForText_saysHowToQuoteWhatWasWritten() {
        Tree document = mapping("host", new Tree.Scalar(644L, new Place("f.yaml", 2), "0644"));

        assertThat(problems(TARGET, document))
                .containsExactly(
                        "f.yaml:2: host: expected text, but found the number 0644; write it in quotes: \"0644\"");
    }

    @Test
    void decode_missingKey_isAtThePlaceOfTheMapping() {
        Tree document = new Tree.Mapping(Map.of(), new Place("f.yaml", 4));

        assertThat(problems(TARGET, document)).containsExactly("f.yaml:4: \"host\" is missing: text");
    }

    @Test
    void decode_unknownKeyFarFromAll_listsTheKnownOnes() {
        Tree document = mapping("host", text("h"), "colour", at(2, "red"));

        assertThat(problems(TARGET, document))
                .containsExactly("f.yaml:2: unknown key \"colour\"; known are host, port");
    }

    @Test
    void decode_nestedFaults_nameTheirPath() {
        Tree document = mapping(
                "peers", mapping("one", mapping("host", text("h"), "port", at(7, "x"))),
                "lines", list(text("a"), at(8, true)));

        assertThat(problems(EVERYTHING, document))
                .contains(
                        "f.yaml:7: peers.one.port: expected a whole number, but found the text \"x\"",
                        "f.yaml:8: lines[1]: expected text, but found true; write it in quotes: \"true\"");
    }

    @Test
    void decode_valueRefusedByTheCompactConstructor_isAProblemAtTheMapping() {
        RecordCodec<Picky> codec = RecordCodec.of(MethodHandles.lookup(), Picky.class);
        Tree document = new Tree.Mapping(Map.of("name", text("y")), new Place("f.yaml", 6));

        assertThat(problems(codec, document)).containsExactly("f.yaml:6: name: must begin with x, but was y");
    }

    @Test
    void decode_faultInOneItem_stillChecksTheOthers() {
        RecordCodec<Node> codec = RecordCodec.of(MethodHandles.lookup(), Node.class);
        Tree bad = new Tree.Mapping(Map.of("name", text("x")), new Place("f.yaml", 2));
        Tree alsoBad = new Tree.Mapping(Map.of("children", list()), new Place("f.yaml", 3));

        assertThat(problems(codec, mapping("name", text("root"), "children", list(bad, alsoBad))))
                .containsExactly(
                        "f.yaml:2: children[0]: \"children\" is missing: a list",
                        "f.yaml:3: children[1]: \"name\" is missing: text");
    }

    @Test
    void decode_recordThatHoldsItself_worksAtAnyDepth() {
        RecordCodec<Node> codec = RecordCodec.of(MethodHandles.lookup(), Node.class);
        Node node = new Node("a", List.of(new Node("b", List.of(new Node("c", List.of())))));

        assertThat(codec.decode(codec.encode(node))).isEqualTo(node);
    }

    @Test
    void decode_itemTwiceInASet_isRefused() {
        Tree document = mapping("numbers", list(at(1, 5L), at(2, 5L)));

        assertThat(problems(EVERYTHING, document)).contains("f.yaml:2: numbers[1]: is there twice: the number 5");
    }

    @Test
    void decode_numberBeyondItsType_namesTheBoundThatWasPassed() {
        assertThat(problems(EVERYTHING, mapping("count", at(1, 1L << 40))))
                .contains("f.yaml:1: count: must be at most 2147483647, but was 1099511627776");
        assertThat(problems(EVERYTHING, mapping("count", at(1, -1L << 40))))
                .contains("f.yaml:1: count: must be at least -2147483648, but was -1099511627776");
        assertThat(problems(EVERYTHING, mapping("size", at(1, BigInteger.TWO.pow(70)))))
                .contains("f.yaml:1: size: must be at most 9223372036854775807, but was " + BigInteger.TWO.pow(70));
    }

    @Test
    void decode_enumMisspelt_listsTheConstants() {
        assertThat(problems(EVERYTHING, mapping("mode", at(1, "readonly"))))
                .contains("f.yaml:1: mode: expected one of read-only, read-write, but found the text \"readonly\"");
    }

    @Test
    void decode_durationWithoutUnit_saysHowToWriteIt() {
        assertThat(problems(EVERYTHING, mapping("refresh-interval", at(1, 10L))))
                .contains(
                        "f.yaml:1: refresh-interval: expected a duration such as 500ms, 10s or 5m, but 10 has no unit;"
                                + " write 10s for seconds");
    }

    @Test
    void decode_nullForWhatIsNotNullable_saysSo() {
        assertThat(problems(TARGET, mapping("host", at(2, null), "port", at(3, null))))
                .containsExactly(
                        "f.yaml:2: host: expected text, but found nothing",
                        "f.yaml:3: port: expected a whole number, but found nothing; leave the key out for the default,"
                                + " \"22\"");
    }

    @Test
    void decode_noMapping_saysWhatWasExpected() {
        assertThat(problems(TARGET, at(1, "x")))
                .containsExactly("f.yaml:1: expected a mapping with host, port, but found the text \"x\"");
    }

    @Test
    void decode_tree_isLeftAsItIs() {
        RecordCodec<Raw> codec = RecordCodec.of(MethodHandles.lookup(), Raw.class);

        assertThat(codec.decode(mapping("any", list(text("a")))).any()).isEqualTo(list(text("a")));
    }

    @Test
    void decode_collections_areUnmodifiable() {
        Everything row = EVERYTHING.decode(EVERYTHING.encode(everything()));

        assertThatThrownBy(() -> row.lines().add("y")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> row.numbers().add(1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> row.peers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void encode_nullWithoutNullable_namesTheComponent() {
        assertThatThrownBy(() -> new NullCarrier().encode())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("Target.host is null, and is not @Nullable");
    }

    @Test
    void promise_A29_persistentCollectionsAreWrittenInTheirOrderAndReadBack() {
        Ordered row = new Ordered(
                PersistentSet.of(Instant.parse("2026-01-31T08:00:00.5Z"), Instant.parse("2026-01-31T08:00:00Z")),
                PersistentMap.of("https", 443, "http", 80));
        RecordCodec<Ordered> codec = RecordCodec.of(MethodHandles.lookup(), Ordered.class);

        Tree.Mapping tree = (Tree.Mapping) codec.encode(row);

        // Equality of mappings does not see their order, nor that of the texts, of which the later one is smaller.
        assertThat(tree.entries())
                .containsEntry("times", list(text("2026-01-31T08:00:00Z"), text("2026-01-31T08:00:00.500Z")));
        assertThat(((Tree.Mapping) requireNonNull(tree.entries().get("ports")))
                        .entries()
                        .keySet())
                .containsExactly("http", "https");
        assertThat(codec.decode(tree)).isEqualTo(row);
        assertThat(codec.decode(mapping())).isEqualTo(new Ordered(PersistentSet.of(), PersistentMap.of()));
        assertThat(problems(codec, mapping("times", list(text("2026-01-31T08:00:00Z"), text("2026-01-31T08:00:00Z")))))
                .containsExactly("times[1]: is there twice: the text \"2026-01-31T08:00:00Z\"");
        assertThat(problems(codec, mapping("ports", list())))
                .singleElement()
                .asString()
                .contains("expected a mapping");
    }

    @Test
    void of_persistentMapWithOtherKeysThanText_namesWhatThereIs() {
        record Odd(PersistentMap<Integer, String> names) {}

        assertThatThrownBy(() -> RecordCodec.of(MethodHandles.lookup(), Odd.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Odd.names: type")
                .hasMessageContaining("PersistentMap<String, …> of these");
    }

    @Test
    void of_unsupportedType_namesTheComponentAndWhatThereIs() {
        record Odd(StringBuilder text) {}

        assertThatThrownBy(() -> RecordCodec.of(MethodHandles.lookup(), Odd.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Odd.text: type java.lang.StringBuilder has no form in documents");
    }

    @Test
    void of_defaultThatDoesNotFit_namesTheComponent() {
        record Odd(@Default("soon") Duration delay) {}

        assertThatThrownBy(() -> RecordCodec.of(MethodHandles.lookup(), Odd.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Odd.delay: expected a duration");
    }

    @Test
    void of_defaultOutOfBounds_isRefused() {
        record Odd(@Default("0") @AtLeast("1") int count) {}

        assertThatThrownBy(() -> RecordCodec.of(MethodHandles.lookup(), Odd.class))
                .hasMessageContaining("must be at least 1, but was 0");
    }

    @Test
    void of_boundOnText_isRefused() {
        record Odd(@AtLeast("1") String text) {}

        assertThatThrownBy(() -> RecordCodec.of(MethodHandles.lookup(), Odd.class))
                .hasMessageContaining("@AtLeast and @AtMost are for numbers and durations");
    }

    @Test
    void of_lookupOfAStranger_saysWhichOneToGive() {
        assertThatThrownBy(() -> RecordCodec.of(MethodHandles.publicLookup(), Target.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give MethodHandles.lookup() of its own module");
    }

    private static Everything everything() {
        return new Everything(
                "a",
                true,
                3,
                4,
                0.5,
                Duration.ofSeconds(90),
                Path.of("data/files"),
                Instant.parse("2026-01-31T08:00:00Z"),
                Mode.READ_ONLY,
                new Target("h", 1),
                List.of("x", "x"),
                Set.of(10L, 2L),
                Map.of("p q", new Target("h", 1)),
                null,
                null);
    }

    private static List<String> problems(RowCodec<?> codec, Tree document) {
        return catchThrowableOfType(DocumentException.class, () -> codec.decode(document)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static Tree at(int line, @Nullable Object value) {
        return new Tree.Scalar(value, new Place("f.yaml", line));
    }

    private static Tree text(String text) {
        return Tree.scalar(text);
    }

    private static Tree list(Tree... items) {
        return new Tree.Sequence(List.of(items), Place.NOWHERE);
    }

    private static Tree mapping(Object... keysAndValues) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put((String) keysAndValues[i], (Tree) keysAndValues[i + 1]);
        }
        return new Tree.Mapping(entries, Place.NOWHERE);
    }

    /** Makes what the types forbid. */
    private static final class NullCarrier {
        @SuppressWarnings("NullAway") // the point of the test
        Tree encode() {
            return TARGET.encode(new Target(null, 1));
        }
    }
}
