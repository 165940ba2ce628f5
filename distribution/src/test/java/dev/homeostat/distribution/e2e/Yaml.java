package dev.homeostat.distribution.e2e;

import java.util.Map;

/** Manifests as an operator writes them. */
final class Yaml {
    static final String HELLO = """
        table: files
        rows:
          - path: greeting.txt
            content: "hello, world\\n"
          - path: etc/motd
            content: "be kind\\n"
            mode: "0600"
        """;

    private Yaml() {}

    /** A manifest that wants these files, by path. */
    static String files(Map<String, String> contents) {
        StringBuilder yaml = new StringBuilder("table: files\nrows:\n");
        contents.forEach((path, content) -> yaml.append("  - path: \"")
                .append(path)
                .append("\"\n    content: \"")
                .append(content)
                .append("\"\n"));
        return yaml.toString();
    }
}
