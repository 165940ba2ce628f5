/** The host's life, from reading its configuration to its ordered stop. */
package dev.homeostat.host;
