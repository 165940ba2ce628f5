package dev.homeostat.api.db.internal;

/**
 * Opens this package to a database engine in a module layer above this module's. A declared export reaches only modules of the same layer or below: for any
 * other, this module has to add it itself.
 */
public final class EngineLayer {
    private EngineLayer() {}

    /** Exports this package to the engine's module. */
    public static void exportTo(Module engine) {
        EngineLayer.class.getModule().addExports(EngineLayer.class.getPackageName(), engine);
    }
}
