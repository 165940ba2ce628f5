package dev.homeostat.host.control;

import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Nearest;
import dev.homeostat.host.view.PluginAction;
import dev.homeostat.host.view.PluginView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Starts, stops, reloads and unloads plugins. */
final class PluginMethods {
    private final HostView view;

    PluginMethods(HostView view) {
        this.view = view;
    }

    List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        for (PluginAction action : PluginAction.values()) {
            String name = "plugins." + action.name().toLowerCase(Locale.ROOT);
            methods.add(Method.acts(name, Set.of("id"), (params, items) -> act(action, params)));
        }
        methods.add(Method.asks("plugins.show", Set.of("id"), (params, items) -> show(params.text("id"))));
        return List.copyOf(methods);
    }

    private ObjectNode show(String id) throws ControlException {
        List<PluginView> plugins = view.plugins();
        requireKnown(id, plugins);
        PluginView plugin =
                plugins.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
        return new PluginShow(view, plugins).of(plugin);
    }

    private static void requireKnown(String id, List<PluginView> plugins) throws ControlException {
        List<String> known = plugins.stream().map(PluginView::id).toList();
        if (!known.contains(id)) {
            throw new ControlException(
                    Code.UNKNOWN_PLUGIN,
                    "there is no plugin \"" + id + "\"",
                    Nearest.hint(id, known) + "there are " + String.join(", ", known));
        }
    }

    private ObjectNode act(PluginAction action, Params params) throws ControlException, InterruptedException {
        String id = params.text("id");
        List<PluginView> before = view.plugins();
        requireKnown(id, before);
        try {
            view.act(action, id, params.caller().by());
        } catch (IllegalArgumentException e) {
            throw new ControlException(
                    Code.UNKNOWN_PLUGIN,
                    String.valueOf(e.getMessage()),
                    "one that is listed all the same is gone, and its classes are still in memory");
        } catch (IllegalStateException e) {
            throw new ControlException(Code.FAILED, "plugin \"" + id + "\": " + e.getMessage(), "");
        }
        List<PluginView> after = view.plugins();
        Set<PluginView> same = new HashSet<>(before);
        Optional<PluginView> plugin =
                after.stream().filter(one -> one.id().equals(id)).findFirst();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("now", view.scheduler().instant().toString())
                .put("id", id);
        json.set(
                "plugin",
                plugin.map(ViewJson::plugin).<JsonNode>map(one -> one).orElse(JsonNodeFactory.instance.nullNode()));
        json.set(
                "others",
                ViewJson.array(
                        after.stream()
                                .filter(one -> !one.id().equals(id) && !same.contains(one))
                                .toList(),
                        ViewJson::plugin));
        boolean ok = plugin.filter(PluginView::degraded).isEmpty();
        return Acting.tried(json, ok, PluginLines.of(id, before, after));
    }
}
