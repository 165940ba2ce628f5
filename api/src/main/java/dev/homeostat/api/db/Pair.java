package dev.homeostat.api.db;

/** A key of two parts. */
public record Pair<A, B>(A first, B second) {}
