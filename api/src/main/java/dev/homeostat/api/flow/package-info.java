/**
 * What follows tables by itself: {@link dev.homeostat.api.flow.ChangePublisher} tells their changes to reactive streams. It is built on
 * {@link dev.homeostat.api.db.Table#changes()} alone, and is given the threads that it works on.
 */
package dev.homeostat.api.flow;
