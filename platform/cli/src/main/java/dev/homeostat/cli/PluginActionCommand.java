package dev.homeostat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code homeostat plugins start|stop|reload|unload}: does it, waits until it is done, and shows what became of the plugin. */
final class PluginActionCommand {
    private PluginActionCommand() {}

    static int run(String action, Session session, Words words) throws CommandException {
        String id = words.text("ID");
        Doc answer = session.client().call("plugins." + action, Map.of("id", id));
        List<Doc> changed = new ArrayList<>();
        boolean forgotten = answer.doc("plugin").isEmpty();
        if (!forgotten) {
            changed.add(answer.doc("plugin"));
        }
        boolean wanted = changed.stream().noneMatch(PluginList::isDegraded);
        changed.addAll(answer.docs("others"));
        if (session.json()) {
            session.print(answer);
        } else {
            if (forgotten) {
                session.screen().line(Printable.of(id + " is forgotten until its jar changes or the host starts"));
            }
            if (!changed.isEmpty()) {
                PluginList.print(session.screen(), 0, changed, new Ages(answer.time("now")), true);
            }
        }
        return wanted ? ExitCode.OK : ExitCode.FAILURE;
    }
}
