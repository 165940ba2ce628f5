package dev.homeostat.benchmarks.report;

import java.util.Locale;

/** A drawing, as text. Places are pixels from the upper left corner. */
final class Svg {
    /** Where a text stands to its place. */
    enum Anchor {
        /** It begins there. */
        START,
        /** Its middle is there. */
        MIDDLE,
        /** It ends there. */
        END
    }

    private final StringBuilder text = new StringBuilder();

    /** An empty, white drawing; the title is read out where it cannot be seen. */
    Svg(int width, int height, String title) {
        add(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " role=\"img\" font-family=\"Helvetica, Arial, sans-serif\">",
                width,
                height,
                width,
                height));
        add(String.format(Locale.ROOT, "<title>%s</title>", escaped(title)));
        add(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height));
    }

    /** Draws a straight line. */
    void line(double x1, double y1, double x2, double y2, String color, double width) {
        add(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
                x1,
                y1,
                x2,
                y2,
                color,
                width));
    }

    /** Draws a line through the given points, which are separated by blanks. */
    void path(String points, String color) {
        add(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"/>",
                points,
                color));
    }

    /** Draws a dot. */
    void dot(double x, double y, String color) {
        add(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"%s\"/>", x, y, color));
    }

    /** Writes a text. */
    void text(double x, double y, Anchor anchor, int size, String color, String words) {
        add(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>",
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                size,
                color,
                escaped(words)));
    }

    /** Writes a text from below to above, its middle at that place. */
    void upwards(double x, double y, int size, String color, String words) {
        add(String.format(
                Locale.ROOT,
                "<text transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"middle\" font-size=\"%d\""
                        + " fill=\"%s\">%s</text>",
                x,
                y,
                size,
                color,
                escaped(words)));
    }

    /** The drawing as a document. */
    @Override
    public String toString() {
        return text + "</svg>\n";
    }

    private void add(String element) {
        text.append(element).append('\n');
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
