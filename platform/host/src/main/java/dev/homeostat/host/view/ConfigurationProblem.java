package dev.homeostat.host.view;

/**
 * Something about the configuration that is not as it should be.
 *
 * @param error whether it keeps a host, or the plugin whose configuration it is, from starting; else it is good to know
 * @param origin the file relative to the home, or the property, variable or flag; empty when nothing in particular is to blame
 * @param line from 1; 0 where there is none
 * @param message names the thing, the value and the way out; never the value of a secret
 */
public record ConfigurationProblem(boolean error, String origin, int line, String message) {}
