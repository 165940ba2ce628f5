package dev.homeostat.host.control;

import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.ConfigurationView;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Nearest;
import dev.homeostat.host.view.PluginsChecker;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that can be asked of a running host, by the names of the protocol. The socket and the MBeans both answer through it. Safe for all threads; a call may
 * block, for as long as its parameters say.
 */
public final class ControlMethods {
    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final Acting acting;

    private ControlMethods(Acting acting, Stream<List<Method>> groups) {
        this.acting = acting;
        groups.flatMap(List::stream).forEach(method -> methods.put(method.name(), method));
    }

    /** Answers for that host; nothing that is done is written down. */
    public ControlMethods(HostView view) {
        this(view, Audit.NONE);
    }

    /**
     * Answers for that host.
     *
     * @param audit hears what is done
     */
    public ControlMethods(HostView view, Audit audit) {
        this(
                new Acting(() -> view.scheduler().instant(), audit),
                Stream.of(
                        new StatusMethods(view).methods(),
                        new PluginMethods(view).methods(),
                        new TableMethods(view).methods(),
                        new WatchMethods(view).methods(),
                        new WriteMethods(view).methods(),
                        new KeyMethods(view).methods(),
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
                new Acting(InstantSource.system(), Audit.NONE),
                Stream.of(new ConfigMethods(configuration, false).methods(), new CheckMethods(checker).methods()));
    }

    /** The names of those that may change something. */
    public Set<String> acting() {
        return methods.values().stream().filter(Method::acts).map(Method::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The names of all that can be asked. */
    public Set<String> names() {
        return Collections.unmodifiableSet(methods.keySet());
    }

    /**
     * Answers one request.
     *
     * @param caller who asks
     * @param items takes the parts of a long answer, such as rows, before this returns its end
     * @throws ControlException if it cannot be answered, for the client
     * @throws IOException what {@code items} threw
     */
    public ObjectNode call(Caller caller, String name, ObjectNode params, Items items)
            throws ControlException, IOException, InterruptedException {
        Method method = methods.get(name);
        if (method == null) {
            throw new ControlException(
                    Code.UNKNOWN_METHOD,
                    "there is no method \"" + name + "\"",
                    Nearest.hint(name, methods.keySet()) + "there are " + String.join(", ", methods.keySet()));
        }
        return method.acts(params)
                ? acting.run(caller, method, params, () -> answer(caller, method, params, items))
                : answer(caller, method, params, items);
    }

    private static ObjectNode answer(Caller caller, Method method, ObjectNode params, Items items)
            throws ControlException, IOException, InterruptedException {
        try {
            return method.handler().answer(new Params(caller, method.name(), params, method.params()), items);
        } catch (TableRemovedException e) {
            throw new ControlException(Code.UNKNOWN_TABLE, String.valueOf(e.getMessage()), "ask again");
        }
    }
}
