package dev.homeostat.plugintest.leaky;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;
import java.util.concurrent.CountDownLatch;

/** Leaves a thread behind, until that is interrupted. */
public final class LeakyPlugin implements Plugin {
    @Override
    public void contribute(PluginContext context) {
        Thread thread = new Thread(
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        // The test has seen enough.
                    }
                },
                "leaky");
        thread.setDaemon(true);
        thread.start();
    }
}
