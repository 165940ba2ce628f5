package dev.homeostat.statedb.model;

/** How often a watch was closed by a change to another key than its own. */
final class Neighbours {
    private long woken;
    private long quiet;

    /** A watch whose answer did not change, though its table did. */
    void count(boolean closed) {
        if (closed) {
            woken++;
        } else {
            quiet++;
        }
    }

    void add(Neighbours other) {
        woken += other.woken;
        quiet += other.quiet;
    }

    long counted() {
        return woken + quiet;
    }

    /** The share that was woken for nothing. */
    double share() {
        return counted() == 0 ? 0 : (double) woken / counted();
    }

    @Override
    public String toString() {
        return woken + " woken for a neighbour, " + quiet + " left alone";
    }
}
