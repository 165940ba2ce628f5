package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.util.List;

/** {@code homeostat reconcilers refresh|pause|resume|mode}: changes what a reconciler may do. */
public final class SteerCommand {
    private SteerCommand() {}

    public static int refresh(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.refresh", words.params("NAME", "KEY"));
        session.printDone(answer);
        heldBack(session, answer, words.text("KEY"));
        return ExitCode.OK;
    }

    public static int pause(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.pause", words.params("NAME", "KEY"));
        session.printDone(answer);
        String key = words.has("KEY") ? " " + Home.quoted(words.text("KEY")) : "";
        note(session, "to let it go on: " + session.again("reconcilers resume " + name(answer) + key));
        note(session, answer.text("hint"));
        return ExitCode.OK;
    }

    public static int resume(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.resume", words.params("NAME", "KEY"));
        session.printDone(answer);
        if (!words.has("KEY") && answer.text("mode").equals("paused")) {
            note(
                    session,
                    "change it there, or go over it: " + session.again("reconcilers mode " + name(answer) + " apply"));
            return ExitCode.FAILURE;
        }
        heldBack(session, answer, words.text("KEY"));
        return ExitCode.OK;
    }

    public static int mode(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.mode", words.params("NAME", "MODE"));
        session.printDone(answer);
        boolean applies = answer.text("mode").equals("apply");
        if (!words.has("MODE")) {
            String from = "mode apply (" + answer.text("modeFrom") + ")";
            note(session, answer.text("name") + ": " + (applies ? from : ReconcilerList.mode(session, answer)));
        } else if (!applies) {
            note(session, ReconcilerList.consequence(session, answer));
        }
        return ExitCode.OK;
    }

    private static String name(Doc answer) {
        return Home.quoted(answer.text("name"));
    }

    /** For people, and only if there is something to say. */
    private static void note(Session session, String text) {
        if (!session.json() && !text.isEmpty()) {
            session.screen().note(0, Tint.PLAIN, text);
        }
    }

    /** What still holds work back, so that nobody has to wonder why nothing happens. */
    private static void heldBack(Session session, Doc answer, String key) {
        String mode = answer.text("mode");
        if (mode.equals("paused") || mode.equals("plan")) {
            note(session, ReconcilerList.mode(session, answer));
        }
        List<String> rows = answer.texts("pausedRows");
        if (key.isEmpty() ? !rows.isEmpty() : rows.contains(key)) {
            note(session, ReconcilerList.pausedRows(session, answer.text("name"), rows.size(), rows));
        }
    }
}
