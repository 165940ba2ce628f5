package dev.homeostat.host.threads;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All threads of the process. No method of {@link Thread} lists the virtual ones; the JVM's dump does, as a file. */
public final class ThreadDump {
    private static final JsonMapper JSON = new JsonMapper();

    private ThreadDump() {}

    /**
     * A thread as it was when the dump was made.
     *
     * @param name {@code #} and its number, where it has none
     * @param virtual whether it is a virtual one
     * @param mounted whether it is a virtual one that runs on a carrier
     * @param frames its stack, the innermost first: {@code loader/module@version/class.method(file:line)}, without what says nothing
     */
    public record Line(String name, boolean virtual, boolean mounted, List<String> frames) {
        /** Immutable. */
        public Line {
            frames = List.copyOf(frames);
        }

        /** Where it is in the code of a plugin: the innermost frame of a class whose loader has a name that is not one of the JDK's own. */
        public Optional<String> pluginFrame() {
            return frames.stream()
                    .filter(frame -> frame.indexOf('/') != frame.lastIndexOf('/'))
                    .filter(frame -> !frame.startsWith("app/") && !frame.startsWith("platform/"))
                    .findFirst();
        }

        /** A frame without its loader and module. */
        public static String place(String frame) {
            return frame.substring(frame.lastIndexOf('/') + 1);
        }
    }

    /**
     * Makes a dump; takes some milliseconds, and more with thousands of threads.
     *
     * @throws IOException if its temporary file cannot be written or read
     */
    public static List<Line> take() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (JsonNode container : dump().path("threadDump").path("threadContainers")) {
            for (JsonNode thread : container.path("threads")) {
                lines.add(line(thread));
            }
        }
        return lines;
    }

    private static Line line(JsonNode thread) {
        String name = thread.path("name").asString("");
        return new Line(
                name.isEmpty() ? "#" + thread.path("tid").asString("") : name,
                thread.path("virtual").asBoolean(false),
                thread.has("carrier"),
                StreamSupport.stream(thread.path("stack").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList());
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
