package dev.homeostat.host.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in: a file with a line {@code NAME ROLE PASSWORD} for each, where the role is {@code read} or {@code control}. Lines that begin with {@code #} are comments.
 *
 * @param path where it is; nobody but its owner may read it
 */
record Users(Path path) {
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\S.*)");
    private static final int SHORTEST_PASSWORD = 8;

    /** Compared with where there is no such user, so that this takes as long. */
    private static final User NOBODY = new User(Role.READ, "nobody has this password");

    /** One who may log in. */
    record User(Role role, String password) {
        boolean hasPassword(String given) {
            return MessageDigest.isEqual(bytes(password), bytes(given));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "a user with role " + role.getName();
        }
    }

    /**
     * Reads them anew.
     *
     * @throws IOException says in words what is wrong with the file, and where
     */
    Map<String, User> read() throws IOException {
        Map<String, User> users = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        List<String> lines = new OwnerOnlyFile(path).readText().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String fault = add(users, line);
                if (fault != null) {
                    faults.add(path + ":" + (i + 1) + ": " + fault);
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new IOException(String.join("; ", faults));
        }
        if (users.isEmpty()) {
            throw new IOException(path + " names nobody: it needs a line NAME ROLE PASSWORD");
        }
        return users;
    }

    /** What is wrong with that line, or null. Shows no more of it than the name: the rest may be a password in the wrong place. */
    private static @Nullable String add(Map<String, User> users, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return "expected NAME ROLE PASSWORD, where ROLE is read or control";
        }
        String name = matcher.group(1);
        Role role = Role.of(matcher.group(2)).orElse(null);
        if (role == null) {
            return "user \"" + name + "\": the role must be read or control";
        }
        String password = matcher.group(3);
        if (password.length() < SHORTEST_PASSWORD) {
            return "user \"" + name + "\": the password must have at least " + SHORTEST_PASSWORD + " characters";
        }
        return users.put(name, new User(role, password)) == null ? null : "user \"" + name + "\" is there twice";
    }

    /**
     * The role of the one who has that name and password.
     *
     * @throws SecurityException if nobody has; does not say which of the two is wrong
     */
    Role login(String name, String password) throws IOException {
        Map<String, User> users = read();
        boolean known = users.containsKey(name);
        User user = users.getOrDefault(name, NOBODY);
        if (!user.hasPassword(password) || !known) {
            throw new SecurityException("wrong user name or password");
        }
        return user.role();
    }
}
