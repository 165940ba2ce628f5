import org.jspecify.annotations.NullMarked;

/**
 * The part of the testkit that needs the API alone: a virtual clock and a fake target. A module of its own, so that the tests of what the testkit
 * itself is built on can use it.
 */
@NullMarked
module dev.homeostat.testkit.fakes {
    requires transitive dev.homeostat.api;
    requires static org.jspecify;

    exports dev.homeostat.testkit.fakes;
}
