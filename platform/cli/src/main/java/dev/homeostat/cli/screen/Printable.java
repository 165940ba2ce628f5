package dev.homeostat.cli.screen;

/**
 * Text that a terminal only shows, and never obeys. Data comes from files and error messages of anybody's making: escape sequences in it could move the cursor,
 * rename the window, or show something else than is there.
 */
public final class Printable {
    private Printable() {}

    /** The text with every control, formatting and line-breaking character replaced by its escape. */
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> out.append(isPlain((char) c) ? Character.toString(c) : escape((char) c));
            }
        });
        return out.toString();
    }

    /** Whether it neither controls anything nor changes how its neighbours are shown (bidirectional marks, separators of lines). */
    public static boolean isPlain(char c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    public static String escape(char c) {
        return "\\u" + "0".repeat(4 - Integer.toHexString(c).length()) + Integer.toHexString(c);
    }

    /** The number of columns that a terminal needs for it: two for the wide characters of East Asia and for emoji, none for marks on the one before. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            width += width(text.codePointAt(i));
        }
        return width;
    }

    /** The same of one character. */
    static int width(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = isIn(codePoint, 0x1100, 0x115f)
                || isIn(codePoint, 0x2e80, 0xa4cf)
                || isIn(codePoint, 0xac00, 0xd7a3)
                || isIn(codePoint, 0xf900, 0xfaff)
                || isIn(codePoint, 0xfe30, 0xfe6f)
                || isIn(codePoint, 0xff00, 0xff60)
                || isIn(codePoint, 0x1f300, 0x1faff)
                || codePoint >= 0x20000;
        return wide ? 2 : 1;
    }

    private static boolean isIn(int codePoint, int first, int last) {
        return first <= codePoint && codePoint <= last;
    }

    /** At most that many columns of it, with an ellipsis where something is left out. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int end = 0;
        int width = 0;
        while (width + width(text.codePointAt(end)) < columns) {
            width += width(text.codePointAt(end));
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end) + "…";
    }
}
