package dev.homeostat.api.db;

/** A key of three parts. */
public record Triple<A, B, C>(A first, B second, C third) {}
