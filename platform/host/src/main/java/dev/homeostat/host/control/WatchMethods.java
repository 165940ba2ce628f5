package dev.homeostat.host.control;

import dev.homeostat.host.view.HostView;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Follows what changes. Such an answer ends when its client goes, or has had as much as it asked for. */
final class WatchMethods {
    private final HostView view;
    private final Directory directory;

    WatchMethods(HostView view) {
        this.view = view;
        this.directory = new Directory(view);
    }

    List<Method> methods() {
        return List.of(Method.asks("db.watch", Set.of("table", "where", "limit", "initial"), this::watch));
    }

    private ObjectNode watch(Params params, Items items) throws ControlException, IOException, InterruptedException {
        String table = directory.table(params.text("table")).name();
        return new TableWatch(
                        view, table, RowFilter.of(params.list("where")), params.count("limit", Long.MAX_VALUE), items)
                .run(params.flag("initial"));
    }
}
