package dev.homeostat.host.mxbean;

/** A plugin as a JMX client sees it. */
@About("A jar in a plugin directory.")
public interface PluginMXBean {
    @About("The id from its manifest, or the name of the jar.")
    String getId();

    @About("The version from its manifest.")
    String getVersion();

    @About("FOUND, ACTIVE, STOPPED or FAILED.")
    String getState();

    @About("Why it is in this state; empty while all is well.")
    String getReason();

    @About("When it came into this state.")
    String getSince();

    @About("How its classes are kept apart from others, and why so.")
    String getIsolation();

    @About("The jar that it was loaded from.")
    String getJar();

    @About("The tables that it owns.")
    String[] getTables();

    @About("The full names of its reconcilers.")
    String[] getReconcilers();

    @About(value = "Starts it, and what waits for it; gives what became of it as JSON.", acts = true)
    String start();

    @About(value = "Stops it, after all that need it, until it is started here or the host is.", acts = true)
    String stop();

    @About(value = "Replaces it by what its jar holds now, with all that need it.", acts = true)
    String reload();

    @About(value = "Stops and forgets it, until its jar changes or the host is started.", acts = true)
    String unload();
}
