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
}
