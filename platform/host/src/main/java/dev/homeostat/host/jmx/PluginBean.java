package dev.homeostat.host.jmx;

import dev.homeostat.host.mxbean.PluginMXBean;
import dev.homeostat.host.view.PluginView;
import java.util.List;

/** See {@link PluginMXBean}. Shows the newest view that it was given. */
final class PluginBean implements PluginMXBean {
    private final Calls calls;
    private volatile PluginView view;

    PluginBean(PluginView view, Calls calls) {
        this.view = view;
        this.calls = calls;
    }

    void show(PluginView newest) {
        view = newest;
    }

    @Override
    public String getId() {
        return view.id();
    }

    @Override
    public String getVersion() {
        return view.version();
    }

    @Override
    public String getState() {
        return view.state().name();
    }

    @Override
    public boolean isDegraded() {
        return view.degraded();
    }

    @Override
    public String getReason() {
        return view.reason();
    }

    @Override
    public String getSince() {
        return view.since().toString();
    }

    @Override
    public String getIsolation() {
        return view.isolation();
    }

    @Override
    public String getJar() {
        return view.jar();
    }

    @Override
    public List<String> getTables() {
        return view.tables();
    }

    @Override
    public List<String> getReconcilers() {
        return view.reconcilers();
    }

    @Override
    public String show() {
        return act("plugins.show");
    }

    @Override
    public String start() {
        return act("plugins.start");
    }

    @Override
    public String stop() {
        return act("plugins.stop");
    }

    @Override
    public String reload() {
        return act("plugins.reload");
    }

    @Override
    public String unload() {
        return act("plugins.unload");
    }

    private String act(String method) {
        return calls.call(method, Calls.params().put("id", view.id()));
    }
}
