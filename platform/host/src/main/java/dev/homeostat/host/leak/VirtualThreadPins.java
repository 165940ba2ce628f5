package dev.homeostat.host.leak;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Virtual threads, by what is on their stacks. No method of {@link Thread} lists them; the JVM's dump of threads does, as a file. Their context class loaders
 * are not in it: a virtual thread that runs nothing of the plugin's own (started with a method of the JDK as its task) is not found.
 */
final class VirtualThreadPins implements PinFinder {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public void find(Suspect suspect, Consumer<Pin> found) throws IOException {
        for (JsonNode container : dump().path("threadDump").path("threadContainers")) {
            for (JsonNode thread : container.path("threads")) {
                if (thread.path("virtual").asBoolean(false)) {
                    look(suspect, thread, found);
                }
            }
        }
    }

    private static void look(Suspect suspect, JsonNode thread, Consumer<Pin> found) {
        StreamSupport.stream(thread.path("stack").spliterator(), false)
                .map(JsonNode::asString)
                .filter(frame -> isOn(suspect, frame))
                .findFirst()
                .ifPresent(frame -> found.accept(new Pin(
                        "virtual thread \"" + name(thread) + "\": it is in "
                                + frame.substring(frame.lastIndexOf('/') + 1),
                        ThreadPins.END_IT)));
    }

    private static String name(JsonNode thread) {
        String name = thread.path("name").asString("");
        return name.isEmpty() ? "#" + thread.path("tid").asString("") : name;
    }

    private static boolean isOn(Suspect suspect, String frame) {
        int slash = frame.indexOf('/');
        return slash > 0 && suspect.frameNames().contains(frame.substring(0, slash));
    }

    private static JsonNode dump() throws IOException {
        Path directory = Files.createTempDirectory("homeostat-threads"); // nobody else may read it
        Path file = directory.resolve("threads.json");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
            return JSON.readTree(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }
}
