package dev.homeostat.launcher;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of {@code homeostat run}, and of {@code answer}, which the command itself starts where no host runs.
 *
 * @param answer whether questions are answered instead of running a host
 * @param help whether to explain it and do nothing else
 * @param home the value of {@code --home}
 * @param flags what the host is told, by name
 * @param properties system properties given as {@code -Dkey=value}
 */
record RunArguments(
        boolean answer,
        boolean help,
        Optional<String> home,
        Map<String, String> flags,
        Map<String, String> properties) {
    static final String USAGE = """
        Usage: homeostat run [--home DIR] [--safe-mode] [-Dkey=value]...

        Runs the host in the foreground, and says in one line when it is ready. SIGTERM or Ctrl-C stops it.

          --home DIR    where conf, plugins, manifests, data and logs are
                        (else -Dhomeostat.home, else $HOMEOSTAT_HOME, else the installation)
          --safe-mode   start no plugin
          -Dkey=value   set a system property, which goes before the environment and the configuration file
          -h, --help    show this

        Exit codes: 0 stopped in an orderly way, 1 failure, 2 wrong usage, 78 bad configuration.
        """;

    private static final String HOME = "--home";
    private static final String SAFE_MODE = "--safe-mode";

    RunArguments {
        flags = Map.copyOf(flags);
        properties = Map.copyOf(properties);
    }

    /** Reads the words after {@code homeostat}; the word {@code run} or {@code answer} may stand anywhere among them. */
    static RunArguments parse(Iterable<String> words) throws UsageException {
        boolean answer = false;
        boolean help = false;
        Optional<String> home = Optional.empty();
        Map<String, String> flags = new HashMap<>();
        Map<String, String> properties = new HashMap<>();
        boolean command = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (!command && (word.equals("run") || word.equals("answer"))) {
                command = true;
                answer = word.equals("answer");
            } else if (word.equals("-h") || word.equals("--help")) {
                help = true;
            } else if (word.equals(SAFE_MODE)) {
                flags.put("safe-mode", "true");
            } else if (word.equals(HOME)) {
                home = Optional.of(value(HOME, rest.hasNext() ? rest.next() : ""));
            } else if (word.startsWith(HOME + "=")) {
                home = Optional.of(value(HOME, word.substring(HOME.length() + 1)));
            } else if (word.startsWith("-D")) {
                property(word, properties);
            } else {
                throw new UsageException("unknown " + (word.startsWith("-") ? "option" : "argument") + " \"" + word
                        + "\"; there are --home DIR, --safe-mode, -Dkey=value and --help");
            }
        }
        return new RunArguments(answer, help, home, flags, properties);
    }

    private static String value(String option, String value) throws UsageException {
        if (value.isEmpty()) {
            throw new UsageException(option + " needs a directory after it");
        }
        return value;
    }

    private static void property(String word, Map<String, String> properties) throws UsageException {
        int equals = word.indexOf('=');
        String key = word.substring(2, equals < 0 ? word.length() : equals);
        if (key.isEmpty()) {
            throw new UsageException("\"" + word + "\" names no property; write -Dkey=value");
        }
        properties.put(key, equals < 0 ? "" : word.substring(equals + 1));
    }
}
