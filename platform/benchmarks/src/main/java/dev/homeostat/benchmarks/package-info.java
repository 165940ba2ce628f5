/** Benchmarks, named as the workloads that they reproduce, through the public API only. */
package dev.homeostat.benchmarks;
