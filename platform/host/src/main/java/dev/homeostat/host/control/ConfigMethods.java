package dev.homeostat.host.control;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.host.view.ConfigurationProblem;
import dev.homeostat.host.view.ConfigurationView;
import dev.homeostat.host.view.SettingView;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the configuration says. */
final class ConfigMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ConfigurationView view;
    private final boolean running;

    /** @param running whether a host answers, or a process that only knows its rules */
    ConfigMethods(ConfigurationView view, boolean running) {
        this.view = view;
        this.running = running;
    }

    List<Method> methods() {
        return List.of(
                Method.asks("config.check", Set.of(), (params, items) -> check()),
                Method.asks("config.show", Set.of(), (params, items) -> show()));
    }

    /** With what is wrong when that keeps everything from being known, as it does where no host runs. */
    private ObjectNode show() {
        ObjectNode json = JSON.objectNode().put("running", running);
        try {
            List<SettingView> settings = view.show();
            json.put("ok", true).set("settings", ViewJson.array(settings, ConfigMethods::setting));
        } catch (DocumentException _) {
            json.put("ok", false).set("problems", ViewJson.array(view.check(), ConfigMethods::problem));
        }
        return json;
    }

    static ObjectNode setting(SettingView setting) {
        return JSON.objectNode()
                .put("owner", setting.owner())
                .put("key", setting.key())
                .put("value", setting.value())
                .put("from", setting.from())
                .put("kind", setting.kind())
                .put("default", setting.fallback())
                .put("description", setting.description())
                .put("afterRestart", setting.pending())
                .put("afterRestartFrom", setting.pendingFrom());
    }

    private ObjectNode check() {
        List<ConfigurationProblem> problems = view.check();
        ObjectNode json = JSON.objectNode()
                .put("running", running)
                .put("ok", problems.stream().noneMatch(ConfigurationProblem::error));
        json.set("problems", ViewJson.array(problems, ConfigMethods::problem));
        return json;
    }

    private static ObjectNode problem(ConfigurationProblem problem) {
        ObjectNode json = JSON.objectNode()
                .put("severity", problem.error() ? "error" : "warning")
                .put("origin", problem.origin());
        json.set("line", problem.line() > 0 ? JSON.numberNode(problem.line()) : JSON.nullNode());
        return json.put("message", problem.message());
    }
}
