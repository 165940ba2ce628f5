/**
 * What tests of tables, operations and plugins need. Begin at {@link dev.homeostat.testkit.OperationsBench}, which runs the production reconciler over your
 * operations on a virtual clock; clock and fake target are in {@link dev.homeostat.testkit.fakes}.
 */
package dev.homeostat.testkit;
