package dev.homeostat.benchmarks.report;

/** A generated part of the document. */
interface Section {
    /** The name in its marks. */
    String name();

    /** Its text; the same for equal results. */
    String render(Results results);
}
