/** Time and execution as something given: everything that waits takes its clock, timer and executor from here, so that a test can be them. */
package dev.homeostat.api.schedule;
