package dev.homeostat.host.view;

/**
 * Who wants a row.
 *
 * @param source the source's name: {@code manifests}
 * @param unit the unit in it, as a person knows it: {@code web.yaml}
 */
public record RowOwner(String source, String unit) {
    /** Who wants the rows that people insert by command. No source has that name. */
    public static final RowOwner COMMAND = new RowOwner("command", "db insert");

    @Override
    public String toString() {
        return source + ": " + unit;
    }
}
