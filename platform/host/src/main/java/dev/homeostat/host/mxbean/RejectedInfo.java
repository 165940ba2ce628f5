package dev.homeostat.host.mxbean;

/**
 * A row that did not fit when its table's plugin was replaced.
 *
 * @param table the table that it was in
 * @param key its primary key as text
 * @param reason why it was not taken over
 * @param deleted whether it had been deleted and is yet to be deleted at the target
 * @param since when it was set aside, ISO 8601
 */
public record RejectedInfo(String table, String key, String reason, boolean deleted, String since) {}
