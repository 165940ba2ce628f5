package dev.homeostat.host.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Platform threads: by their own class, their context class loader, their handlers, and what is on their stacks. */
final class ThreadPins implements PinFinder {
    static final String END_IT =
            "end it before the plugin has stopped: use ctx.job and ctx.scheduler, or interrupt and join it in"
                    + " ctx.onStop";

    @Override
    public void find(Suspect suspect, Consumer<Pin> found) {
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            List<String> why = why(suspect, each.getKey(), each.getValue());
            if (!why.isEmpty()) {
                found.accept(new Pin(
                        "thread \"" + each.getKey().getName() + "\": " + String.join(", ", why),
                        remedy(each, suspect)));
            }
        }
        if (suspect.isKeptBy(Thread.getDefaultUncaughtExceptionHandler())) {
            found.accept(new Pin(
                    "the default handler of uncaught exceptions is a "
                            + ProcessPins.className(Thread.getDefaultUncaughtExceptionHandler()),
                    "put the one before it back in ctx.onStop"));
        }
    }

    private static List<String> why(Suspect suspect, Thread thread, StackTraceElement[] stack) {
        List<String> why = new ArrayList<>();
        if (suspect.isKeptBy(thread)) {
            why.add("it is a " + thread.getClass().getName());
        }
        frame(suspect, stack).ifPresent(frame -> why.add("it is in " + frame));
        if (suspect.isKeptBy(thread.getContextClassLoader())) {
            why.add("its context class loader is the plugin's");
        }
        Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
        if (suspect.isKeptBy(handler)) {
            why.add("its handler of uncaught exceptions is a " + ProcessPins.className(handler));
        }
        return why;
    }

    private static String remedy(Map.Entry<Thread, StackTraceElement[]> thread, Suspect suspect) {
        boolean own = suspect.isKeptBy(thread.getKey())
                || frame(suspect, thread.getValue()).isPresent();
        return own || !isOfTheJdk(thread.getValue())
                ? END_IT
                : END_IT + "; where a library or the JDK keeps the thread, have it made under another context class"
                        + " loader";
    }

    private static boolean isOfTheJdk(StackTraceElement[] stack) {
        return Stream.of(stack)
                .allMatch(frame -> frame.getModuleName() != null
                        && (frame.getModuleName().startsWith("java.")
                                || frame.getModuleName().startsWith("jdk.")));
    }

    private static String place(StackTraceElement frame) {
        String type = frame.getClassName();
        int hidden = type.indexOf('/');
        String method = (hidden < 0 ? type : type.substring(0, hidden)) + "." + frame.getMethodName();
        return frame.getFileName() == null
                ? method
                : method + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }

    /** The innermost frame of one of its classes. */
    private static Optional<String> frame(Suspect suspect, StackTraceElement[] stack) {
        return Stream.of(stack).filter(suspect::isOnFrame).findFirst().map(ThreadPins::place);
    }
}
