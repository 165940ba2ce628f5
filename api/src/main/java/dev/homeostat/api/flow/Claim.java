package dev.homeostat.api.flow;

import dev.homeostat.api.db.Key;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Which rows give one derived row. */
sealed interface Claim<O> {
    /** The key of the row whose form counts. */
    Key winner();

    /** One row does, as most do. */
    record Sole<O>(Key winner) implements Claim<O> {}

    /** Several do: the smallest key wins. Counts those that differ from the winner, so that thousands of rows may give the same and cost little. */
    final class Shared<O> implements Claim<O> {
        private final TreeMap<Key, O> forms = new TreeMap<>();
        private final BiPredicate<O, O> same;
        private int differing;

        Shared(BiPredicate<O, O> same) {
            this.same = same;
        }

        @Override
        public Key winner() {
            return forms.firstKey();
        }

        /** All that give it. */
        Iterable<Key> rows() {
            return forms.keySet();
        }

        int size() {
            return forms.size();
        }

        /** Whether any form differs from the winner's. */
        boolean disputed() {
            return differing > 0;
        }

        void put(Key row, O form) {
            O leading = forms.isEmpty() ? form : forms.firstEntry().getValue();
            O before = forms.put(row, form);
            if (same.test(leading, forms.firstEntry().getValue())) {
                differing += differs(form, leading) - (before == null ? 0 : differs(before, leading));
            } else {
                recount();
            }
        }

        void remove(Key row) {
            O leading = forms.firstEntry().getValue();
            O before = forms.remove(row);
            if (before != null && !forms.isEmpty()) {
                if (same.test(leading, forms.firstEntry().getValue())) {
                    differing -= differs(before, leading);
                } else {
                    recount();
                }
            }
        }

        private void recount() {
            O leading = forms.firstEntry().getValue();
            differing = 0;
            for (O form : forms.values()) {
                differing += differs(form, leading);
            }
        }

        private int differs(O form, O leading) {
            return same.test(form, leading) ? 0 : 1;
        }
    }
}
