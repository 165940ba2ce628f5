package dev.homeostat.host.leak;

import dev.homeostat.host.threads.ThreadDump;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Virtual threads, by what is on their stacks. Their context class loaders are not in a dump: a virtual thread that runs nothing of the plugin's own (started
 * with a method of the JDK as its task) is not found.
 */
final class VirtualThreadPins implements PinFinder {
    @Override
    public void find(Suspect suspect, Consumer<Pin> found) throws IOException {
        for (ThreadDump.Line thread : ThreadDump.take()) {
            if (thread.virtual()) {
                look(suspect, thread, found);
            }
        }
    }

    private static void look(Suspect suspect, ThreadDump.Line thread, Consumer<Pin> found) {
        thread.frames().stream()
                .filter(frame -> isOn(suspect, frame))
                .findFirst()
                .ifPresent(frame -> found.accept(new Pin(
                        "virtual thread \"" + thread.name() + "\": it is in " + ThreadDump.Line.place(frame),
                        ThreadPins.END_IT)));
    }

    private static boolean isOn(Suspect suspect, String frame) {
        int slash = frame.indexOf('/');
        return slash > 0 && suspect.frameNames().contains(frame.substring(0, slash));
    }
}
