package dev.homeostat.plugintest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The host as it is seen from outside of its layers: in types of the JDK. Its methods are those of {@code dev.homeostat.host.EmbeddedHost}, which says more. */
interface InsideHost {
    void start() throws Exception;

    void follow() throws Exception;

    Map<String, @Nullable Object> ask(String method, Map<String, Object> params) throws Exception;

    void put(String table, Object document);

    void remove(String table, String key);

    boolean isAttempted(String table, long patienceMillis) throws Exception;

    boolean isSettled();

    List<Map<String, String>> leaks();

    List<String> log();

    void stop();
}
