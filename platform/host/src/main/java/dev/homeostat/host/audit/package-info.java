/** The audit log: who had what done, and what came of it. */
package dev.homeostat.host.audit;
