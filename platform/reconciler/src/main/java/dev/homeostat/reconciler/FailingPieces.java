package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.ReconcilerHealth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;

/** What fails, looked up in pieces that keep the event loop's lock for a moment only. */
final class FailingPieces<T> extends Spliterators.AbstractSpliterator<ReconcilerHealth.Failing> {
    private static final int PIECE = 128;

    private final Setup<T> setup;
    private final EventLoop loop;
    private final Backlog<T> backlog;
    private final Deque<ReconcilerHealth.Failing> piece = new ArrayDeque<>();
    private long position;

    FailingPieces(Setup<T> setup, EventLoop loop, Backlog<T> backlog) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.setup = setup;
        this.loop = loop;
        this.backlog = backlog;
    }

    @Override
    public boolean tryAdvance(Consumer<? super ReconcilerHealth.Failing> action) {
        if (piece.isEmpty()) {
            loop.look(this::next);
        }
        ReconcilerHealth.Failing failing = piece.poll();
        if (failing == null) {
            return false;
        }
        action.accept(failing);
        return true;
    }

    private int next() {
        for (Map.Entry<Long, Work<T>> one : backlog.failing().after(position).entrySet()) {
            piece.add(Findings.failing(setup, one.getValue()));
            position = one.getKey();
            if (piece.size() == PIECE) {
                break;
            }
        }
        return piece.size();
    }
}
