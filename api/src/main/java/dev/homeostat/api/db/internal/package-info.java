/** The door by which the database engine reaches into keys; exported to the engine only. */
package dev.homeostat.api.db.internal;
