package dev.homeostat.host.control;

import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.ConfigurationView;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Nearest;
import dev.homeostat.host.view.PluginsChecker;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that can be asked of a running host, by the names of the protocol. The socket and the MBeans both answer through it. Safe for all threads; a call may
 * block, for as long as its parameters say.
 */
public final class ControlMethods {
    private final Map<String, Method> methods = new LinkedHashMap<>();

    private ControlMethods(Stream<List<Method>> groups) {
        groups.flatMap(List::stream).forEach(method -> methods.put(method.name(), method));
    }

    /** Answers for that host. */
    public ControlMethods(HostView view) {
        this(Stream.of(
                new StatusMethods(view).methods(),
                new PluginMethods(view).methods(),
                new TableMethods(view).methods(),
                new RejectedMethods(view).methods(),
                new ReconcilerMethods(view).methods(),
                new SteeringMethods(view).methods(),
                new PlanMethods(view).methods(),
                new ConfigMethods(view.configuration(), true).methods(),
                new CheckMethods(view.checker()).methods()));
    }

    /** Answers where no host runs: what needs nothing but the rules of a host and the files of its home. */
    public static ControlMethods offline(ConfigurationView configuration, PluginsChecker checker) {
        return new ControlMethods(
                Stream.of(new ConfigMethods(configuration, false).methods(), new CheckMethods(checker).methods()));
    }

    /**
     * Answers one request.
     *
     * @param items takes the parts of a long answer, such as rows, before this returns its end
     * @throws ControlException if it cannot be answered, for the client
     * @throws IOException what {@code items} threw
     */
    public ObjectNode call(String name, ObjectNode params, Items items)
            throws ControlException, IOException, InterruptedException {
        Method method = methods.get(name);
        if (method == null) {
            throw new ControlException(
                    Code.UNKNOWN_METHOD,
                    "there is no method \"" + name + "\"",
                    Nearest.hint(name, methods.keySet()) + "there are " + String.join(", ", methods.keySet()));
        }
        try {
            return method.handler().answer(new Params(name, params, method.params()), items);
        } catch (TableRemovedException e) {
            throw new ControlException(Code.UNKNOWN_TABLE, String.valueOf(e.getMessage()), "ask again");
        }
    }
}
