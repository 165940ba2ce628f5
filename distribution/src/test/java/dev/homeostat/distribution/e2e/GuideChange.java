package dev.homeostat.distribution.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * A change of a file, as a page shows it: a line {@code --- FILE}, then, each after a line {@code @@}, places in it with the lines that go ({@code -}), come
 * ({@code +}) and stay.
 *
 * @param block where it stands
 * @param file its name
 * @param places each with its lines
 */
record GuideChange(Guide.Block block, String file, List<List<String>> places) {
    private static final String FILE = "--- ";

    GuideChange {
        places = List.copyOf(places);
    }

    static GuideChange of(Guide.Block block) {
        List<String> lines = block.lines();
        if (lines.size() < 3 || !lines.get(0).startsWith(FILE) || !lines.get(1).equals("@@")) {
            throw block.wrong("a change begins with \"--- FILE\" and \"@@\"");
        }
        List<List<String>> places = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.equals("@@")) {
                places.add(new ArrayList<>());
            } else {
                places.getLast().add(line.isEmpty() ? " " : line);
            }
        }
        return new GuideChange(block, lines.getFirst().substring(FILE.length()), places);
    }

    /** The file after the change; each place has to be there once. */
    String apply(String text) {
        String changed = text;
        for (List<String> place : places) {
            String before = lines(place, "+");
            int at = changed.indexOf(before);
            if (before.isEmpty() || at < 0 || changed.indexOf(before, at + 1) >= 0) {
                throw block.wrong("in " + file + " this stands not once:\n" + before + "-- the file:\n" + changed);
            }
            changed = changed.substring(0, at) + lines(place, "-") + changed.substring(at + before.length());
        }
        return changed;
    }

    private static String lines(List<String> place, String without) {
        StringBuilder lines = new StringBuilder();
        for (String line : place) {
            if (!line.startsWith(without)) {
                lines.append(line.substring(1)).append('\n');
            }
        }
        return lines.toString();
    }
}
