package dev.homeostat.format;

import java.nio.file.Path;

/** Something that is wrong with one source. */
sealed interface Finding {

    /** The source's absolute path. */
    Path source();

    /** One line for a person, with the path relative to {@code root}. */
    String describe(Path root);

    /** The source is Java, but formatted differently. */
    record Differs(Path source, String formatted) implements Finding {
        @Override
        public String describe(Path root) {
            return root.relativize(source) + ": not formatted";
        }
    }

    /** The source could not be read or parsed. */
    record NotJava(Path source, String reason) implements Finding {
        @Override
        public String describe(Path root) {
            return root.relativize(source) + ": " + reason;
        }
    }
}
