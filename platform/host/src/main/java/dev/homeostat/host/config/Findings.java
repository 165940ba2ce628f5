package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.ConfigurationProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a configuration, put in order. */
final class Findings {
    private final List<ConfigurationProblem> all = new ArrayList<>();

    /** What can be said without asking what is in force: of the JVM's options, and of files of plugins that cannot be read. */
    static Findings of(ConfigFiles files, JvmOptions options) {
        Findings findings = new Findings();
        options.problems().forEach(findings::error);
        options.warnings().forEach(problem -> findings.add(false, problem));
        for (String plugin : files.configured()) {
            findings.reading(() -> {
                Tree _ = files.plugins().readFile(plugin);
            });
        }
        return findings;
    }

    void errors(List<Problem> problems) {
        problems.forEach(this::error);
    }

    void error(Problem problem) {
        add(true, problem);
    }

    void warnings(List<Problem> problems) {
        problems.forEach(problem -> add(false, new Problem(problem.place(), "is not used: " + problem.message())));
    }

    private void add(boolean error, Problem problem) {
        ConfigurationProblem found = new ConfigurationProblem(
                error, problem.place().origin(), problem.place().line(), problem.message());
        if (!all.contains(found)) {
            all.add(found);
        }
    }

    /** Reads something, and adds what is wrong with it. */
    void reading(Runnable reader) {
        try {
            reader.run();
        } catch (DocumentException e) {
            errors(e.problems());
        }
    }

    /** Errors first, each kind by place. */
    List<ConfigurationProblem> ordered() {
        return all.stream()
                .sorted(Comparator.comparing(ConfigurationProblem::error)
                        .reversed()
                        .thenComparing(ConfigurationProblem::origin)
                        .thenComparingInt(ConfigurationProblem::line))
                .toList();
    }
}
