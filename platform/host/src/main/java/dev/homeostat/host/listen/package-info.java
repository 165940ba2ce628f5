/** How the host listens for clients that it can do without. */
package dev.homeostat.host.listen;
