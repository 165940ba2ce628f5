package dev.homeostat.api.db;

import dev.homeostat.api.stability.ConsumerType;

/**
 * How the rows of a table carry the statuses of their reconcilers, told apart from what is desired.
 *
 * <p>A writer of desired rows knows nothing of statuses: with this it can say whether a row that it brings asks for anything new, and mark it when it does.
 * Both methods must be pure, keep the primary key, and change nothing but statuses.
 *
 * @param <T> the type of the rows
 */
@ConsumerType
public interface RowStatuses<T> {
    /** The desired row with the statuses of the stored one. */
    T copied(T desired, T stored);

    /** The desired row with every status pending: nobody has worked on it. */
    T pending(T desired);
}
