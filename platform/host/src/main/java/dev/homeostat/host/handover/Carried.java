package dev.homeostat.host.handover;

/**
 * What plugins that are stopped hand to those that are started in their place.
 *
 * <p>Who starts takes nothing away: the same may be given to a new version and, when that fails, to the old one once more. Nothing in it is of a class of a
 * plugin. Safe for all threads.
 */
public final class Carried {
    private static final Carried NOTHING = new Carried(false);

    private final boolean wanted;

    private Carried(boolean wanted) {
        this.wanted = wanted;
    }

    /** For a stop that nobody goes on from, and a start from nothing: holds nothing, and takes nothing in. */
    public static Carried nothing() {
        return NOTHING;
    }

    /** For a stop that another version is to go on from. */
    public static Carried collecting() {
        return new Carried(true);
    }

    /** Whether what is stopped is to be handed over. */
    public boolean isWanted() {
        return wanted;
    }
}
