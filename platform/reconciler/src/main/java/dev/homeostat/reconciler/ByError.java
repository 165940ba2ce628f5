package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Status;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The works that fail, by equal errors, kept with every failure so that nobody has to look at all of them to tell. The errors of many rows often differ in nothing
 * but the key, which is taken out of them. Errors of which each is another one are told apart up to a number; the works beyond are in no group until they fail again.
 */
final class ByError<T> {
    private final Function<Key, String> text;
    private final Map<Sameness, Group<T>> groups = new HashMap<>();

    /** What works of one group have in common. */
    private record Sameness(String error, boolean delete, boolean permanent, boolean blocked) {}

    /** The works of one group by the numbers that say in which order they began to fail. */
    static final class Group<T> {
        private final Sameness sameness;
        private final NavigableMap<Long, Work<T>> works = new TreeMap<>();

        private Group(Sameness sameness) {
            this.sameness = sameness;
        }

        String error() {
            return sameness.error();
        }

        long count() {
            return works.size();
        }

        Work<T> oldest() {
            return works.firstEntry().getValue();
        }
    }

    /** @param text the key as a person reads it */
    ByError(Function<Key, String> text) {
        this.text = text;
    }

    /** Its last attempt failed with that status, and it has its number among those that fail. */
    void put(Work<T> work, Status status) {
        Sameness sameness = new Sameness(
                withoutKey(String.valueOf(status.error()), text.apply(work.key)),
                work.delete,
                status.isPermanent(),
                status.blockedOn() != null);
        Group<T> before = work.failureGroup;
        if (before != null && before.sameness.equals(sameness)) {
            return;
        }
        remove(work);
        Group<T> group = groups.get(sameness);
        if (group == null && groups.size() < FailureGroups.MOST_KEPT) {
            group = new Group<>(sameness);
            groups.put(sameness, group);
        }
        if (group != null) {
            group.works.put(work.failingNumber, work);
            work.failureGroup = group;
        }
    }

    /** It does not fail any more; it still has its number. */
    void remove(Work<T> work) {
        Group<T> group = work.failureGroup;
        if (group != null) {
            group.works.remove(work.failingNumber);
            work.failureGroup = null;
            if (group.works.isEmpty()) {
                groups.remove(group.sameness);
            }
        }
    }

    void clear() {
        groups.clear();
    }

    int size() {
        return groups.size();
    }

    /** That many of the most works, the largest first; of equal ones the older first. */
    List<Group<T>> largest(int most) {
        return groups.values().stream()
                .sorted(Comparator.<Group<T>>comparingLong(Group::count)
                        .reversed()
                        .thenComparing(group -> group.works.firstKey()))
                .limit(most)
                .toList();
    }

    /** The error with {@code {key}} for every occurrence of the key that is not a part of a longer word. */
    static String withoutKey(String error, String key) {
        int at = key.isEmpty() ? -1 : error.indexOf(key);
        if (at < 0) {
            return error;
        }
        StringBuilder out = new StringBuilder(error.length());
        int copied = 0;
        while (at >= 0) {
            int end = at + key.length();
            if (isBorder(error, at - 1, key.charAt(0)) && isBorder(error, end, key.charAt(key.length() - 1))) {
                out.append(error, copied, at).append("{key}");
                copied = end;
            }
            at = error.indexOf(key, Math.max(copied, at + 1));
        }
        return out.append(error, copied, error.length()).toString();
    }

    /** Whether nothing at that place makes one word with the character of the key next to it. */
    private static boolean isBorder(String error, int place, char ofKey) {
        return place < 0
                || place >= error.length()
                || !Character.isLetterOrDigit(error.charAt(place))
                || !Character.isLetterOrDigit(ofKey);
    }
}
