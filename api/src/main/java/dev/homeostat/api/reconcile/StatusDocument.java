package dev.homeostat.api.reconcile;

import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A status as a document has it. */
record StatusDocument(
        StatusKind kind,
        @Default("0") long generation,
        @Default("1970-01-01T00:00:00Z") Instant updatedAt,
        @Nullable String error,
        @Nullable Integer attempts,
        @Nullable Instant nextAttempt,
        @Nullable Boolean permanent,
        @Nullable Blocker blockedOn) {
    private static final RecordCodec<StatusDocument> CODEC =
            RecordCodec.of(MethodHandles.lookup(), StatusDocument.class);

    StatusDocument {
        if (generation < 0) {
            throw new IllegalArgumentException("generation: must be at least 0, but was " + generation);
        }
        if (kind == StatusKind.ERROR) {
            if (error == null) {
                throw new IllegalArgumentException("\"error\" is missing: why the last attempt failed");
            }
            int next = (nextAttempt == null ? 0 : 1)
                    + (Boolean.TRUE.equals(permanent) ? 1 : 0)
                    + (blockedOn == null ? 0 : 1);
            if (next != 1) {
                throw new IllegalArgumentException(
                        "an error has either a next-attempt, or permanent: true, or blocked-on");
            }
        } else if (error != null || attempts != null || nextAttempt != null || permanent != null || blockedOn != null) {
            throw new IllegalArgumentException(
                    "error, attempts, next-attempt, permanent and blocked-on are said only of the kind error");
        }
        if (attempts != null && attempts < 0) {
            throw new IllegalArgumentException("attempts: must be at least 0, but was " + attempts);
        }
    }

    static Tree write(Status status) {
        boolean failed = status.kind() == StatusKind.ERROR;
        return CODEC.encode(new StatusDocument(
                status.kind(),
                status.generation(),
                status.updatedAt(),
                status.error(),
                failed ? status.attempts() : null,
                status.nextAttempt(),
                status.isPermanent() ? true : null,
                status.blockedOn()));
    }

    static Status read(Tree tree) {
        if (tree instanceof Tree.Scalar scalar && scalar.value() instanceof String text) {
            if (text.equals("pending")) {
                return Status.pending();
            }
            throw new DocumentException(
                    tree.place(), "expected pending, or a mapping with a kind, but found the text \"" + text + "\"");
        }
        return CODEC.decode(tree).status();
    }

    private Status status() {
        return switch (kind) {
            case PENDING -> Status.pending(generation, updatedAt);
            case REFRESHING -> Status.refreshing(generation, updatedAt);
            case DONE -> Status.done(generation, updatedAt);
            case ERROR -> failed();
        };
    }

    private Status failed() {
        String reason = error == null ? "" : error;
        int failures = attempts == null ? 1 : attempts;
        if (nextAttempt != null) {
            return Status.error(generation, updatedAt, reason, failures, nextAttempt);
        }
        return blockedOn == null
                ? Status.permanent(generation, updatedAt, reason, failures)
                : Status.blocked(generation, updatedAt, reason, failures, blockedOn);
    }
}
