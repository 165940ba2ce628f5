package dev.homeostat.host.leak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One thing that keeps the classes of a plugin that was stopped.
 *
 * @param what it is, by name
 * @param remedy what the plugin's author should do
 */
record Pin(String what, String remedy) {
    private static final int NAMED = 3;

    /** For a person: those with the same remedy together, the first three of them by name. */
    static String describe(List<Pin> pins) {
        Map<String, List<Pin>> byRemedy =
                pins.stream().collect(Collectors.groupingBy(Pin::remedy, LinkedHashMap::new, Collectors.toList()));
        return byRemedy.entrySet().stream()
                .map(one -> names(one.getValue()) + " (" + one.getKey() + ")")
                .collect(Collectors.joining("; "));
    }

    private static String names(List<Pin> pins) {
        String names = pins.stream().limit(NAMED).map(Pin::what).collect(Collectors.joining(", and "));
        return pins.size() > NAMED ? names + ", and " + (pins.size() - NAMED) + " more" : names;
    }
}
