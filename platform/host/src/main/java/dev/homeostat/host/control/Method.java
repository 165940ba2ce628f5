package dev.homeostat.host.control;

import java.io.IOException;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that clients can ask.
 *
 * @param name as in the protocol
 * @param params the names of the parameters that it takes
 * @param handler answers
 */
record Method(String name, Set<String> params, Handler handler) {
    Method {
        params = Set.copyOf(params);
    }

    /** Answers one request; may first send any number of items. */
    @FunctionalInterface
    interface Handler {
        ObjectNode answer(Params params, Items items) throws ControlException, IOException, InterruptedException;
    }
}
