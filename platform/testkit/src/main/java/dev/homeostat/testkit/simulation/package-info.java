/** The simulator: the production reconciler and the production database on a virtual clock, with everything that can go wrong. */
package dev.homeostat.testkit.simulation;
