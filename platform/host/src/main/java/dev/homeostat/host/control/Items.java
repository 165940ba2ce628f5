package dev.homeostat.host.control;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** Takes the parts of a long answer, one by one, before its end. */
@FunctionalInterface
public interface Items {
    /**
     * Takes the next part.
     *
     * @throws ControlException if the answer takes too long
     * @throws IOException if nobody listens any more
     */
    void item(ObjectNode item) throws ControlException, IOException;

    /**
     * Says that the answer goes on from a snapshot, which is held for the client; to be called as long as that is so, also where nothing is found to be sent.
     *
     * @throws ControlException if it is held for too long, or somebody needs it to be let go
     */
    default void hold() throws ControlException {}

    /** Whether {@link #hold} would refuse. */
    default boolean isOver() {
        return false;
    }

    /**
     * Says that the answer is still being waited for; to be called every few seconds while nothing else is sent.
     *
     * @throws IOException if nobody listens any more
     */
    default void beat() throws IOException {}

    /** Says that nothing is held any more, and sends what was gathered on its way. The next part, or hold, begins anew. */
    default void rest() throws IOException {}
}
