package dev.homeostat.host.mxbean;

/**
 * A row, or an undone delete, whose last attempt failed.
 *
 * @param key its primary key as text
 * @param delete whether it is an undone delete
 * @param error what the last attempt came to
 * @param attempts how many there were, from 1
 * @param failsSince when the first of the attempts failed that have failed one after the other, ISO 8601
 * @param lastAttempt when the last one ended, ISO 8601
 * @param nextAttempt when it is tried again by itself, ISO 8601; empty where it is not
 * @param permanent whether it is not tried again before it changes or somebody asks for it
 * @param blockedOn the row that it waits for; empty where there is none
 */
public record FailingRow(
        String key,
        boolean delete,
        String error,
        int attempts,
        String failsSince,
        String lastAttempt,
        String nextAttempt,
        boolean permanent,
        String blockedOn) {}
