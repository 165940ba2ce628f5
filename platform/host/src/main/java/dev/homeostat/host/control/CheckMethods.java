package dev.homeostat.host.control;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.verify.Finding;
import dev.homeostat.host.verify.JarReport;
import dev.homeostat.host.view.PluginsChecker;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a start would say of plugin jars. */
final class CheckMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final PluginsChecker checker;

    CheckMethods(PluginsChecker checker) {
        this.checker = checker;
    }

    List<Method> methods() {
        return List.of(Method.asks("plugins.check", Set.of("jars"), (params, items) -> check(params)));
    }

    private ObjectNode check(Params params) throws ControlException {
        List<String> named = params.list("jars");
        List<Path> jars = new ArrayList<>();
        for (String jar : named == null ? List.<String>of() : named) {
            jars.add(path(jar));
        }
        try {
            List<JarReport> reports = checker.check(jars);
            ObjectNode json = JSON.objectNode().put("ok", reports.stream().noneMatch(JarReport::refused));
            json.set("jars", ViewJson.array(reports, CheckMethods::report));
            return json;
        } catch (DocumentException e) {
            throw new ControlException(
                    Code.FAILED,
                    "the configuration is not as it should be, so it does not say which plugins there are",
                    "homeostat config check");
        }
    }

    private static Path path(String jar) throws ControlException {
        try {
            Path path = Path.of(jar);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw new ControlException(Code.BAD_PARAMS, "\"" + jar + "\" is no absolute path", "");
    }

    private static ObjectNode report(JarReport report) {
        ObjectNode json = JSON.objectNode()
                .put("jar", report.jar())
                .put("id", report.id())
                .put("version", report.version())
                .put("sha256", report.sha256())
                .put("isolation", report.isolation())
                .put("refused", report.refused());
        json.set("findings", ViewJson.array(report.findings(), CheckMethods::finding));
        return json;
    }

    private static ObjectNode finding(Finding finding) {
        return JSON.objectNode()
                .put("severity", finding.kind().name().toLowerCase(Locale.ROOT))
                .put("problem", finding.problem())
                .put("fix", finding.fix());
    }
}
