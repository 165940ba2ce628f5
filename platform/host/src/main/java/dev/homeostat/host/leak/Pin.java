package dev.homeostat.host.leak;

/**
 * One thing that keeps the classes of a plugin that was stopped.
 *
 * @param what it is, by name
 * @param remedy what the plugin's author should do
 */
record Pin(String what, String remedy) {
    @Override
    public String toString() {
        return what + " (" + remedy + ")";
    }
}
