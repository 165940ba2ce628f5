/** From the JSON of a run to the tables of {@code docs/performance.md} and the charts beside it; {@link dev.homeostat.benchmarks.report.Report} begins. */
package dev.homeostat.benchmarks.report;
