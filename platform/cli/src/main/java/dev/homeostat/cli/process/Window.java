package dev.homeostat.cli.process;

/**
 * How large the terminal is that the answer goes to.
 *
 * @param columns how many columns a line has; 0 where nobody knows, or there is no terminal: then nothing is made to fit
 * @param rows how many lines there are; 0 likewise
 */
public record Window(int columns, int rows) {
    /** No terminal, or one of which nothing is known. */
    public static final Window UNKNOWN = new Window(0, 0);

    /** As {@code stty size} says it: rows and columns. */
    public static Window of(String size) {
        String[] numbers = size.strip().split(" ", -1);
        return numbers.length == 2 ? new Window(number(numbers[1]), number(numbers[0])) : UNKNOWN;
    }

    /** The same in that many columns, if that is a positive number. */
    Window columns(String text) {
        return number(text) > 0 ? new Window(number(text), rows) : this;
    }

    private static int number(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }
}
