package dev.homeostat.host.control;

import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Nearest;
import dev.homeostat.host.view.RejectedRow;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows that did not fit when their table's plugin was replaced. */
final class RejectedMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final HostView view;

    RejectedMethods(HostView view) {
        this.view = view;
    }

    List<Method> methods() {
        return List.of(
                Method.asks("db.rejected", Set.of("table"), this::list),
                Method.acts("db.rejected.forget", Set.of("table", "key"), (params, items) -> forget(params)));
    }

    private ObjectNode list(Params params, Items items) throws ControlException, IOException {
        String table = params.optionalText("table");
        long count = 0;
        for (RejectedRow row :
                table == null ? view.rejected().all() : view.rejected().of(table)) {
            items.item(row(row));
            count++;
        }
        return now().put("count", count);
    }

    private static ObjectNode row(RejectedRow row) {
        ObjectNode json = JSON.objectNode()
                .put("table", row.table())
                .put("key", row.key())
                .put("reason", row.reason())
                .put("deleted", row.deleted())
                .put("since", row.since().toString());
        if (row.owner() != null) {
            json.put("owner", row.owner().toString());
        }
        json.set("document", TreeJson.of(row.document()));
        return json;
    }

    private ObjectNode forget(Params params) throws ControlException {
        String table = params.text("table");
        String key = params.text("key");
        int forgotten = view.rejected().forget(table, key);
        if (forgotten == 0) {
            List<String> keys =
                    view.rejected().of(table).stream().map(RejectedRow::key).toList();
            throw new ControlException(
                    Code.UNKNOWN_KEY,
                    "no row \"" + key + "\" of table \"" + table + "\" is set aside",
                    Nearest.hint(key, keys) + "\"homeostat db rejected\" lists them");
        }
        return Acting.did(
                now().put("forgotten", forgotten),
                "row \"" + key + "\" of table \"" + table + "\" is no longer set aside, and forgotten");
    }

    private ObjectNode now() {
        return JSON.objectNode().put("now", view.scheduler().instant().toString());
    }
}
