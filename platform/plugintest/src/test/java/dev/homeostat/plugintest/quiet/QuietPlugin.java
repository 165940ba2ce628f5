package dev.homeostat.plugintest.quiet;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;
import java.util.Timer;

/** Leaves a thread that has nothing of the plugin, and so pins nothing. */
public final class QuietPlugin implements Plugin {
    @Override
    public void contribute(PluginContext context) {
        Thread here = Thread.currentThread();
        ClassLoader mine = here.getContextClassLoader();
        here.setContextClassLoader(null);
        try {
            System.getProperties().put("quiet-timer", new Timer("quiet-timer", true));
        } finally {
            here.setContextClassLoader(mine);
        }
    }
}
