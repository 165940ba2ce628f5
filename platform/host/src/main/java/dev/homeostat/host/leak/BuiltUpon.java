package dev.homeostat.host.leak;

/** A class loader that uses the classes of others, and so keeps them for as long as it lives itself. */
public interface BuiltUpon {
    /** Whether it would keep that one, directly or through another. */
    boolean isBuiltUpon(ClassLoader other);
}
