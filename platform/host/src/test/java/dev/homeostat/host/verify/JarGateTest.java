package dev.homeostat.host.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars that were made to do harm, or were damaged, are refused with a reason; ordinary ones are not. */
final class JarGateTest {
    private static final JarLimits SMALL = new JarLimits(4 << 20, 10, 8 << 20, 200, 1000, 1 << 20, 2, 100, 2000);
    private static final byte[] TEXT = "hello hello hello".getBytes(UTF_8);

    @TempDir
    Path directory;

    private int copies;

    private JarGate.Admission admit(HandmadeZip zip) throws IOException {
        return admit(zip.writeTo(directory.resolve("it.jar")));
    }

    private JarGate.Admission admit(Path jar) throws IOException {
        return new JarGate(AllowList.everything(), SMALL).admit(jar, directory.resolve("copy" + ++copies + ".jar"));
    }

    private void assertRefused(HandmadeZip zip, String... reasons) {
        assertThatThrownBy(() -> admit(zip))
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageContainingAll(reasons)
                .satisfies(refused ->
                        assertThat(((PluginRefusedException) refused).fix()).isNotEmpty());
    }

    private static HandmadeZip zip(String name, byte[] content) {
        HandmadeZip zip = new HandmadeZip();
        zip.add(name, content);
        return zip;
    }

    @Test
    void ordinaryJars_areLetIn() throws IOException {
        HandmadeZip zip = zip("META-INF/MANIFEST.MF", TEXT);
        zip.store("a/", new byte[0]);
        zip.add("a/ä.txt", TEXT);
        zip.store("b.txt", TEXT);
        admit(zip.comment("made by hand".getBytes(UTF_8)));
        Path streamed = directory.resolve("streamed.jar");
        try (OutputStream out = Files.newOutputStream(streamed);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("sizes-follow.txt"));
            jar.write(TEXT);
        }
        assertThatCode(() -> admit(streamed)).doesNotThrowAnyException();
    }

    @Test
    void sum_isThatOfTheCopy() throws Exception {
        HandmadeZip zip = zip("a", TEXT);
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip.bytes()));

        assertThat(admit(zip).sha256()).isEqualTo(sum);
        assertThat(directory.resolve("copy1.jar")).hasBinaryContent(zip.bytes());
    }

    @Test
    void bomb_isRefusedByItsRatio_asSoonAsThatIsSeen() {
        assertRefused(zip("zeros", new byte[5 << 20]), "its entry zeros", "200 times", "bytes so far");
    }

    @Test
    void bombInANestedJar_isRefused_namingIt() throws Exception {
        JarGate.Admission admission = admit(zip("META-INF/lib/bomb.jar", TEXT));
        Path bomb = zip("zeros", new byte[5 << 20]).writeTo(directory.resolve("bomb.jar"));

        assertThatThrownBy(() -> admission.nested("META-INF/lib/bomb.jar", bomb))
                .hasMessageContainingAll("META-INF/lib/bomb.jar", "zeros", "200 times");
    }

    @Test
    void whatNestedJarsUnpackTo_countsTogether() throws Exception {
        JarGate.Admission admission = admit(zip("a", new byte[900_000]));
        byte[] noise = new byte[900_000];
        new java.util.Random(1).nextBytes(noise);
        Path library = zip("noise", noise).writeTo(directory.resolve("library.jar"));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 12; i++) {
                        admission.nested("META-INF/lib/library.jar", library);
                    }
                })
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageMatching(".*(unpacked it has more than 8388608 bytes|too many entries: 1, and 0 of 10).*");
    }

    @Test
    void tooManyEntries_areRefused_beforeAnyIsRead() {
        HandmadeZip zip = new HandmadeZip();
        for (int i = 0; i < 11; i++) {
            zip.add("entry" + i, TEXT);
        }
        assertRefused(zip, "too many entries: 11", "10");
    }

    @Test
    void bigFileManifestNameAndNestedJar_areRefusedWithBothNumbers() {
        byte[] noise = new byte[5 << 20];
        new java.util.Random(1).nextBytes(noise);
        assertRefused(zip("noise", noise), "more than 4194304 bytes");
        assertRefused(zip("META-INF/MANIFEST.MF", new byte[1001]), "manifest of 1001 bytes", "1000");
        assertRefused(zip("n".repeat(101), TEXT), "name of 101 bytes", "100");
        assertRefused(
                zip("META-INF/lib/big.jar", Arrays.copyOf(noise, 2 << 20)),
                "META-INF/lib/big.jar",
                "20977",
                "1048576",
                "1048576");
        HandmadeZip many = zip("META-INF/lib/1.jar", TEXT);
        many.add("META-INF/lib/2.jar", TEXT);
        many.add("META-INF/lib/3.jar", TEXT);
        assertRefused(many, "more than 2 jars");
    }

    @Test
    void directoryThatWouldTakeMuchMemory_isRefusedBeforeItIsRead() throws IOException {
        Path sparse = HandmadeZip.sparse(directory.resolve("sparse.jar"), 200 << 20, 60_000);
        assertThatThrownBy(() -> JarManifest.read(sparse))
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageContaining("central directory of 209715200 bytes, and 33554432 is the most");
        assertThat(JarDirectory.problem(sparse)).contains("33554432 is the most");
    }

    @Test
    void jarInANestedJar_isTooDeep() throws Exception {
        Path deep = zip("META-INF/lib/deeper.jar", TEXT).writeTo(directory.resolve("deep.jar"));

        assertThatThrownBy(() -> admit(zip("a", TEXT)).nested("META-INF/lib/deep.jar", deep))
                .hasMessageContainingAll("META-INF/lib/deep.jar", "META-INF/lib/deeper.jar", "depth of 2");
    }

    @ParameterizedTest
    @CsvSource({
        "../evil.jar, leads out",
        "META-INF/lib/../../evil.jar, leads out",
        "/etc/evil, absolute",
        "C:/evil, absolute",
        "META-INF\\lib\\..\\evil.jar, backslash",
        "a//b, empty part",
        "./a, leads out",
    })
    void namesThatLeadElsewhere_areRefused(String name, String why) {
        assertRefused(zip(name, TEXT), "\"" + name + "\"", why);
    }

    @Test
    void nameWithAControlCharacter_isRefused_andShownAsAnEscape() {
        assertRefused(zip("a\u001b[31m", TEXT), "\\u001b", "control character");
    }

    @Test
    void twoEntriesOfAName_areRefused_alsoAFileAndADirectory() {
        HandmadeZip twice = zip("a", TEXT);
        twice.add("a", TEXT);
        assertRefused(twice, "two entries \"a\"");
        HandmadeZip both = zip("a/", new byte[0]);
        both.add("a", TEXT);
        assertRefused(both, "two entries \"a\"");
        HandmadeZip manifests = zip("META-INF/MANIFEST.MF", TEXT);
        manifests.add("meta-inf/manifest.mf", TEXT);
        assertRefused(manifests, "two manifests");
    }

    @Test
    void entriesThatLieAboutTheirSize_areRefused() {
        HandmadeZip less = new HandmadeZip();
        less.add("less", TEXT).size(3);
        assertRefused(less, "\"less\"", "claims 3 bytes and has more");
        HandmadeZip more = new HandmadeZip();
        more.add("more", TEXT).size(3000);
        assertRefused(more, "\"more\"", "has 17 bytes", "claims 3000");
        HandmadeZip stored = new HandmadeZip();
        stored.store("stored", TEXT).size(3000);
        assertRefused(stored, "\"stored\"", "17 bytes packed and 3000");
        HandmadeZip sum = new HandmadeZip();
        sum.add("sum", TEXT).crc++;
        assertRefused(sum, "\"sum\"", "with sum");
    }

    @Test
    void localHeadersThatDifferFromTheCentralDirectory_areRefused() {
        HandmadeZip name = new HandmadeZip();
        name.add("harmless", "evil", TEXT, true);
        assertRefused(name, "\"harmless\"", "another name", "\"evil\"");
        HandmadeZip size = new HandmadeZip();
        size.add("size", TEXT).localSize = 18;
        assertRefused(size, "\"size\"", "in one way in the central directory");
        HandmadeZip place = new HandmadeZip();
        place.add("a", TEXT).header = 7;
        assertRefused(place, "\"a\"", "not where the central directory says");
        HandmadeZip outside = new HandmadeZip();
        outside.add("a", TEXT).header = 1 << 20;
        assertRefused(outside, "\"a\"", "behind the end of the file");
    }

    @Test
    void entriesOverTheSameBytes_areRefused() {
        HandmadeZip overlapping = new HandmadeZip();
        overlapping.again(overlapping.add("one", TEXT), "two");
        assertRefused(overlapping, "overlaps");
    }

    @Test
    void encryptedOrStrangelyPackedEntries_areRefused() {
        HandmadeZip encrypted = new HandmadeZip();
        encrypted.add("a", TEXT).flags = 1;
        assertRefused(encrypted, "\"a\" is encrypted");
        HandmadeZip lzma = new HandmadeZip();
        lzma.add("a", TEXT).method = 14;
        assertRefused(lzma, "\"a\" is packed by method 14");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 40, 60, 80})
    void cutOffJar_isRefused(int bytes) throws Exception {
        byte[] whole = zip("a", TEXT).bytes();
        Path jar = Files.write(directory.resolve("cut.jar"), Arrays.copyOf(whole, Math.min(bytes, whole.length - 1)));

        assertThatThrownBy(() -> admit(jar))
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void anyChangedByte_isRefusedOrHarmless_butNeverAnythingElse() throws Exception {
        HandmadeZip zip = zip("META-INF/MANIFEST.MF", TEXT);
        zip.add("a/b", TEXT);
        byte[] whole = zip.bytes();
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int mask : new int[] {0x01, 0x80, 0xFF}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) mask;
                try {
                    admit(Files.write(directory.resolve("changed.jar"), changed));
                } catch (PluginRefusedException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(whole.length * 2);
    }

    @Test
    void secondEndRecordBehindTheFirst_isRefused() throws Exception {
        byte[] first = zip("a", TEXT).bytes();
        byte[] second = Arrays.copyOf(first, first.length + 30);
        assertThatThrownBy(() -> admit(Files.write(directory.resolve("two.jar"), second)))
                .hasMessageContaining("something follows its end record");
        byte[] prefixed = new byte[first.length + 10];
        System.arraycopy(first, 0, prefixed, 10, first.length);
        assertThatThrownBy(() -> admit(Files.write(directory.resolve("prefixed.jar"), prefixed)))
                .hasMessageContaining("central directory should end at byte");
    }

    @Test
    void classOfANewerJava_isRefused_butNotInALibraryNorInAVersionOfItsOwn() throws Exception {
        byte[] tomorrow = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 99, 0, 0};
        assertRefused(zip("a/B.class", tomorrow), "a/B.class", "Java 55", "99", "--release 25");
        admit(zip("META-INF/versions/55/a/B.class", tomorrow))
                .nested("META-INF/lib/l.jar", zip("a/B.class", tomorrow).writeTo(directory.resolve("l.jar")));
        byte[] preview = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, (byte) 0xFF, (byte) 0xFF, 0, 69, 0, 0};
        assertRefused(zip("a/B.class", preview), "a/B.class", "preview");
    }
}
