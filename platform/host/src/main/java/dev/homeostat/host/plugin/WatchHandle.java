package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Watch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A watch that a plugin was given. The table that it is on may be another plugin's, and outlive this one: so its listeners are ended at the stop. */
record WatchHandle(Watch engine, WatchListeners listeners) implements Watch {
    @Override
    public boolean isClosed() {
        return engine.isClosed();
    }

    @Override
    public void await() throws InterruptedException {
        engine.await();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return engine.await(timeout);
    }

    @Override
    public Registration onClose(Runnable listener) {
        return listeners.listen(engine, listener);
    }

    @Override
    public CompletionStage<Void> closed() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        Registration registration = onClose(() -> future.complete(null));
        // Also one that was cancelled, or had a time-out, leaves the watch.
        var _ = future.whenComplete((_, _) -> registration.close());
        return future;
    }
}
