package dev.homeostat.api.tree;

import java.util.Objects;

/**
 * Where something was written.
 *
 * @param origin the file, as a person knows it; empty when there is none
 * @param line from 1; 0 when not known
 */
public record Place(String origin, int line) {
    /** No place at all: for trees that a program made. */
    public static final Place NOWHERE = new Place("", 0);

    public Place {
        Objects.requireNonNull(origin, "origin");
    }

    /** {@code file:line}, or as much of it as is known. */
    @Override
    public String toString() {
        return line > 0 ? origin + ":" + line : origin;
    }
}
