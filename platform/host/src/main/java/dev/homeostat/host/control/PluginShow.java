package dev.homeostat.host.control;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.SettingView;
import dev.homeostat.host.view.TableView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All that there is about one plugin. */
record PluginShow(HostView view, List<PluginView> plugins) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    ObjectNode of(PluginView plugin) {
        String id = plugin.id();
        ObjectNode json = JSON.objectNode()
                .put("now", view.scheduler().instant().toString())
                .put("id", id);
        json.set("plugin", ViewJson.plugin(plugin));
        json.put("requires", plugin.requires());
        json.set(
                "needs",
                ViewJson.array(
                        plugin.needs(),
                        need -> JSON.objectNode()
                                .put("id", need.id())
                                .put("range", need.range())
                                .put("optional", need.optional())
                                .put("state", state(need.id()))));
        json.set("neededBy", ViewJson.texts(neededBy(id).map(PluginView::id).toList()));
        json.set("endsWithIt", tables(endsWith(plugin)));
        json.set(
                "reconcilers",
                ViewJson.array(
                        view.reconcilers().stream()
                                .filter(one -> one.plugin().equals(id))
                                .toList(),
                        one -> JSON.objectNode()
                                .put("name", one.reconciler().fullName())
                                .put("ok", one.reconciler().health().ok())
                                .put("message", one.reconciler().health().message())));
        json.set(
                "sources",
                ViewJson.array(
                        view.sources().stream()
                                .filter(one -> one.plugin().equals(id))
                                .toList(),
                        ViewJson::source));
        json.set(
                "health",
                ViewJson.array(
                        view.health().stream()
                                .filter(line -> line.plugin().equals(id))
                                .toList(),
                        ViewJson::health));
        json.set("settings", ViewJson.array(settings(id), ConfigMethods::setting));
        return json;
    }

    private String state(String id) {
        return plugins.stream()
                .filter(one -> one.id().equals(id))
                .map(one -> one.state().name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    private Stream<PluginView> neededBy(String id) {
        return plugins.stream()
                .filter(one -> one.needs().stream().anyMatch(need -> need.id().equals(id)));
    }

    /** It, if it runs, and all that run upon it. */
    private Set<String> endsWith(PluginView plugin) {
        Set<String> ends = new LinkedHashSet<>();
        Deque<PluginView> next = new ArrayDeque<>(List.of(plugin));
        while (!next.isEmpty()) {
            PluginView one = next.remove();
            if (one.state() == PluginView.State.ACTIVE && ends.add(one.id())) {
                neededBy(one.id()).forEach(next::add);
            }
        }
        return ends;
    }

    private ArrayNode tables(Set<String> owners) {
        ReadTxn txn = view.database().readTxn();
        ArrayNode tables = JSON.arrayNode();
        for (TableView table : view.tables()) {
            if (owners.contains(table.plugin())) {
                try {
                    tables.add(JSON.objectNode()
                            .put("table", table.table().name())
                            .put("plugin", table.plugin())
                            .put("objects", table.table().count(txn)));
                } catch (TableRemovedException e) {
                    // It goes right now.
                }
            }
        }
        return tables;
    }

    private List<SettingView> settings(String id) {
        try {
            return view.configuration().show().stream()
                    .filter(setting -> setting.owner().equals("plugin " + id))
                    .toList();
        } catch (DocumentException e) {
            return List.of(); // "config check" says what is wrong
        }
    }
}
