package dev.homeostat.host.metrics;

/** How the values of a metric come about, what they count, and where they are read. */
enum Form {
    /** A number of things; goes up and down. */
    GAUGE("gauge", "number", "", "", "Value"),
    /** One for yes, zero for no. */
    FLAG("gauge", "1 yes, 0 no", "", "", "Value"),
    /** A time in seconds; goes up and down. */
    SECONDS("gauge", "seconds", "_seconds", "", "Value"),
    /** A size in bytes; goes up and down. */
    BYTES("gauge", "bytes", "_bytes", "", "Value"),
    /** A number of things; only grows. */
    COUNTER("counter", "number", "", "_total", "Count"),
    /** A time in seconds; only grows. */
    SECONDS_COUNTER("counter", "seconds", "_seconds", "_total", "Value"),
    /** How often, and how long it took. */
    TIMER("timer", "seconds", "_seconds", "", "Count, Mean, 99thPercentile …"),
    /** Text that says what something is. */
    INFO("info", "text", "", "_info", "Value");

    private final String kind;
    private final String measure;
    private final String unit;
    private final String ending;
    private final String attribute;

    Form(String kind, String measure, String unit, String ending, String attribute) {
        this.kind = kind;
        this.measure = measure;
        this.unit = unit;
        this.ending = ending;
        this.attribute = attribute;
    }

    /** What a person calls it: a gauge, a counter, a timer, an info. */
    String kind() {
        return kind;
    }

    /** What a value of it is, in words. */
    String measure() {
        return measure;
    }

    /** The unit, as names for Prometheus have it. */
    String unit() {
        return unit;
    }

    /** What names for Prometheus end with. */
    String ending() {
        return ending;
    }

    /** The attribute of its MBean that has the value. */
    String attribute() {
        return attribute;
    }
}
