package dev.homeostat.statedb.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.Memo;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promise A28, at random: memos → parts → shouts, while writers, both derivations, and somebody who starts them anew run in an order that a seed decides. A seed can be given
 * with {@code -Dhomeostat.seed=N}.
 */
final class DerivationModelTest {
    private static final int SEEDS = 150;

    static Stream<Long> seeds() {
        Long given = Long.getLong("homeostat.seed");
        return given == null ? LongStream.range(0, SEEDS).boxed() : Stream.of(given);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void promise_A28_atTheEnd_theDerivedTablesAreWhatTheFunctionsGive(long seed) {
        new Run(seed).play();
    }

    private static final class Run {
        private final Random random;
        private final VirtualScheduler scheduler;
        private final Database db = StateDatabase.builder().build();
        private final RWTable<Memo> memos = db.create(Memo.TABLE, "source");
        private final RWTable<Part> parts = db.create(Part.TABLE, Derivation.initializerFrom(memos));
        private final RWTable<Part> shouts = db.create(
                TableSpec.of("shouts", Part.class, Part.NAME).index(Part.SLOT), Derivation.initializerFrom(parts));
        private final TreeMap<String, Memo> model = new TreeMap<>();
        private final boolean withFailures;
        private final boolean withSlots;
        private Derivation<Memo, Part> first;
        private Derivation<Part, Part> second;

        Run(long seed) {
            this.random = new Random(seed);
            this.scheduler = VirtualScheduler.seeded(seed);
            this.withFailures = random.nextBoolean();
            this.withSlots = random.nextBoolean();
            if (random.nextBoolean()) {
                leaveRowsOfAnEarlierRun();
            }
            this.first = startFirst();
            this.second = startSecond();
        }

        void play() {
            for (int round = 0; round < 30; round++) {
                int tasks = 1 + random.nextInt(4);
                for (int i = 0; i < tasks; i++) {
                    scheduler.execute(this::act);
                }
                scheduler.runUntilIdle();
                check(round > 15);
                if (round == 15) {
                    db.write(memos, txn -> {
                        memos.initializer("source").complete(txn);
                        return true;
                    });
                }
            }
            mend();
            scheduler.runUntilIdle();
            assertThat(first.failures()).isEmpty();
            assertThat(second.failures()).isEmpty();
            check(true);
            assertThat(parts.initialized(db.readTxn())).isTrue();
            assertThat(shouts.initialized(db.readTxn())).isTrue();
            long before = parts.revision(db.readTxn());
            db.write(memos, txn -> {
                model.values().forEach(memo -> memos.insert(txn, memo));
                return true;
            });
            scheduler.runUntilIdle();
            assertThat(parts.revision(db.readTxn()))
                    .as("equal rows keep their revisions")
                    .isEqualTo(before);
            first.close();
            second.close();
            assertThat(memos.stats().changeIterators()).isZero();
            assertThat(parts.stats().changeIterators()).isZero();
        }

        private void act() {
            switch (random.nextInt(12)) {
                case 0 -> {
                    first.close();
                    first = startFirst();
                }
                case 1 -> {
                    second.close();
                    second = startSecond();
                }
                default -> write();
            }
        }

        private void write() {
            try (WriteTxn txn = db.writeTxn(memos)) {
                Map<String, Memo> changes = new HashMap<>();
                int count = 1 + random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    String name = "memo " + random.nextInt(8);
                    if (random.nextInt(4) == 0) {
                        memos.delete(txn, Memo.of(name));
                        changes.put(name, Memo.of(""));
                    } else {
                        Memo memo = Memo.of(name, tags());
                        memos.insert(txn, memo);
                        changes.put(name, memo);
                    }
                }
                if (random.nextInt(5) > 0) {
                    txn.commit();
                    changes.forEach((name, memo) -> {
                        if (memo.name().isEmpty()) {
                            model.remove(name);
                        } else {
                            model.put(name, memo);
                        }
                    });
                }
            }
        }

        private String[] tags() {
            int count = random.nextInt(4);
            String[] tags = new String[count];
            for (int i = 0; i < count; i++) {
                String slot = withSlots && random.nextInt(3) == 0 ? ":slot " + random.nextInt(6) : "";
                tags[i] = "part " + random.nextInt(10) + ":" + random.nextInt(2) + slot;
            }
            if (withFailures && random.nextInt(10) == 0) {
                tags = Stream.concat(Stream.of(tags), Stream.of("!")).toArray(String[]::new);
            }
            return tags;
        }

        /** Where nothing fails, all is as the functions say; and rows of an earlier run are gone once the table is initialized. */
        private void check(boolean initialized) {
            if (!first.failures().isEmpty()) {
                return;
            }
            Map<String, Part> expected = expected();
            Map<String, Part> found = byName(parts);
            if (initialized) {
                assertThat(parts.initialized(db.readTxn())).isTrue();
                assertThat(found).isEqualTo(expected);
            } else {
                assertThat(parts.initialized(db.readTxn())).isFalse();
                assertThat(found)
                        .as(first + " " + first.state() + " " + first.reason())
                        .containsAllEntriesOf(expected);
            }
            if (second.failures().isEmpty()) {
                Map<String, Part> shouted = new TreeMap<>();
                found.values().forEach(part -> shouted.put(part.name() + "!", shout(part)));
                assertThat(byName(shouts)).containsAllEntriesOf(shouted);
                if (initialized) {
                    assertThat(byName(shouts)).isEqualTo(shouted);
                }
            }
        }

        private Map<String, Part> expected() {
            Map<String, Part> expected = new TreeMap<>();
            for (Memo memo : model.values()) {
                Part.of(memo).forEach(part -> expected.putIfAbsent(part.name(), part));
            }
            return expected;
        }

        /** Makes every memo one that can be derived: no planted fault, no part twice, no slot twice, and the slots all moved by one. */
        private void mend() {
            List<Integer> slots = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
            Collections.shuffle(slots, random);
            Map<String, String> seen = new HashMap<>();
            db.write(memos, txn -> {
                for (String name : List.copyOf(model.keySet())) {
                    List<String> tags = new ArrayList<>();
                    int count = random.nextInt(3);
                    for (int i = 0; i < count; i++) {
                        String part = "part " + random.nextInt(10);
                        String rest = ":" + random.nextInt(2);
                        if (!seen.containsKey(part)) {
                            seen.put(part, name);
                            String slot = withSlots && !slots.isEmpty() ? ":slot " + slots.removeFirst() : "";
                            tags.add(part + rest + slot);
                        }
                    }
                    Memo memo = Memo.of(name, tags.toArray(String[]::new));
                    memos.insert(txn, memo);
                    model.put(name, memo);
                }
                return true;
            });
        }

        private void leaveRowsOfAnEarlierRun() {
            db.write(parts, txn -> {
                for (int i = 0; i < 4; i++) {
                    parts.insert(txn, Part.parse("part " + random.nextInt(20) + ":" + random.nextInt(2)));
                }
                return true;
            });
        }

        private Derivation<Memo, Part> startFirst() {
            return Derivation.start(db, scheduler, memos, parts, Part::of);
        }

        private Derivation<Part, Part> startSecond() {
            return Derivation.start(db, scheduler, parts, shouts, part -> List.of(shout(part)));
        }

        private static Part shout(Part part) {
            return new Part(part.name() + "!", part.text(), part.slot());
        }

        private Map<String, Part> byName(RWTable<Part> table) {
            Map<String, Part> rows = new TreeMap<>();
            for (Row<Part> row : table.all(db.readTxn())) {
                rows.put(row.value().name(), row.value());
            }
            return rows;
        }
    }
}
