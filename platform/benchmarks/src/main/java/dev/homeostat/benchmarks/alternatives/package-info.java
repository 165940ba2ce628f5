/** What a Java user would take instead, each doing the same with the same rows. */
package dev.homeostat.benchmarks.alternatives;
