package dev.homeostat.cli;

import java.util.List;

/** {@code homeostat reconcilers refresh|pause|resume|mode}: changes what a reconciler may do. */
final class SteerCommand {
    private SteerCommand() {}

    static int refresh(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.refresh", words.params("NAME", "KEY"));
        if (session.json()) {
            session.print(answer);
            return ExitCode.OK;
        }
        session.screen()
                .line(Printable.of(
                        words.has("KEY")
                                ? words.text("KEY") + " is checked again as soon as its turn comes"
                                : answer.text("name") + ": all that is done is checked again, at most "
                                        + answer.text("rate").replaceFirst("\\.0$", "") + " rows a second"));
        heldBack(session, answer, words.text("KEY"));
        return ExitCode.OK;
    }

    static int pause(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.pause", words.params("NAME", "KEY"));
        String name = answer.text("name");
        String key = words.text("KEY");
        String what = words.has("KEY") ? key + " of " + name : name;
        say(
                session,
                answer,
                what + (answer.flag("paused") ? " is paused" : " was paused already")
                        + "; to let it go on: "
                        + session.again("reconcilers resume " + Home.quoted(name)
                                + (words.has("KEY") ? " " + Home.quoted(key) : "")));
        if (!session.json() && !answer.text("hint").isEmpty()) {
            session.screen().note(0, Tint.PLAIN, answer.text("hint"));
        }
        return ExitCode.OK;
    }

    static int resume(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.resume", words.params("NAME", "KEY"));
        String name = answer.text("name");
        boolean row = words.has("KEY");
        String what = row ? words.text("KEY") + " of " + name : name;
        boolean still = !row && answer.text("mode").equals("paused");
        if (still) {
            say(
                    session,
                    answer,
                    what + " is still paused, as " + answer.text("modeFrom")
                            + " says; change it there, or go over it: "
                            + session.again("reconcilers mode " + Home.quoted(name) + " apply"));
            return ExitCode.FAILURE;
        }
        say(session, answer, what + (answer.flag("resumed") ? " goes on" : " was not paused"));
        if (!session.json()) {
            heldBack(session, answer, row ? words.text("KEY") : "");
        }
        return ExitCode.OK;
    }

    static int mode(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.mode", words.params("NAME", "MODE"));
        boolean held = !answer.text("mode").equals("apply");
        say(
                session,
                answer,
                answer.text("name") + ": "
                        + (held
                                ? ReconcilerList.mode(session, answer)
                                : "mode apply (" + answer.text("modeFrom") + ")"));
        return ExitCode.OK;
    }

    private static void say(Session session, Doc answer, String line) {
        if (session.json()) {
            session.print(answer);
        } else {
            session.screen().line(Printable.of(line));
        }
    }

    /** What still holds work back, so that nobody has to wonder why nothing happens. */
    private static void heldBack(Session session, Doc answer, String key) {
        Screen screen = session.screen();
        String mode = answer.text("mode");
        if (mode.equals("paused") || mode.equals("plan")) {
            screen.note(0, Tint.PLAIN, ReconcilerList.mode(session, answer));
        }
        List<String> rows = answer.texts("pausedRows");
        if (key.isEmpty() ? !rows.isEmpty() : rows.contains(key)) {
            screen.note(0, Tint.PLAIN, ReconcilerList.pausedRows(session, answer.text("name"), rows.size(), rows));
        }
    }
}
