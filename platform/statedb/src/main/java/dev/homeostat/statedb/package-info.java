/** The engine of the state database, behind the interfaces of the API. */
package dev.homeostat.statedb;
