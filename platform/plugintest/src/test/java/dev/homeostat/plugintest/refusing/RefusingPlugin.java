package dev.homeostat.plugintest.refusing;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;

/** Does not want to start. */
public final class RefusingPlugin implements Plugin {
    @Override
    public void contribute(PluginContext context) throws Exception {
        throw new Exception("there is no memo on the fridge");
    }
}
