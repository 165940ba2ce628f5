package dev.homeostat.host.tree;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private final YamlReader reader = new YamlReader();

    @Test
    void read_mapping_keepsOrderAndLines() {
        Tree.Mapping document = (Tree.Mapping) one("""
            table: files
            # a comment
            rows:
              - path: a
                content: |
                  hello
              -
                path: b
            """);

        assertThat(document.entries().keySet()).containsExactly("table", "rows");
        assertThat(at(document, "rows").place()).hasToString("f.yaml:3");
        Tree.Sequence rows = (Tree.Sequence) at(document, "rows");
        assertThat(rows.items()).extracting(row -> row.place().line()).containsExactly(4, 8);
        Tree.Mapping first = (Tree.Mapping) rows.items().getFirst();
        assertThat(first.entries().get("content")).isEqualTo(Tree.scalar("hello\n"));
        assertThat(at(first, "content").place().line()).isEqualTo(5);
    }

    @Test
    void read_severalDocuments_givesEach() {
        assertThat(reader.read("f.yaml", "a: 1\n---\n- b\n---\n...\n"))
                .extracting(Tree::kind)
                .containsExactly("a mapping", "a list", "null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "\uFEFF"})
    void read_nothing_givesNoDocument(String text) {
        assertThat(reader.read("f.yaml", text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0644, 644",
        "-7, -7",
        "+7, 7",
        "0o17, 15",
        "0x1F, 31",
        "9223372036854775807, 9223372036854775807",
    })
    void read_wholeNumber_isALongThatRemembersHowItWasWritten(String text, long value) {
        Tree.Scalar scalar = (Tree.Scalar) one(text);

        assertThat(scalar.value()).isEqualTo(value);
        assertThat(scalar.written()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1.10, 1.1", "1e3, 1000.0", ".5, 0.5", "-1.5E-3, -0.0015", "1., 1.0"})
    void read_fraction_isADouble(String text, double value) {
        assertThat(((Tree.Scalar) one(text)).value()).isEqualTo(value);
    }

    @Test
    void read_numberBeyond64Bits_isABigInteger() {
        assertThat(((Tree.Scalar) one("9223372036854775808")).value()).isEqualTo(BigInteger.TWO.pow(63));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "no",
                "on",
                "NO",
                "y",
                "1_000",
                "0b1",
                "12:30",
                "2026-01-31",
                "'12'",
                "\"true\"",
                "!!str 12"
            })
    void read_whatYaml12CallsText_isText(String text) {
        assertThat(((Tree.Scalar) one(text)).value()).isInstanceOf(String.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "~", "Null", "NULL"})
    void read_null_isNull(String text) {
        assertThat(((Tree.Scalar) one(text)).value()).isNull();
    }

    @Test
    void read_keyTwice_namesBothLines() {
        assertThat(problems("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n"))
                .containsExactly(
                        "f.yaml:4: key \"c\" is there twice, in line 3 and in line 4",
                        "f.yaml:5: key \"a\" is there twice, in line 1 and in line 5");
    }

    @Test
    void read_keyThatIsNoText_isRefusedWithTheWayOut() {
        assertThat(problems("80: x\n? [a]\n: y\ntrue: z\n"))
                .containsExactly(
                        "f.yaml:1: a key must be text, but 80 is a number; write it in quotes: \"80\"",
                        "f.yaml:2: a key must be text, but this one is a list",
                        "f.yaml:4: a key must be text, but true is true or false; write it in quotes: \"true\"");
    }

    @Test
    void read_mergeKey_isRefused() {
        assertThat(problems("a: &a {x: 1}\nb:\n  <<: *a\n"))
                .containsExactly("f.yaml:3: merge keys (<<) are no part of YAML 1.2; write the keys out");
        assertThat(one("\"<<\": 1")).isInstanceOf(Tree.Mapping.class);
    }

    @Test
    void read_alias_standsForItsAnchor() {
        assertThat(one("a: &x [1, 2]\nb: *x\n")).isEqualTo(one("a: [1, 2]\nb: [1, 2]\n"));
    }

    @Test
    void read_aliasWithoutAnchor_isRefused() {
        assertThat(problems("a: 1\nb: *x\n"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2: alias *x: no anchor &x comes before it");
    }

    @Test
    void read_aliasInsideItsAnchor_isRefused() {
        assertThat(problems("a: &x\n  - *x\n"))
                .containsExactly("f.yaml:2: alias *x: it stands inside of what it refers to");
    }

    @Test
    void read_billionLaughs_isRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            text.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(alias, alias, alias, alias, alias))));
        }

        assertThat(problems(text.toString()))
                .singleElement()
                .asString()
                .contains("the aliases stand for more than 100000 nodes");
    }

    @Test
    void read_foreignTag_isRefused() {
        assertThat(problems("a: !!java.io.File x\nb: !secret y\nc: !!set {x}\nd: !!int x\n"))
                .containsExactly(
                        "f.yaml:1: tag !!java.io.File is refused; leave it out, text, numbers, true, false and null"
                                + " need none",
                        "f.yaml:2: tag !secret is refused; leave it out, text, numbers, true, false and null need none",
                        "f.yaml:3: tag !!set is refused; leave it out, mappings need none",
                        "f.yaml:4: \"x\" is not what its tag !!int says");
    }

    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.INF", ".nan", "1e999"})
    void read_numberThatJsonCannotHold_isRefused(String text) {
        assertThat(problems("a: " + text)).singleElement().asString().startsWith("f.yaml:1: " + text + " is ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b: c\n",
                "a: [1, 2\n",
                "a:\n\t- b\n",
                "a: \"x\n",
                "- a\nb: c\n",
                "a: @x\n",
                "%YAML 3.0\n---\na\n"
            })
    void read_wrongSyntax_isOneLineWithThePlace(String text) {
        assertThat(problems(text)).singleElement().asString().matches("f\\.yaml(:\\d+)?: is not valid YAML: .+");
    }

    @Test
    void read_wrongSyntax_namesTheLine() {
        assertThat(problems("a: 1\nb: c: d\n")).singleElement().asString().startsWith("f.yaml:2: is not valid YAML: ");
        assertThat(problems("a: 1\nb: \u0001\n"))
                .containsExactly(
                        "f.yaml:2: is not valid YAML: the character U+0001 is not allowed; in double quotes it can be"
                                + " written as \"\\u0001\"");
    }

    @Test
    void read_faultsBeforeASyntaxError_areReportedToo() {
        assertThat(problems("a: 1\na: 2\nb: c: d\n")).hasSize(2);
    }

    @Test
    void read_nestedTooDeep_isRefusedWithoutExhaustingTheStack() {
        assertThat(problems("[".repeat(100_000))).singleElement().asString().contains("is nested more than 100 deep");
    }

    @Test
    void read_tooLarge_isRefused() {
        assertThat(problems("#".repeat(YamlReader.MAX_CHARACTERS + 1)))
                .singleElement()
                .asString()
                .contains("is too large");
    }

    @Test
    void read_json_givesTheSameTrees() {
        String json = "{\n\t\"a\": [1, 2.5, true, null, \"x\\n\\u00e9\\ud83d\\ude00\\/\"],\n\t\"b\": {}\n}\n";

        assertThat(one(json))
                .isEqualTo(new Tree.Mapping(
                        Map.of(
                                "a",
                                        new Tree.Sequence(
                                                List.of(
                                                        Tree.scalar(1L),
                                                        Tree.scalar(2.5),
                                                        Tree.scalar(true),
                                                        Tree.scalar(null),
                                                        Tree.scalar("x\né😀/")),
                                                Place.NOWHERE),
                                "b", new Tree.Mapping(Map.of(), Place.NOWHERE)),
                        Place.NOWHERE));
    }

    private static Tree at(Tree.Mapping mapping, String key) {
        return requireNonNull(mapping.entries().get(key), key);
    }

    private Tree one(String text) {
        return reader.read("f.yaml", text).getFirst();
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(DocumentException.class, () -> reader.read("f.yaml", text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
