package dev.homeostat.api.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.BitPrefix;
import dev.homeostat.api.db.IpPrefix;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.api.tree.TreeForm;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statuses in documents, alone and as parts of rows. */
final class StatusDocumentTest {
    private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");

    static Stream<Status> statuses() {
        return Stream.of(
                Status.pending(),
                Status.pending(AT),
                Status.pending(7, AT),
                Status.refreshing(7, AT),
                Status.done(7, AT),
                Status.error(7, AT, "no route", 3, AT.plusSeconds(5)),
                Status.permanent(7, AT, "never", 1),
                Status.blocked(7, AT, "waits", 2, new Blocker("links", "eth0")));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void promise_B5_documentsInAndOut(Status status) {
        assertThat(Status.fromTree(status.toTree())).isEqualTo(status);
        StatusSet set = StatusSet.of(7, Map.of("a", status, "b", Status.done(6, AT)));
        assertThat(StatusSet.fromTree(set.toTree())).isEqualTo(set);
    }

    @Test
    void promise_B5_theDocumentOfASetIsWhatPeopleWouldWrite() {
        Tree tree = StatusSet.of(7, Map.of("disk", Status.done(7, AT))).toTree();
        assertThat(tree)
                .isEqualTo(mapping(
                        "generation",
                        Tree.scalar(7L),
                        "statuses",
                        mapping(
                                "disk",
                                mapping(
                                        "kind", Tree.scalar("done"),
                                        "generation", Tree.scalar(7L),
                                        "updated-at", Tree.scalar("2026-01-31T08:00:00Z")))));
        assertThat(StatusSet.fromTree(Tree.scalar("pending"))).isEqualTo(StatusSet.pending());
        assertThat(Status.fromTree(Tree.scalar("pending"))).isEqualTo(Status.pending());
    }

    @Test
    void promise_B5_badInputIsToldWithItsPlace() {
        Place place = new Place("rows.json", 12);
        Tree bad = new Tree.Scalar("dnoe", place);
        Tree set = mapping("statuses", mapping("disk", mapping("kind", bad)));
        assertThatThrownBy(() -> StatusSet.fromTree(set))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("rows.json:12: ")
                .hasMessageContaining("statuses.disk")
                .hasMessageContaining("dnoe");
        assertThatThrownBy(() -> Status.fromTree(new Tree.Scalar("soon", place)))
                .isInstanceOf(DocumentException.class)
                .hasMessage("rows.json:12: expected pending, or a mapping with a kind, but found the text \"soon\"");
        assertThatThrownBy(() -> StatusSet.fromTree(new Tree.Scalar("soon", place)))
                .hasMessageStartingWith("rows.json:12: ");
        assertThatThrownBy(() -> Status.fromTree(new Tree.Sequence(List.of(), place)))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("rows.json:12: ");
        for (Map.Entry<String, Tree> wrong : Map.of(
                        "at least 0", mapping("kind", Tree.scalar("done"), "generation", Tree.scalar(-1L)),
                        "\"error\" is missing", mapping("kind", Tree.scalar("error")),
                        "either a next-attempt", mapping("kind", Tree.scalar("error"), "error", Tree.scalar("x")),
                        "only of the kind error", mapping("kind", Tree.scalar("done"), "error", Tree.scalar("x")),
                        "did you mean \"kind\"?", mapping("knid", Tree.scalar("done")))
                .entrySet()) {
            assertThatThrownBy(() -> Status.fromTree(wrong.getValue()))
                    .isInstanceOf(DocumentException.class)
                    .hasMessageContaining(wrong.getKey());
        }
    }

    /** A row with all that has a form of its own. */
    private record Full(
            String name,
            Status status,
            StatusSet statuses,
            IpPrefix net,
            BitPrefix bits,
            @Nullable Status other) {}

    @Test
    void recordCodec_carriesStatusesAndPrefixes() {
        RecordCodec<Full> codec = RecordCodec.of(MethodHandles.lookup(), Full.class);
        Full full = new Full(
                "a",
                Status.done(3, AT),
                StatusSet.of(3, Map.of("x", Status.permanent(3, AT, "no", 1))),
                IpPrefix.parse("10.1.0.0/16"),
                BitPrefix.parse("c0a0/12"),
                null);
        assertThat(codec.decode(codec.encode(full))).isEqualTo(full);
    }

    @Test
    void recordCodec_statusesThatADocumentDoesNotName_arePending() {
        RecordCodec<Full> codec = RecordCodec.of(MethodHandles.lookup(), Full.class);
        Full row = codec.decode(
                mapping("name", Tree.scalar("a"), "net", Tree.scalar("10.1.0.0/16"), "bits", Tree.scalar("c0a0/12")));
        assertThat(row.status()).isEqualTo(Status.pending());
        assertThat(row.statuses()).isEqualTo(StatusSet.pending());
        assertThat(row.other()).isNull();
    }

    @Test
    void recordCodec_prefixesThatAreNone_areToldWithTheirKey() {
        RecordCodec<Full> codec = RecordCodec.of(MethodHandles.lookup(), Full.class);
        Tree net = new Tree.Scalar("10.1.0.1/16", new Place("m.yaml", 3));
        assertThatThrownBy(() -> codec.decode(mapping("name", Tree.scalar("a"), "net", net, "bits", Tree.scalar(12L))))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("m.yaml:3: net: expected an IP prefix such as 10.1.0.0/16")
                .hasMessageContaining("bits after the prefix are set")
                .hasMessageContaining("bits: expected a bit prefix");
        assertThatThrownBy(() -> codec.decode(mapping("name", Tree.scalar("a"))))
                .hasMessageContaining("\"net\" is missing: an ip prefix");
    }

    /** Says that it has a form, and has none. */
    private record Formless(String text) implements TreeForm {
        @Override
        public Tree toTree() {
            return Tree.scalar(text);
        }
    }

    private record WithFormless(Formless formless) {}

    @Test
    void recordCodec_ofAFormWithoutFromTree_saysWhatIsMissing() {
        assertThatThrownBy(() -> RecordCodec.of(MethodHandles.lookup(), WithFormless.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Formless")
                .hasMessageContaining("public static method fromTree(Tree)");
    }

    /** A form that only its own module sees. */
    private record Angle(int degrees) implements TreeForm {
        @SuppressWarnings("UnusedMethod") // found by its name
        public static Angle fromTree(Tree tree) {
            if (tree instanceof Tree.Scalar scalar && scalar.value() instanceof Long number && number < 360) {
                return new Angle(number.intValue());
            }
            throw new IllegalArgumentException("an angle is below 360 degrees");
        }

        @Override
        public Tree toTree() {
            return Tree.scalar((long) degrees);
        }
    }

    private record WithAngles(List<Angle> angles) {}

    @Test
    void recordCodec_carriesAFormOfThePluginsOwn_alsoInLists() {
        RecordCodec<WithAngles> codec = RecordCodec.of(MethodHandles.lookup(), WithAngles.class);
        WithAngles row = new WithAngles(List.of(new Angle(1), new Angle(359)));
        assertThat(codec.decode(codec.encode(row))).isEqualTo(row);
        Tree wrong = mapping("angles", new Tree.Sequence(List.of(Tree.scalar(1L), Tree.scalar(400L)), Place.NOWHERE));
        assertThatThrownBy(() -> codec.decode(wrong)).hasMessage("angles[1]: an angle is below 360 degrees");
    }

    private static Tree mapping(Object... entries) {
        Map<String, Tree> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], (Tree) entries[i + 1]);
        }
        return new Tree.Mapping(map, Place.NOWHERE);
    }
}
