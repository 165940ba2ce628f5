package dev.homeostat.host.view;

/**
 * A setting, as it is in force.
 *
 * @param owner whose it is: {@code host}, {@code plugin memos}, {@code reconciler memos/disk}
 * @param key the keys that lead to it, joined by dots
 * @param value in force, as the configuration would have it; {@code ***} for a secret; empty when it has none
 * @param from who says so: a flag, property, variable or place in a file; {@code default}; empty when nobody does and it has no value
 * @param kind what is expected, with its bounds
 * @param fallback the default, as the configuration would have it; empty when there is none
 * @param description what it means; may be empty
 * @param pending the value that it would have after a restart, where that is another one; else empty
 * @param pendingFrom who says so; empty when it is the same
 */
public record SettingView(
        String owner,
        String key,
        String value,
        String from,
        String kind,
        String fallback,
        String description,
        String pending,
        String pendingFrom) {}
