package dev.homeostat.cli.overview;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.plugins.PluginList;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.reconcilers.FailureGrid;
import dev.homeostat.cli.reconcilers.HeldPrunes;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.util.ArrayList;
import java.util.List;

/** The part of the status that says what is wrong, since when, and which command does something about it. Prints nothing when nothing is. */
final class WhatIsWrong {
    private static final int INDENT = 2;

    private final Session session;
    private final Screen screen;
    private final Ages ages;

    WhatIsWrong(Session session, Ages ages) {
        this.session = session;
        this.screen = session.screen();
        this.ages = ages;
    }

    void print(Doc answer) {
        List<Doc> reconcilers = answer.docs("reconcilers");
        rows(reconcilers);
        prunes(reconcilers);
        plugins(answer.docs("plugins"));
        others(answer);
    }

    private void rows(List<Doc> reconcilers) {
        List<Doc> failing =
                reconcilers.stream().filter(one -> one.number("failing") > 0).toList();
        if (!failing.isEmpty()) {
            screen.section("Rows that fail");
            FailureGrid.print(session, INDENT, failing, ages);
        }
    }

    private void prunes(List<Doc> reconcilers) {
        List<Doc> holding = reconcilers.stream()
                .filter(one -> !one.doc("heldPrune").isEmpty())
                .toList();
        if (!holding.isEmpty()) {
            screen.section("Prunes that are held");
            for (Doc one : holding) {
                screen.note(INDENT, Tint.BAD, one.text("name") + ": " + HeldPrunes.text(one, ages));
                HeldPrunes.waysOut(session, one).forEach(line -> screen.note(INDENT + 2, Tint.PLAIN, line));
            }
        }
    }

    private void plugins(List<Doc> plugins) {
        List<Doc> bad = plugins.stream().filter(PluginList::isDegraded).toList();
        if (!bad.isEmpty()) {
            screen.section("Plugins that do not run as they should");
            bad.forEach(plugin -> {
                screen.note(
                        INDENT,
                        Tint.BAD,
                        plugin.text("id") + " (" + plugin.text("state") + " " + ages.ago(plugin.time("since")) + "): "
                                + plugin.text("reason"));
                nextSteps(plugin).forEach(line -> screen.note(INDENT + 2, Tint.PLAIN, line));
            });
        }
    }

    /** What is not known to be a plugin has no version: of that there is only its jar. */
    private List<String> nextSteps(Doc plugin) {
        String id = Home.quoted(plugin.text("id"));
        if (plugin.text("version").isEmpty()) {
            return List.of(plugin.text("jar") + " is looked at again as soon as it changes");
        }
        String show = "all about it: " + session.again("plugins show " + id);
        return plugin.text("state").equals("failed")
                ? List.of(show, "to try it again: " + session.again("plugins start " + id))
                : List.of(show);
    }

    private void others(Doc answer) {
        List<String> problems = new ArrayList<>();
        for (Doc one : answer.docs("reconcilers")) {
            HeldPrunes.problemsBesides(one)
                    .forEach(problem -> problems.add("reconciler " + one.text("name") + ": " + problem));
        }
        for (Doc source : answer.docs("sources")) {
            source.texts("problems").forEach(problem -> problems.add("source " + source.text("name") + ": " + problem));
        }
        for (Doc line : answer.docs("health")) {
            if (!line.flag("ok")) {
                problems.add((line.text("plugin").isEmpty() ? "" : "plugin " + line.text("plugin") + ", ")
                        + line.text("name") + " (for " + ages.length(line.time("since")) + "): "
                        + line.text("message"));
            }
        }
        if (!problems.isEmpty()) {
            screen.section("Other problems");
            problems.forEach(problem -> screen.note(INDENT, Tint.BAD, problem));
        }
    }
}
