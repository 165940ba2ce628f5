import org.jspecify.annotations.NullMarked;

/** For tests of plugins: a JUnit extension that runs a plugin in a host within the test's process. */
@NullMarked
module dev.homeostat.plugintest {
    requires transitive dev.homeostat.api;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.homeostat.plugintest;
}
