package dev.homeostat.reconciler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What people wait to be told, and will be once the statuses are committed of which it tells: whoever then looks finds them. Touched by the owner of the event
 * loop only.
 */
final class Tellings {
    /** Those that tell of what is not in a commit yet. */
    private List<Telling> next = new ArrayList<>();

    /** Those for whom nothing is missing but the end of the commit that is under way. */
    private List<Telling> current = new ArrayList<>();

    private record Telling(Runnable tell, Consumer<String> refuse) {}

    /**
     * What is to be told when all is committed that came in up to now.
     *
     * @param refuse instead, for that reason: it will not be
     */
    void add(Runnable tell, Consumer<String> refuse) {
        next.add(new Telling(tell, refuse));
    }

    /** Whether there are some for whom a commit has yet to begin. */
    boolean wantCommit() {
        return !next.isEmpty();
    }

    /** All that came in up to now is in the commit that is under way. */
    void joinCommit() {
        current.addAll(next);
        next.clear();
    }

    void committed() {
        current.forEach(telling -> telling.tell.run());
        current.clear();
    }

    void notCommitted() {
        current.addAll(next);
        next = current;
        current = new ArrayList<>();
    }

    /** Nothing is committed any more, for that reason. */
    void refuse(String reason) {
        notCommitted();
        next.forEach(telling -> telling.refuse.accept(reason));
        next.clear();
    }
}
