package dev.homeostat.host.remote;

import java.security.Principal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody who logged in may do. */
enum Role implements Principal {
    /** Read attributes, hear notifications, and call those operations of the host that change nothing. */
    READ,
    /** Everything that a client can do to the beans that there are. */
    CONTROL;

    /** As it stands in the file. */
    @Override
    public String getName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String name) {
        return Arrays.stream(values())
                .filter(role -> role.getName().equals(name))
                .findFirst();
    }
}
