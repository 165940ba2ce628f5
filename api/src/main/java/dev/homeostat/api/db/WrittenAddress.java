package dev.homeostat.api.db;

import java.net.InetAddress;
import java.util.Collections;
import java.util.regex.Pattern;

/**
 * IP addresses as people write them. Those of version 4 have four numbers: the shorter forms of old (10.1 for 10.0.0.1) are what nobody means. Before a slash the last
 * numbers may be left out, and are 0: 10/8, 10.1/16.
 */
final class WrittenAddress {
    private static final Pattern LIKE_VERSION_4 = Pattern.compile("[0-9.]*");
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){0,3}");
    private static final int NUMBERS_OF_VERSION_4 = 4;

    private WrittenAddress() {}

    /** @throws IllegalArgumentException if it is none */
    static InetAddress whole(String text) {
        if (LIKE_VERSION_4.matcher(text).matches()
                && (!NUMBERS.matcher(text).matches() || count(text) < NUMBERS_OF_VERSION_4)) {
            throw wrong(text);
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static InetAddress beforeSlash(String text) {
        return whole(
                NUMBERS.matcher(text).matches()
                        ? text + String.join("", Collections.nCopies(NUMBERS_OF_VERSION_4 - count(text), ".0"))
                        : text);
    }

    private static int count(String numbers) {
        return numbers.split("\\.", -1).length;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not an IP address such as 10.1.2.3 or 2001:db8::1");
    }
}
