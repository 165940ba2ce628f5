/** How log lines look; named by the configurations of Logback. */
package dev.homeostat.launcher.log;
