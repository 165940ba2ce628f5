/**
 * Sources: jobs that fill tables from outside. A {@link dev.homeostat.api.source.Source} says in {@link dev.homeostat.api.source.Scan scans} what it wants;
 * the host decodes, writes, remembers who owns which row, keeps the last good version of each unit, and completes the tables' initializers.
 */
package dev.homeostat.api.source;
