package dev.homeostat.host.control;

import java.io.IOException;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that clients can ask, or have done. What acts changes the host, a table or a target: it is written to the audit log, and a client that only looks
 * does not call it.
 *
 * @param name as in the protocol
 * @param params the names of the parameters that it takes
 * @param acts whether it may change anything
 * @param actsWith it acts only when one of these parameters is given; when this is empty, always
 * @param hidden the parameters whose values are not for the audit log
 * @param handler answers
 */
record Method(
        String name, Set<String> params, boolean acts, Set<String> actsWith, Set<String> hidden, Handler handler) {
    Method {
        params = Set.copyOf(params);
        actsWith = Set.copyOf(actsWith);
        hidden = Set.copyOf(hidden);
    }

    /** One that changes nothing. */
    static Method asks(String name, Set<String> params, Handler handler) {
        return new Method(name, params, false, Set.of(), Set.of(), handler);
    }

    /** One that changes something whenever it is called. */
    static Method acts(String name, Set<String> params, Handler handler) {
        return new Method(name, params, true, Set.of(), Set.of(), handler);
    }

    /** The same, which changes nothing unless one of these parameters is given. */
    Method onlyWith(String... given) {
        return new Method(name, params, acts, Set.of(given), hidden, handler);
    }

    /** The same, of which the audit log does not say what these parameters were: they may hold secrets, or be long. */
    Method hiding(String... secret) {
        return new Method(name, params, acts, actsWith, Set.of(secret), handler);
    }

    /** Whether a call with these parameters may change anything. */
    boolean acts(ObjectNode given) {
        return acts && (actsWith.isEmpty() || actsWith.stream().anyMatch(given::hasNonNull));
    }

    /** Answers one request; may first send any number of items. */
    @FunctionalInterface
    interface Handler {
        ObjectNode answer(Params params, Items items) throws ControlException, IOException, InterruptedException;
    }
}
