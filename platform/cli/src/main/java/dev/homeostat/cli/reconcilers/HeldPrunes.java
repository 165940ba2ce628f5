package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Amount;
import dev.homeostat.cli.wire.Doc;
import java.util.List;

/** Says of a reconciler's held prune why it is held, and how that ends. */
public final class HeldPrunes {
    private HeldPrunes() {}

    /** What is held, since when, and why. */
    public static String text(Doc reconciler, Ages ages) {
        Doc held = reconciler.doc("heldPrune");
        return "prune " + held.number("number") + " (" + Amount.of(held.number("count"), "object") + ") is held since "
                + ages.ago(held.time("heldAt")) + ": " + held.text("reason");
    }

    /** Each with its command. */
    public static List<String> waysOut(Session session, Doc reconciler) {
        String name = Home.quoted(reconciler.text("name"));
        return List.of(
                "to see what it would remove: " + session.again("reconcilers held " + name),
                "to let it: "
                        + session.again("reconcilers confirm " + name + " "
                                + reconciler.doc("heldPrune").number("number")));
    }

    /** The problems of the reconciler as a whole, but for the prune that is held. */
    public static List<String> problemsBesides(Doc reconciler) {
        String held = "prune " + reconciler.doc("heldPrune").number("number") + " is held";
        return reconciler.texts("problems").stream()
                .filter(problem -> !problem.startsWith(held))
                .toList();
    }
}
