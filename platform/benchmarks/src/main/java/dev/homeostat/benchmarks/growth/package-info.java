/** How the cost grows: with rows, tables, open watches, change iterators and indexes. One class and one chart each. */
package dev.homeostat.benchmarks.growth;
