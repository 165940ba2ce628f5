/** The command of the benchmarks' jar: all benchmarks, in parts with settings of their own, and one file of results. */
package dev.homeostat.benchmarks.run;
