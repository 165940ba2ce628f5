package dev.homeostat.benchmarks.report;

import java.util.List;
import java.util.Optional;

/**
 * What a workload should cost at most.
 *
 * @param name the name of the workload
 * @param workload what is done
 * @param reference what the reference needs, in nanoseconds an object or bytes a row, as it was measured
 * @param limit the highest figure that meets the target, in the same unit
 * @param figure what is compared: the score, or the name of a figure beside it
 */
record Target(String name, String workload, String reference, double limit, String figure) {
    private static final String SCORE = "score";

    /** The targets in time, in nanoseconds an object. */
    static final List<Target> TIMES = List.of(
            time("writeTxn_1", "empty or tiny table; insert the same id, commit", "1726–2130", 200),
            time("writeTxn_10", "transactions of 10 inserts, the same ids over and over", "816", 130),
            time("writeTxn_100", "the same with 100 inserts", "652–897", 100),
            time("writeTxn_1000", "the same with 1000 inserts", "840–1007", 90),
            time("writeTxn_100_secondary", "100 inserts, with a non-unique index of tags, one tag", "2014", 200),
            time("randomInsert", "1000 shuffled ids in one transaction", "822–1246", 100),
            time("randomReplace", "the same, replacing rows, with an index of tags, two tags", "3319–4547", 220),
            time("modify", "1000 rows through modify with a merge function", "1073", 130),
            time("getInsert", "1000 rows through get and insert", "886", 130),
            time("commitOnly_1table", "lock one table of one, commit nothing", "1030", 100),
            time("commitOnly_100tables", "lock one table of a hundred, commit nothing", "1672", 150),
            time("newReadTxn", "take a snapshot", "0.85", 1.5),
            time("randomLookup", "get by id, 1000 rows, shuffled", "52", 16),
            time("sequentialLookup", "get by id, 1000 rows, in order", "48", 16),
            time("randomLookup_bytes", "get by text, 1000 rows, shuffled, prebuilt queries", "~52", 26),
            time("fullIteration_all", "all rows of 100 000", "24–29", 4),
            time("fullIteration_get", "get every id of 100 000", "102", 16),
            time("fullIteration_secondary", "all rows of 100 000 through the index of tags", "183", 40),
            time("prefix_secondary", "rows by a prefix of their tags", "178", 20),
            time("changes", "insert 1000, observe, delete all, observe", "1763", 300),
            time("propagationDelay", "commit, watch closed, reader has the row; one thread", "2929", 400),
            new Target(
                    "propagationDelay_parked",
                    "the same, reader parked on a virtual thread; median",
                    Figures.NONE,
                    10_000,
                    Measurement.P50_NANOS),
            time("lpm_get", "longest match over IPv4 prefixes", "712", 150),
            time("lpm_insert_100", "transactions of 100 prefixes", "3747", 500),
            time("watchSet_16", "wait on 16 watches, a commit closes one", "2913", 2900),
            time("watchSet_1024", "wait on 1024 watches, a commit closes one", "224 000", 20_000),
            time("million_insert", "1 M rows, transactions of 1000", "444", 100),
            time("million_replace", "replace 1 M rows at random, transactions of 1000", Figures.NONE, 1429));

    /** The targets in memory, in bytes a row. */
    static final List<Target> SIZES = List.of(
            new Target("memory_long", "key is a number", "274", 50, Measurement.BYTES_PER_ROW),
            new Target("memory_string", "key is a text", "274", 70, Measurement.BYTES_PER_ROW));

    private static Target time(String name, String workload, String reference, double limit) {
        return new Target(name, workload, reference, limit, SCORE);
    }

    /** The figure of a measurement that the target is about; empty when it was not measured. */
    Optional<Double> figureOf(Measurement measurement) {
        return figure.equals(SCORE) ? Optional.of(measurement.score()) : Optional.ofNullable(measurement.other(figure));
    }

    /** Whether that figure meets the target, in a word. */
    String verdict(double value) {
        return value <= limit ? "met" : "**missed**";
    }
}
