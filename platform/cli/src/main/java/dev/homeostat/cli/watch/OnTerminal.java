package dev.homeostat.cli.watch;

import dev.homeostat.cli.process.Window;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Each picture in the place of the one before, on the terminal's second screen; what stood on the first is there again at the end, also when the process is ended by
 * a signal. A picture is written at once and over the old one, so that nothing flickers.
 */
final class OnTerminal implements Pictures {
    private static final String ESCAPE = "\u001b[";
    private static final String ENTER = ESCAPE + "?1049h" + ESCAPE + "?25l";
    private static final String LEAVE = ESCAPE + "?25h" + ESCAPE + "?1049l";
    private static final String HOME = ESCAPE + "H";
    private static final String END_OF_LINE = ESCAPE + "K\n";
    private static final String REST_OF_SCREEN = ESCAPE + "J";

    private final PrintStream out;
    private final Supplier<Window> window;
    private final Thread leaving = new Thread(this::leave, "leave the screen");
    private boolean entered;
    private boolean left;

    OnTerminal(PrintStream out, Supplier<Window> window) {
        this.out = out;
        this.window = window;
    }

    @Override
    public synchronized boolean show(String picture) {
        if (left) {
            return false;
        }
        if (!entered) {
            Runtime.getRuntime().addShutdownHook(leaving);
            entered = true;
            out.append(ENTER);
        }
        List<String> lines = picture.lines().toList();
        int rows = window.get().rows();
        boolean cut = rows > 1 && lines.size() > rows;
        List<String> shown = cut ? lines.subList(0, rows - 1) : lines;
        StringBuilder text = new StringBuilder(HOME);
        shown.forEach(line -> text.append(line).append(END_OF_LINE));
        if (cut) {
            text.append("… and ")
                    .append(lines.size() - shown.size())
                    .append(" more lines")
                    .append(ESCAPE)
                    .append('K');
        }
        if (!cut && shown.size() == rows) {
            text.setLength(text.length() - 1); // A line feed in the last line would scroll the first away.
        }
        out.append(text.append(REST_OF_SCREEN));
        return !out.checkError();
    }

    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(leaving);
        } catch (IllegalStateException e) {
            // The process is being ended: the hook has found nothing to do, or does it.
        }
    }

    private synchronized void leave() {
        if (entered && !left) {
            out.append(LEAVE).flush();
        }
        left = true;
    }
}
