package dev.homeostat.host.config;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.remote.RemoteJmx;
import dev.homeostat.host.remote.RemoteSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code jmx}: all that remote JMX needs, or nothing. There is no half of it: without TLS or without passwords nothing listens, and the configuration is not
 * as it should be.
 */
final class RemoteJmxSection {
    private static final String SECTION = "jmx";

    private final HostConfig.Jmx given;
    private final Path home;
    private final Tree.Mapping document;
    private final List<Problem> problems = new ArrayList<>();

    private RemoteJmxSection(HostConfig.Jmx given, Path home, Tree.Mapping document) {
        this.given = given;
        this.home = home;
        this.document = document;
    }

    /**
     * What is to be opened; empty where nothing is, or something is wrong.
     *
     * @param document what the settings were read from, for the places
     * @param problems takes what is wrong
     */
    static Optional<RemoteSettings> read(
            HostConfig.Jmx given, Path home, Tree.Mapping document, List<Problem> problems) {
        RemoteJmxSection section = new RemoteJmxSection(given, home, document);
        RemoteSettings settings = section.read();
        problems.addAll(section.problems);
        return Optional.ofNullable(section.problems.isEmpty() ? settings : null);
    }

    private @Nullable RemoteSettings read() {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("key-store", given.keyStore());
        needed.put("key-store-password-file", given.keyStorePasswordFile());
        needed.put("password-file", given.passwordFile());
        int port = given.port();
        if (port == 0) {
            needed.put("host-name", given.hostName());
            needed.put("address", given.address().equals(HostConfig.Jmx.LOOPBACK) ? "" : given.address());
            needed.forEach(this::refuseWithoutPort);
            return null;
        }
        needed.forEach((key, value) -> require(key, value, port));
        InetAddress address = address();
        if (!problems.isEmpty() || address == null) {
            return null;
        }
        RemoteSettings settings = new RemoteSettings(
                address,
                hostName(address),
                port,
                file("key-store", given.keyStore()),
                file("key-store-password-file", given.keyStorePasswordFile()),
                file("password-file", given.passwordFile()));
        checkFiles(settings);
        return settings;
    }

    private void refuseWithoutPort(String key, String value) {
        if (!value.isEmpty()) {
            add(
                    key,
                    "is \"" + value + "\", but there is no " + SECTION
                            + ".port, so nothing listens: set a port, or leave this out");
        }
    }

    private void require(String key, String value, int port) {
        if (value.isEmpty()) {
            problems.add(new Problem(
                    place("port"),
                    SECTION + ".port: is " + port + ", but there is no " + SECTION + "." + key
                            + ": JMX for other machines needs TLS and passwords. Set it (docs/jmx.md shows how), or"
                            + " leave the port out"));
        }
    }

    private @Nullable InetAddress address() {
        try {
            return InetAddress.ofLiteral(given.address());
        } catch (IllegalArgumentException e) {
            add(
                    "address",
                    "expected an IP address of this machine, such as 127.0.0.1 or 0.0.0.0 for all of them, but was \""
                            + given.address() + "\"");
            return null;
        }
    }

    private String hostName(InetAddress address) {
        if (!given.hostName().isEmpty()) {
            return given.hostName();
        }
        if (address.isAnyLocalAddress()) {
            add(
                    "address",
                    "is \"" + given.address() + "\", which is all addresses of this machine: set " + SECTION
                            + ".host-name, by which clients are to come back");
        }
        return given.address();
    }

    private Path file(String key, String value) {
        try {
            return home.resolve(value);
        } catch (InvalidPathException e) {
            add(key, "is no path of a file");
            return home;
        }
    }

    private void checkFiles(RemoteSettings settings) {
        if (problems.isEmpty()) {
            check("key-store", () -> RemoteJmx.checkKeyStore(settings));
            check("password-file", () -> RemoteJmx.checkUsers(settings));
        }
    }

    private void check(String key, Check check) {
        try {
            check.run();
        } catch (IOException e) {
            add(key, String.valueOf(e.getMessage()));
        }
    }

    private void add(String key, String message) {
        problems.add(new Problem(place(key), SECTION + "." + key + ": " + message));
    }

    private Place place(String key) {
        return document.entries().get(SECTION) instanceof Tree.Mapping section
                ? Optional.ofNullable(section.entries().get(key))
                        .map(Tree::place)
                        .orElse(section.place())
                : new Place(ConfigLoader.FILE, 0);
    }

    /** Something that may not be as it should be. */
    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }
}
