package dev.homeostat.host.control;

import dev.homeostat.host.view.ConfigurationProblem;
import dev.homeostat.host.view.ConfigurationView;
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
        return List.of(new Method("config.check", Set.of(), (params, items) -> check()));
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
