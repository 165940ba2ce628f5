package dev.homeostat.host.control;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.OptionView;
import dev.homeostat.host.view.Steering;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes how reconcilers work while they run: options, mode, pauses, refreshes. */
final class SteeringMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String MODE = "mode";
    private static final String COMMAND = "command";

    private final Steering steering;
    private final Directory directory;
    private final HostView view;

    SteeringMethods(HostView view) {
        this.view = view;
        this.steering = view.steering();
        this.directory = new Directory(view);
    }

    List<Method> methods() {
        return List.of(
                Method.acts("reconcilers.options", Set.of("name", "set", "reset"), (params, items) -> options(params))
                        .onlyWith("set", "reset"),
                Method.acts("reconcilers.mode", Set.of("name", "mode"), (params, items) -> mode(params))
                        .onlyWith(MODE),
                Method.acts("reconcilers.pause", Set.of("name", "key"), (params, items) -> pause(params)),
                Method.acts("reconcilers.resume", Set.of("name", "key"), (params, items) -> resume(params)),
                Method.acts("reconcilers.refresh", Set.of("name", "key"), (params, items) -> refresh(params)));
    }

    private ObjectNode options(Params params) throws ControlException {
        Map<String, String> set = params.texts("set");
        List<String> reset = params.list("reset");
        String name = set.isEmpty() ? knownOrWaiting(params) : running(params).fullName();
        List<OptionView> before = steering.options(name);
        steer(name, () -> {
            if (reset != null && !set.isEmpty()) {
                steering.resetAndSet(name, Set.copyOf(reset), set);
            } else if (reset != null) {
                steering.reset(name, Set.copyOf(reset));
            } else if (!set.isEmpty()) {
                steering.set(name, set);
            }
        });
        ObjectNode json = shown(name, before);
        json.set("options", ViewJson.array(steering.options(name), SteeringMethods::option));
        return set.isEmpty() && reset == null ? json : Acting.did(json, changes(json));
    }

    private ObjectNode mode(Params params) throws ControlException {
        String mode = params.optionalText(MODE);
        String name = running(params).fullName();
        List<OptionView> before = steering.options(name);
        if (mode != null) {
            steer(name, () -> steering.set(name, Map.of(MODE, mode)));
        }
        ObjectNode json = shown(name, before);
        if (mode == null) {
            return json;
        }
        return json.path("changed").isEmpty()
                ? Acting.did(
                        json,
                        name + ": mode " + json.path(MODE).stringValue("") + " as before ("
                                + json.path("modeFrom").stringValue("") + ")")
                : Acting.did(json, changes(json));
    }

    /** Which options are others than before, each in a line. */
    private static List<String> changes(ObjectNode shown) {
        String name = shown.path("name").stringValue("");
        List<String> lines = new ArrayList<>();
        for (JsonNode option : shown.path("changed")) {
            lines.add(name + ": " + option.path("name").stringValue("") + " "
                    + option.path("before").stringValue("") + " -> "
                    + option.path("value").stringValue("") + " ("
                    + option.path("from").stringValue("") + ")");
        }
        return lines.isEmpty() ? List.of(name + ": nothing is other than before") : lines;
    }

    private ObjectNode pause(Params params) throws ControlException {
        Reconciler<?> reconciler = running(params);
        String name = reconciler.fullName();
        List<OptionView> before = steering.options(name);
        String key = params.optionalText("key");
        boolean[] fresh = new boolean[1];
        if (key == null) {
            steer(name, () -> fresh[0] = steering.pause(name));
        } else {
            String canonical = canonical(reconciler, key);
            steer(name, () -> fresh[0] = steering.pause(name, canonical));
        }
        ObjectNode json =
                shown(name, before).put("paused", fresh[0]).put("hint", key == null ? "" : missing(reconciler, key));
        return Acting.did(json, what(name, key) + (fresh[0] ? " is paused" : " was paused already"));
    }

    private ObjectNode resume(Params params) throws ControlException {
        String name = knownOrWaiting(params);
        List<OptionView> before = steering.options(name);
        String key = params.optionalText("key");
        boolean[] ended = new boolean[1];
        if (key == null) {
            steer(name, () -> ended[0] = steering.resume(name));
        } else {
            String canonical = before.isEmpty() ? key : canonical(running(params), key);
            steer(name, () -> ended[0] = steering.resume(name, canonical));
        }
        ObjectNode json = shown(name, before).put("resumed", ended[0]);
        boolean still = key == null && json.path(MODE).stringValue("").equals("paused");
        return Acting.did(
                json,
                what(name, key)
                        + (still
                                ? " is still paused, as "
                                        + json.path("modeFrom").stringValue("") + " says"
                                : ended[0] ? " goes on" : " was not paused"));
    }

    private static String what(String name, @Nullable String key) {
        return key == null ? name : key + " of " + name;
    }

    private ObjectNode refresh(Params params) throws ControlException {
        Reconciler<?> reconciler = running(params);
        String text = params.optionalText("key");
        if (text == null) {
            reconciler.refresh();
        } else {
            TableReader<?> table = directory.table(reconciler.table().name());
            if (!reconciler.refresh(table.key(text))) {
                throw table.unknown(view.database().readTxn(), text);
            }
        }
        String name = reconciler.fullName();
        double rate = reconciler.options().refreshRate();
        return Acting.did(
                shown(name, steering.options(name)).put("rate", rate),
                text == null
                        ? name + ": all that is done is checked again, at most "
                                + Double.toString(rate).replaceFirst("\\.0$", "") + " rows a second"
                        : what(name, text) + " is checked again as soon as its turn comes");
    }

    private String canonical(Reconciler<?> reconciler, String text) throws ControlException {
        Key key = directory.table(reconciler.table().name()).key(text);
        return reconciler.table().spec().formatKey(key);
    }

    private Reconciler<?> running(Params params) throws ControlException {
        return directory.reconciler(params.text("name"));
    }

    /** Also one that does not run: what was commanded of it can be taken back. */
    private String knownOrWaiting(Params params) throws ControlException {
        String name = params.text("name");
        return steering.waiting().containsKey(name) ? name : running(params).fullName();
    }

    /** The mode, what is paused, and which options are others than before. */
    private ObjectNode shown(String name, List<OptionView> before) {
        List<OptionView> options = steering.options(name);
        Map<String, OptionView> old = before.stream().collect(Collectors.toMap(OptionView::name, option -> option));
        ObjectNode json = JSON.objectNode().put("name", name);
        ArrayNode changed = JSON.arrayNode();
        for (OptionView option : options) {
            if (option.name().equals(MODE)) {
                json.put("mode", option.value()).put("modeFrom", option.from());
            }
            OptionView earlier = old.get(option.name());
            if (earlier != null && !earlier.value().equals(option.value())) {
                changed.add(option(option).put("before", earlier.value()));
            }
        }
        json.set("pausedRows", ViewJson.texts(pausedRows(name)));
        json.set("changed", changed);
        return json;
    }

    private List<String> pausedRows(String name) {
        return view.reconcilers().stream()
                .<Reconciler<?>>map(one -> one.reconciler())
                .filter(one -> one.fullName().equals(name))
                .flatMap(one -> one.pausedKeys().stream().map(one.table().spec()::formatKey))
                .toList();
    }

    private static ObjectNode option(OptionView option) {
        return JSON.objectNode()
                .put("name", option.name())
                .put("value", option.value())
                .put("from", option.from())
                .put("description", option.description());
    }

    private static void steer(String name, Runnable change) throws ControlException {
        try {
            change.run();
        } catch (DocumentException e) {
            throw new ControlException(
                    Code.BAD_PARAMS,
                    e.problems().stream().map(SteeringMethods::text).collect(Collectors.joining("; ")),
                    "nothing was changed; \"homeostat reconcilers options " + name + "\" lists the options");
        } catch (IllegalArgumentException e) {
            throw new ControlException(Code.BAD_PARAMS, String.valueOf(e.getMessage()), "nothing was changed");
        } catch (UncheckedIOException e) {
            throw new ControlException(
                    Code.FAILED, String.valueOf(e.getMessage()), "let the host's user write its data directory");
        }
    }

    /** What the command itself says needs no place; what it does not go together with does. */
    private static String text(Problem problem) {
        return problem.place().origin().startsWith(COMMAND) ? problem.message() : problem.toString();
    }

    /** What to know of a key that no row has; empty when one has it. */
    private String missing(Reconciler<?> reconciler, String text) throws ControlException {
        TableReader<?> table = directory.table(reconciler.table().name());
        ReadTxn txn = view.database().readTxn();
        return table.one(txn, table.key(text)) != null
                ? ""
                : table.nearest(txn, text) + "table \"" + table.name() + "\" has no row \"" + text
                        + "\" now; if one comes, it waits";
    }

    /** Why nothing begins now; empty when nothing keeps it. */
    static String held(Reconciler<?> reconciler, @Nullable Key key) {
        Mode mode = reconciler.options().mode();
        if (mode != Mode.APPLY) {
            return reconciler.fullName() + " is in mode " + mode.name().toLowerCase(Locale.ROOT);
        }
        return key != null && reconciler.pausedKeys().contains(key) ? "the row is paused" : "";
    }
}
