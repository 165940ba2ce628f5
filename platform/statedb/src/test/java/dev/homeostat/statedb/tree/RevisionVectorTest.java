package dev.homeostat.statedb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The vector over revisions, by itself. */
final class RevisionVectorTest {
    private record Version(RevisionVector vector, NavigableMap<Long, Object> model) {}

    @Test
    void remove_ofAllInABlock_dropsTheBlock() {
        Edit edit = new Edit();
        RevisionVector vector = RevisionVector.empty(0);
        for (long revision = 0; revision < 100_000; revision++) {
            vector = vector.append(revision, revision, edit);
        }
        for (long revision = 0; revision < 99_999; revision++) {
            vector = vector.remove(revision, edit);
            if ((revision & 63) == 63) {
                assertThat(vector.blockOf(revision)).as("block of %s", revision).isNull();
            } else {
                assertThat(vector.blockOf(revision)).isNotNull();
            }
        }
        assertThat(vector.count()).isOne();
        assertThat(vector.ceiling(0)).isEqualTo(99_999);
        assertThat(vector.get(99_999)).isEqualTo(99_999L);
        assertThat(all(vector)).containsExactly(99_999L);
    }

    @Test
    void append_afterABlockWasEmptied_leavesItOut() {
        Edit edit = new Edit();
        RevisionVector vector = RevisionVector.empty(0);
        for (long revision = 1; revision <= 1_000_000; revision++) {
            vector = vector.append(revision, "newest", edit);
            if (revision > 1) {
                vector = vector.remove(revision - 1, edit);
            }
        }
        for (long revision = 0; revision < 999_936; revision += 64) {
            assertThat(vector.blockOf(revision)).isNull();
        }
        assertThat(all(vector)).containsExactly("newest");
    }

    @Test
    void append_afterTheNewestBlockWasEmptied_leavesThatBlockOut() {
        Edit edit = new Edit();
        RevisionVector vector = RevisionVector.empty(0).append(1, "first", edit);
        for (long base = 64; base < 6400; base += 64) {
            for (long revision = base; revision < base + 64; revision++) {
                vector = vector.append(revision, revision, edit);
            }
            for (long revision = base; revision < base + 64; revision++) {
                vector = vector.remove(revision, edit);
            }
        }
        vector = vector.append(6400, "last", edit);
        for (long base = 64; base < 6400; base += 64) {
            assertThat(vector.blockOf(base)).isNull();
        }
        assertThat(all(vector)).containsExactly("first", "last");
    }

    @Test
    void anEmptiedVector_isAsGoodAsNew() {
        Edit edit = new Edit();
        RevisionVector vector = RevisionVector.empty(0);
        for (long revision = 1; revision <= 10_000; revision++) {
            vector = vector.append(revision, revision, edit);
        }
        for (long revision = 10_000; revision >= 1; revision--) {
            vector = vector.remove(revision, edit);
        }
        assertThat(vector.count()).isZero();
        assertThat(vector.ceiling(0)).isEqualTo(-1);
        assertThat(vector.blockOf(64)).isNull();
        vector = vector.append(1L << 40, "far", edit);
        assertThat(vector.get(1L << 40)).isEqualTo("far");
        assertThat(vector.ceiling(3)).isEqualTo(1L << 40);
    }

    @Test
    void randomOperations_agreeWithATreeMap_inEveryVersion() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<Version> versions = new ArrayList<>();
            Edit edit = new Edit();
            Version now = new Version(RevisionVector.empty(0), new TreeMap<>());
            long revision = random.nextInt(3);
            for (int i = 0; i < 600; i++) {
                RevisionVector vector = now.vector;
                NavigableMap<Long, Object> model = now.model;
                if (random.nextInt(12) == 0) {
                    versions.add(new Version(vector, new TreeMap<>(model)));
                    if (random.nextBoolean()) {
                        edit = new Edit();
                    } else {
                        edit.freeze();
                    }
                }
                if (model.isEmpty() || random.nextInt(100) < (seed % 3 == 0 ? 40 : 60)) {
                    revision += random.nextInt(40) == 0 ? 1L << random.nextInt(30) : random.nextInt(1, 4);
                    model.put(revision, "r" + revision);
                    vector = vector.append(revision, "r" + revision, edit);
                } else {
                    long gone = model.ceilingKey(random.nextLong(model.lastKey() + 1));
                    model.remove(gone);
                    vector = vector.remove(gone, edit);
                }
                now = new Version(vector, model);
                compare(now, random, "seed " + seed);
            }
            for (Version version : versions) {
                compare(version, random, "an old version of seed " + seed);
            }
        }
    }

    private static void compare(Version version, Random random, String what) {
        RevisionVector vector = version.vector;
        NavigableMap<Long, Object> model = version.model;
        assertThat(vector.count()).as(what).isEqualTo(model.size());
        long last = model.isEmpty() ? 5 : model.lastKey() + 5;
        for (int i = 0; i < 3; i++) {
            long revision = random.nextLong(last);
            assertThat(vector.get(revision)).as(what).isEqualTo(model.get(revision));
            Long ceiling = model.ceilingKey(revision);
            assertThat(vector.ceiling(revision)).as(what).isEqualTo(ceiling == null ? -1 : ceiling);
            assertThat(vector.countFrom(revision))
                    .as(what)
                    .isEqualTo(model.tailMap(revision, true).size());
        }
        long from = random.nextLong(last);
        long to = random.nextLong(last);
        Map<Long, Object> expected = from <= to ? model.subMap(from, true, to, true) : Map.of();
        List<Long> revisions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        RevisionCursor cursor = new RevisionCursor(vector, from, to);
        for (@Nullable Object next = cursor.next(); next != null; next = cursor.next()) {
            values.add(next);
            revisions.add(cursor.revision());
        }
        assertThat(values).as(what).containsExactlyElementsOf(expected.values());
        assertThat(revisions).as(what).containsExactlyElementsOf(expected.keySet());
    }

    private static List<Object> all(RevisionVector vector) {
        List<Object> all = new ArrayList<>();
        RevisionCursor cursor = new RevisionCursor(vector, 0, Long.MAX_VALUE);
        for (@Nullable Object next = cursor.next(); next != null; next = cursor.next()) {
            all.add(next);
        }
        return all;
    }
}
