package dev.homeostat.host.control;

import static java.util.Objects.requireNonNullElse;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on behalf of a client for what goes on elsewhere, for as long as the client has patience and is there. What goes on is never cancelled. */
record Waiting(Scheduler scheduler) {
    /** How soon a client is missed. */
    private static final Duration BEAT = Duration.ofSeconds(2);

    /**
     * What comes of the stage.
     *
     * @param what it is, for messages
     * @param hint what to do when the time is over
     * @param items hears that it is still waited for
     * @throws IOException if the client went
     */
    <T> T on(CompletionStage<T> stage, Duration timeout, String what, String hint, Items items)
            throws ControlException, IOException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
        Scheduler.Timer timer = scheduler.schedule(timeout, () -> result.completeExceptionally(new TimeoutException()));
        try {
            return withBeats(result, items);
        } catch (ExecutionException e) {
            throw failed(requireNonNullElse(e.getCause(), e), timeout, what, hint);
        } finally {
            timer.cancel();
        }
    }

    private static <T> T withBeats(CompletableFuture<T> result, Items items)
            throws ExecutionException, IOException, InterruptedException {
        while (true) {
            try {
                return result.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) { // of this get; that of the client comes as an ExecutionException
                items.beat();
            }
        }
    }

    /** What comes of all of them, by the same names, in the time that one would have; those that are not over then are given up. */
    <T> Map<String, T> onAll(Map<String, ? extends CompletionStage<T>> stages, Duration timeout, Items items)
            throws ControlException, IOException, InterruptedException {
        CompletableFuture<?>[] all = stages.values().stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new);
        try {
            on(
                    CompletableFuture.allOf(all),
                    timeout,
                    "the wait",
                    "\"homeostat status\" shows what is still to do",
                    items);
        } finally {
            for (CompletableFuture<?> one : all) {
                one.cancel(false); // a wait that nobody waits for is not to stay with its reconciler
            }
        }
        Map<String, T> results = new LinkedHashMap<>();
        stages.forEach(
                (name, stage) -> results.put(name, stage.toCompletableFuture().join()));
        return results;
    }

    private static String text(Duration timeout) {
        long millis = timeout.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static ControlException failed(Throwable failure, Duration timeout, String what, String hint) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new ControlException(Code.TIMEOUT, what + " is not over after " + text(timeout), hint);
        }
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new ControlException(Code.FAILED, what + " failed: " + reason, "the log of the host has the details");
    }
}
