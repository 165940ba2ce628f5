package dev.homeostat.cli.watch;

/** Where pictures are shown. */
interface Pictures extends AutoCloseable {
    /**
     * Shows the next.
     *
     * @param picture lines, each with its end
     * @return whether anybody may see it
     */
    boolean show(String picture);

    @Override
    void close();
}
