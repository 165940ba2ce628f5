package dev.homeostat.host.control;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.view.DeletedRow;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.RowRefusedException;
import dev.homeostat.host.view.WrittenRow;
import dev.homeostat.host.view.WrittenRow.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes rows at the command of people, into tables that take them from outside. */
final class WriteMethods {
    private static final Logger LOG = LoggerFactory.getLogger(WriteMethods.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_PROBLEMS = 10;
    private static final int MOST_NAMED = 100;

    private final HostView view;
    private final Directory directory;

    WriteMethods(HostView view) {
        this.view = view;
        this.directory = new Directory(view);
    }

    List<Method> methods() {
        return List.of(
                Method.acts("db.insert", Set.of("table", "document", "origin"), this::insert)
                        .hiding("document"),
                Method.acts("db.delete", Set.of("table", "key"), (params, items) -> delete(params)));
    }

    private ObjectNode insert(Params params, Items items) throws ControlException {
        TableReader<?> table = directory.table(params.text("table"));
        String origin = Objects.requireNonNullElse(params.optionalText("origin"), "the document");
        List<WrittenRow> written = write(table.name(), origin, params.text("document"));
        tell(written, items);
        ObjectNode json = now().put("table", table.name())
                .put("inserted", count(written, Change.INSERTED))
                .put("updated", count(written, Change.UPDATED))
                .put("unchanged", count(written, Change.UNCHANGED))
                .put(
                        "hint",
                        "what is inserted by command lasts until the host stops; to keep it, put it into a file that a"
                                + " source reads");
        return Acting.did(json, "table \"" + table.name() + "\": " + changes(written));
    }

    /** The rows are written, whoever hears of it: a client that goes, or does not read, is no reason to call it a failure. */
    private static void tell(List<WrittenRow> written, Items items) {
        try {
            for (WrittenRow row : written) {
                ObjectNode item = JSON.objectNode()
                        .put("key", row.key())
                        .put("change", lower(row.change()))
                        .put("revision", row.revision());
                if (row.orphanOf() != null) {
                    item.put("orphanOf", row.orphanOf().toString());
                }
                items.item(item);
            }
        } catch (ControlException | IOException e) {
            LOG.debug("not all of {} rows that were written could be told of: {}", written.size(), e.toString());
        }
    }

    private static String changes(List<WrittenRow> written) {
        List<String> changes = new ArrayList<>();
        for (Change change : Change.values()) {
            List<String> keys = written.stream()
                    .filter(row -> row.change() == change)
                    .map(WrittenRow::key)
                    .toList();
            if (!keys.isEmpty()) {
                changes.add(lower(change) + " " + keys.size() + ": "
                        + keys.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (keys.size() > MOST_NAMED ? ", …" : ""));
            }
        }
        return String.join("; ", changes);
    }

    private List<WrittenRow> write(String table, String origin, String text) throws ControlException {
        try {
            List<Tree> rows = rows(new YamlReader().read(origin, text));
            if (rows.isEmpty()) {
                throw new ControlException(
                        Code.BAD_ROW, origin + " has no row in it", "a row is a mapping of fields, in YAML or JSON");
            }
            return view.rows().insert(table, rows);
        } catch (DocumentException e) {
            throw new ControlException(Code.BAD_ROW, text(e.problems()), "nothing was written");
        } catch (RowRefusedException e) {
            throw refused(e);
        }
    }

    /** Each document is a row, or a list of rows. */
    private static List<Tree> rows(List<Tree> documents) {
        List<Tree> rows = new ArrayList<>();
        for (Tree document : documents) {
            if (document instanceof Tree.Sequence several) {
                rows.addAll(several.items());
            } else if (!(document instanceof Tree.Scalar scalar) || scalar.value() != null) {
                rows.add(document);
            }
        }
        return rows;
    }

    private static String text(List<Problem> problems) {
        String shown = problems.stream()
                .limit(MOST_PROBLEMS)
                .map(problem -> problem.toString().replace("\n", " "))
                .collect(Collectors.joining("; "));
        return problems.size() <= MOST_PROBLEMS
                ? shown
                : shown + "; and " + (problems.size() - MOST_PROBLEMS) + " more";
    }

    private ObjectNode delete(Params params) throws ControlException {
        TableReader<?> table = directory.table(params.text("table"));
        String text = params.text("key");
        Key key = table.key(text);
        ReadTxn before = view.database().readTxn();
        JoinedRow row = table.one(before, key);
        DeletedRow deleted = delete(table.name(), key);
        if (deleted == null) {
            throw row != null && row.deleted()
                    ? new ControlException(
                            Code.UNKNOWN_KEY,
                            "row \"" + text + "\" of table \"" + table.name() + "\" is deleted already",
                            "\"homeostat explain " + table.name() + " " + text + "\" says what its delete waits for")
                    : table.unknown(before, text);
        }
        ObjectNode json = now().put("table", table.name())
                .put("key", row == null ? text : row.key())
                .put("deleted", deleted.takenOverBy() == null)
                .put("revision", deleted.revision());
        json.set("row", ViewJson.orNull(row, ViewJson::row));
        String hint = hint(deleted);
        return Acting.did(
                json.put("hint", hint),
                "row \"" + text + "\" of table \"" + table.name() + "\" is deleted"
                        + (deleted.takenOverBy() == null ? "" : "; " + hint));
    }

    private @Nullable DeletedRow delete(String table, Key key) throws ControlException {
        try {
            return view.rows().delete(table, key);
        } catch (RowRefusedException e) {
            throw refused(e);
        }
    }

    private static String hint(DeletedRow deleted) {
        if (deleted.takenOverBy() != null) {
            return "there is still one of that key: that of "
                    + deleted.takenOverBy().unit() + " of source \""
                    + deleted.takenOverBy().source() + "\", which waited for it";
        }
        return deleted.orphanOf() == null
                ? ""
                : "it came from " + deleted.orphanOf().unit() + " of source \""
                        + deleted.orphanOf().source()
                        + "\", which is gone; when that comes back, and still wants it, it is there again";
    }

    private static ControlException refused(RowRefusedException e) {
        return new ControlException(Code.REFUSED, String.valueOf(e.getMessage()), e.hint());
    }

    private static long count(List<WrittenRow> rows, Change change) {
        return rows.stream().filter(row -> row.change() == change).count();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private ObjectNode now() {
        return JSON.objectNode().put("now", view.scheduler().instant().toString());
    }
}
