package dev.homeostat.host.control;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.host.view.HostView;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The keys that somebody may be about to write, for command lines that complete words. */
final class KeyMethods {
    /** More than a person would look through. */
    private static final int MOST = 100;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final HostView view;
    private final Directory directory;

    KeyMethods(HostView view) {
        this.view = view;
        this.directory = new Directory(view);
    }

    List<Method> methods() {
        return List.of(
                Method.asks("db.keys", Set.of("table", "prefix", "index", "limit"), (params, items) -> keys(params)));
    }

    private ObjectNode keys(Params params) throws ControlException {
        String begun = params.optionalText("prefix");
        int most = (int) Math.min(params.count("limit", MOST), MOST);
        TableReader<?> table = directory.table(params.text("table"));
        ReadTxn txn = view.database().readTxn();
        List<String> keys = table.keys(txn, params.optionalText("index"), begun == null ? "" : begun, most);
        ObjectNode json = JSON.objectNode()
                .put("now", view.scheduler().instant().toString())
                .put("table", table.name());
        json.set("keys", ViewJson.array(keys, JSON::stringNode));
        return json;
    }
}
