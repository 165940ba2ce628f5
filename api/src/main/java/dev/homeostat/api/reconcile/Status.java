package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.api.tree.TreeForm;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one reconciler has to say about one row at one generation. Immutable, with value semantics.
 *
 * <p>Where statuses live in the rows, who writes a row marks what it desires with {@link #pending()}: a status that is not {@linkplain #isStamped stamped}
 * is of the generation of the very row version that carries it, that is of its revision. The first status commit stamps it with that number, so that
 * later writes of statuses do not make it newer.
 */
public final class Status implements TreeForm {
    private static final Status UNSTAMPED = pending(Instant.EPOCH);

    private final StatusKind kind;
    private final long generation;
    private final Instant updatedAt;
    private final @Nullable String error;
    private final @Nullable Instant nextAttempt;
    private final int attempts;
    private final boolean permanent;
    private final @Nullable Blocker blockedOn;

    private Status(
            StatusKind kind,
            long generation,
            Instant updatedAt,
            @Nullable String error,
            @Nullable Instant nextAttempt,
            int attempts,
            boolean permanent,
            @Nullable Blocker blockedOn) {
        this.kind = kind;
        this.generation = generation;
        this.updatedAt = requireNonNull(updatedAt, "updatedAt");
        this.error = error;
        this.nextAttempt = nextAttempt;
        this.attempts = attempts;
        this.permanent = permanent;
        this.blockedOn = blockedOn;
    }

    /** What is desired has not been attempted: the mark that who writes a row sets. Of no generation yet; when it was set is not known. */
    public static Status pending() {
        return UNSTAMPED;
    }

    /** The same, set at that time. */
    public static Status pending(Instant updatedAt) {
        return pending(0, updatedAt);
    }

    /** What is desired at that generation has not been attempted. */
    public static Status pending(long generation, Instant updatedAt) {
        return new Status(StatusKind.PENDING, generation, updatedAt, null, null, 0, false, null);
    }

    /**
     * A done row is about to be checked again. Who marks a row so while an attempt at it runs is answered by that attempt; who must have one that begins later
     * writes {@link #pending()}, which is a new generation.
     */
    public static Status refreshing(long generation, Instant updatedAt) {
        return new Status(StatusKind.REFRESHING, generation, updatedAt, null, null, 0, false, null);
    }

    /** The target is as desired. */
    public static Status done(long generation, Instant updatedAt) {
        return new Status(StatusKind.DONE, generation, updatedAt, null, null, 0, false, null);
    }

    /** The last of {@code attempts} attempts at this generation failed; the next one is due at {@code nextAttempt}. */
    public static Status error(long generation, Instant updatedAt, String error, int attempts, Instant nextAttempt) {
        return new Status(
                StatusKind.ERROR,
                generation,
                updatedAt,
                requireNonNull(error, "error"),
                requireNonNull(nextAttempt, "nextAttempt"),
                attempts,
                false,
                null);
    }

    /** The last of {@code attempts} attempts failed, and no other will be made before the row changes or somebody asks for it. */
    public static Status permanent(long generation, Instant updatedAt, String error, int attempts) {
        return new Status(
                StatusKind.ERROR, generation, updatedAt, requireNonNull(error, "error"), null, attempts, true, null);
    }

    /**
     * The last of {@code attempts} attempts at this generation found that it must wait for another row; the next one is made when that row changes or is done.
     */
    public static Status blocked(long generation, Instant updatedAt, String error, int attempts, Blocker on) {
        return new Status(
                StatusKind.ERROR,
                generation,
                updatedAt,
                requireNonNull(error, "error"),
                null,
                attempts,
                false,
                requireNonNull(on, "on"));
    }

    /**
     * The status that a document describes: a mapping as {@link #toTree} makes it, or the text {@code pending}.
     *
     * @throws DocumentException if it describes none
     */
    public static Status fromTree(Tree tree) {
        return StatusDocument.read(tree);
    }

    /** What a document says that does not name the status of a row: {@link #pending()}. */
    public static Status whenLeftOut() {
        return UNSTAMPED;
    }

    @Override
    public Tree toTree() {
        return StatusDocument.write(this);
    }

    /** How far it is. */
    public StatusKind kind() {
        return kind;
    }

    /** The generation of the row that this is about; 0 while it is not stamped. */
    public long generation() {
        return generation;
    }

    /** Whether it says of which generation it is. */
    public boolean isStamped() {
        return generation != 0;
    }

    /**
     * The generation that it is of, as the status of a row of that revision: its own, or the row's revision when it is not stamped. So is one that claims
     * to be of a revision that the row has not reached.
     */
    public long generationAt(long revision) {
        return isStamped() && generation <= revision ? generation : revision;
    }

    /** The same, of the generation that it has {@linkplain #generationAt at} that revision. */
    public Status stampedAt(long revision) {
        long stamp = generationAt(revision);
        return stamp == generation
                ? this
                : new Status(kind, stamp, updatedAt, error, nextAttempt, attempts, permanent, blockedOn);
    }

    /** When the kind was set; the epoch when that is not known. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** Why the last attempt failed; null unless the kind is {@link StatusKind#ERROR}. */
    public @Nullable String error() {
        return error;
    }

    /** When the next attempt is due; null unless the kind is {@link StatusKind#ERROR}, and it is neither permanent nor blocked. */
    public @Nullable Instant nextAttempt() {
        return nextAttempt;
    }

    /** The number of failed attempts at this generation; 0 unless the kind is {@link StatusKind#ERROR}. */
    public int attempts() {
        return attempts;
    }

    /** Whether retrying was given up. */
    public boolean isPermanent() {
        return permanent;
    }

    /** The row that it waits for; null unless the last attempt found it {@linkplain Outcome#blocked blocked}. */
    public @Nullable Blocker blockedOn() {
        return blockedOn;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Status status
                && kind == status.kind
                && generation == status.generation
                && updatedAt.equals(status.updatedAt)
                && Objects.equals(error, status.error)
                && Objects.equals(nextAttempt, status.nextAttempt)
                && attempts == status.attempts
                && permanent == status.permanent
                && Objects.equals(blockedOn, status.blockedOn);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, generation, updatedAt, error, nextAttempt, attempts, permanent, blockedOn);
    }

    @Override
    public String toString() {
        return kind + (isStamped() ? "@" + generation : "") + (error == null ? "" : " (" + error + ")");
    }
}
