/** Fakes of the public types and a virtual clock, for our own tests and those of plugin authors. */
package dev.homeostat.testkit;
