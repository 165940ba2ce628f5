/**
 * Benchmarks of the state database, through its public interfaces, one class a subject. The names are those of {@code docs/performance.md}, the unit is
 * nanoseconds an object.
 *
 * <p>{@code java -jar platform/benchmarks/target/benchmarks.jar [NAME…]} runs them; {@code -f 1 -wi 3 -i 5 -r 1 -w 1} does it quickly.
 */
package dev.homeostat.benchmarks;
