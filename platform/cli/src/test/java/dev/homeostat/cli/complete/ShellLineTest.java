package dev.homeostat.cli.complete;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class ShellLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        db get t k               | db,get,t,k
        `  db\tget  `            | db,get
        get 'a b' "c d"          | get,a b,c d
        a\\ b c                  | a b,c
        'it'\\''s'               | it's
        "a\\"b\\\\c\\d"          | a"b\\c\\d
        '\\n'                    | \\n
        x # nothing more         | x
        a#b                      | a#b
        get ''                   | get,
        """)
    void words_areThoseOfAShell(String line, String words) {
        assertThat(String.join(",", ShellLine.of(line).all())).isEqualTo(words);
    }

    @Test
    void emptyLine_hasNoWords() {
        assertThat(ShellLine.of("  ").all()).isEmpty();
        assertThat(ShellLine.of("# all of it").all()).isEmpty();
        assertThat(ShellLine.of("''").all()).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        db get 'a b  | a b | 7
        db get "a b  | a b | 7
        db g         | g   | 3
        `db `        | ``  | -1
        """)
    void beginOfAWord_isFoundWithItsPlace(String line, String last, int at) {
        ShellLine cut = ShellLine.of(line);
        assertThat(cut.last()).isEqualTo(last);
        assertThat(cut.lastAt()).isEqualTo(at);
    }

    @Test
    void openQuote_isSaid() {
        assertThat(ShellLine.of("a 'b").quote()).isEqualTo('\'');
        assertThat(ShellLine.of("a \"b").quote()).isEqualTo('"');
        assertThat(ShellLine.of("a b\\").quote()).isEqualTo('\\');
        assertThat(ShellLine.of("a 'b' \"c\"").isOpen()).isFalse();
    }

    /** Whatever the word, our own reader takes back what is written for it, and so does the shell of this machine. */
    @Test
    @SuppressWarnings("OrphanedFormatString") // it is for the printf of sh
    void escapedWord_isReadBackByUsAndBySh() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> words = new ArrayList<>(
                List.of("", "a b", "'", "\"", "$HOME", "`x`", "~", "#", "a\nb", "*?[!", "äö€", "\\", "^", "!!"));
        String alphabet = "ab '\"\\$`#~*!^&|;<>(){}[]=:@%+-_.,/\n\tü";
        for (int i = 0; i < 200; i++) {
            StringBuilder word = new StringBuilder();
            for (int j = random.nextInt(6); j >= 0; j--) {
                word.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            words.add(word.toString());
        }
        StringBuilder script = new StringBuilder("printf '%s\\0'");
        for (String word : words) {
            for (char quote : new char[] {ShellLine.NONE, '\'', '"'}) {
                String written = quote == ShellLine.NONE
                        ? ShellLine.escaped(word)
                        : quote + ShellLine.within(quote, word) + quote;
                assertThat(ShellLine.of(written).all())
                        .as("seed %d, %s", seed, written)
                        .containsExactly(word);
                script.append(' ').append(written);
            }
        }
        List<String> expected = words.stream()
                .flatMap(word -> List.of(word, word, word).stream())
                .toList();
        assertThat(sh(script.toString())).as("seed %d", seed).isEqualTo(expected);
    }

    private static List<String> sh(String script) {
        try {
            Process process = new ProcessBuilder("sh", "-c", script).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<String> words = new ArrayList<>(List.of(out.split("\0", -1)));
            words.removeLast();
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
