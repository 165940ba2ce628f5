package dev.homeostat.host.mxbean;

/**
 * An attempt at a row.
 *
 * @param operation update, delete or prune
 * @param cause why it was made: change, retry, refresh, manual, prune
 * @param generation the generation that it worked on
 * @param number the number of the attempt at that generation, from 1
 * @param startedAt when it began, ISO 8601
 * @param tookMillis how long it took, in milliseconds; so far, if it still runs
 * @param outcome done, failed, permanent, blocked, superseded, cancelled or running
 * @param error what it came to; empty where it did not fail
 */
public record AttemptInfo(
        String operation,
        String cause,
        long generation,
        int number,
        String startedAt,
        long tookMillis,
        String outcome,
        String error) {}
