package dev.homeostat.host.mxbean;

import java.util.List;

/** A plugin as a JMX client sees it. */
@About("A jar in a plugin directory.")
public interface PluginMXBean {
    @About("The id from its manifest, or the name of the jar.")
    @Unit(Units.NAME)
    String getId();

    @About("The version from its manifest.")
    @Unit(Units.TEXT)
    String getVersion();

    @About("FOUND, ACTIVE, STOPPED, FAILED or LEAKED.")
    @Unit(Units.WORD)
    String getState();

    @About("Whether a person should look at it: it failed, a newer jar of it was refused, or it has leaked.")
    @Unit(Units.FLAG)
    boolean isDegraded();

    @About("Why it is in this state; empty while all is well.")
    @Unit(Units.TEXT)
    String getReason();

    @About("When it came into this state.")
    @Unit(Units.TIME)
    String getSince();

    @About("How its classes are kept apart from others, and why so.")
    @Unit(Units.TEXT)
    String getIsolation();

    @About("The jar that it was loaded from.")
    @Unit(Units.TEXT)
    String getJar();

    @About("The tables that it owns.")
    @Unit(Units.NAME)
    List<String> getTables();

    @About("The full names of its reconcilers.")
    @Unit(Units.NAME)
    List<String> getReconcilers();

    @About("All about it: what it needs and who needs it, tables, reconcilers, sources, health, settings.")
    @Unit(Units.JSON)
    String show();

    @About(value = "Starts it, and what waits for it; says what became of it.", acts = true)
    @Unit(Units.JSON)
    String start();

    @About(value = "Stops it, after all that need it, until it is started here or the host is.", acts = true)
    @Unit(Units.JSON)
    String stop();

    @About(value = "Replaces it by what its jar holds now, with all that need it.", acts = true)
    @Unit(Units.JSON)
    String reload();

    @About(
            value = "Stops it and lets its id go, until start() is called, its jar changes or the host is started.",
            acts = true)
    @Unit(Units.JSON)
    String unload();
}
