/** The optional HTTP endpoint: a listener that nobody can hurt the host with, and the pages that it has. */
package dev.homeostat.host.http;
