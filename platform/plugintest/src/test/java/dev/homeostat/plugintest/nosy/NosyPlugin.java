package dev.homeostat.plugintest.nosy;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Logs which classes it can see. */
public final class NosyPlugin implements Plugin {
    @Override
    public void contribute(PluginContext context) {
        List<String> seen = new ArrayList<>();
        for (String name : new String[] {
            "org.junit.jupiter.api.Test",
            "dev.homeostat.plugintest.PluginHost",
            "dev.homeostat.plugintest.memos.Memo",
            "dev.homeostat.host.EmbeddedHost",
            "com.google.common.collect.ImmutableList",
            "com.sun.net.httpserver.HttpServer",
            "javax.tools.ToolProvider",
            "com.sun.source.tree.Tree"
        }) {
            try {
                Class.forName(name);
                seen.add(name);
            } catch (ClassNotFoundException e) {
                // It cannot.
            }
        }
        LoggerFactory.getLogger(NosyPlugin.class).info("sees {}", String.join(" ", seen));
    }
}
