package dev.homeostat.testkit;

import dev.homeostat.api.db.Key;
import java.util.HashMap;
import java.util.Map;

/** What the other checks stand on: that the test gives them what they need. */
enum TestChecks implements TrialCheck {
    ROWS("the test: rows of other numbers have other keys, and versions of one row the same") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            Map<Key, Integer> numbers = new HashMap<>();
            for (int number = 0; number < 10; number++) {
                Key key = trial.key(number, 1);
                Integer other = numbers.put(key, number);
                if (other != null) {
                    throw new AssertionError("row(" + other + ", 1) and row(" + number + ", 1) have the same key: "
                            + test.row(other, 1) + " and " + test.row(number, 1));
                }
                if (!key.equals(trial.key(number, 2))) {
                    throw new AssertionError("row(" + number + ", 1) and row(" + number + ", 2) have different keys: "
                            + test.row(number, 1) + " and " + test.row(number, 2));
                }
            }
            if (test.row(0, 1).equals(test.row(0, 2))) {
                throw new AssertionError(
                        "row(0, 1) and row(0, 2) are equal, and should desire different things: " + test.row(0, 1));
            }
        }
    },

    LOOK("the test: a look at the target is a picture of it, and can be compared") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            Object empty = trial.look();
            if (!empty.equals(trial.look())) {
                throw new AssertionError("two looks at the same target are not equal: " + empty + " and " + trial.look()
                        + "; look() has to give something with equals, such as a Map or a String");
            }
            String before = empty.toString();
            trial.put(0, 1);
            if (!before.equals(empty.toString())) {
                throw new AssertionError("what look() gave before the update shows what is there after it: " + before
                        + " became " + empty + "; look() has to copy what it finds");
            }
            try (Trial<T> second = new Trial<>(test)) {
                if (!second.look().equals(empty)) {
                    throw new AssertionError("the targets that target() gives know of one another: a new one should"
                            + " be " + empty + ", and is " + second.look()
                            + "; give each a directory, a port or a map of its own");
                }
            }
        }
    };

    private final String title;

    TestChecks(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
