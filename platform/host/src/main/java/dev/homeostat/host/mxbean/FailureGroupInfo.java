package dev.homeostat.host.mxbean;

/**
 * Rows, or undone deletes, that fail with the same error and for which the same comes next.
 *
 * @param error what their last attempts said, with {@code {key}} in the place of each row's own key
 * @param count how many they are
 * @param operation update or delete
 * @param kind retrying, permanent or blocked
 * @param oldest the key of the one that began to fail first
 * @param oldestSince when it did, ISO 8601
 * @param nextAttempt when that one is tried again by itself, ISO 8601; empty where it is not
 * @param blockedOn the row that that one waits for: it is tried when it changes or is done; empty where there is none
 */
public record FailureGroupInfo(
        String error,
        long count,
        String operation,
        String kind,
        String oldest,
        String oldestSince,
        String nextAttempt,
        String blockedOn) {}
