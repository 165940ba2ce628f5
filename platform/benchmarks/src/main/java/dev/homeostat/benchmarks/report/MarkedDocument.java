package dev.homeostat.benchmarks.report;

/** A document in which some parts are generated, each between two marks that readers do not see. */
final class MarkedDocument {
    private static final String END = "<!-- end of generated part -->";

    private final String text;

    MarkedDocument(String text) {
        this.text = text;
    }

    /**
     * The document with another text between the marks of that part.
     *
     * @throws IllegalArgumentException if it has no such marks
     */
    MarkedDocument with(String part, String content) {
        String begin = "<!-- generated: " + part + " -->";
        int from = text.indexOf(begin);
        int to = from < 0 ? -1 : text.indexOf(END, from);
        if (to < 0) {
            throw new IllegalArgumentException(
                    "the document has no part \"" + part + "\": add the lines " + begin + " and " + END);
        }
        return new MarkedDocument(
                text.substring(0, from + begin.length()) + "\n" + content.strip() + "\n" + text.substring(to));
    }

    @Override
    public String toString() {
        return text;
    }
}
