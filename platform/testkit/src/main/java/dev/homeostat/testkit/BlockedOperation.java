package dev.homeostat.testkit;

/** An operation that never ends; the other checks would wait for it as well. */
final class BlockedOperation extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String what;

    /**
     * @param what which operation, and that it does not end
     * @param details the rest of the message
     */
    BlockedOperation(String what, String details) {
        super(what + details);
        this.what = what;
    }

    String what() {
        return what;
    }
}
