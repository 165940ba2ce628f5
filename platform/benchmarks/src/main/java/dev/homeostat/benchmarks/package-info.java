/**
 * Benchmarks of the state database, through its public interfaces, one class a subject. The names are those of {@code docs/performance.md}, the unit is
 * nanoseconds an object.
 *
 * <p>{@code java -jar platform/benchmarks/target/benchmarks.jar [--quick] [NAME…]} runs them: see {@link dev.homeostat.benchmarks.run.Benchmarks}. What
 * else a Java user would take is in {@code alternatives}, how cost grows in {@code growth}, and {@code report} makes tables and charts of the results.
 */
package dev.homeostat.benchmarks;
