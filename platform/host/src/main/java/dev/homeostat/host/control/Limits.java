package dev.homeostat.host.control;

import java.time.Duration;

/**
 * What clients may cost. They are programs of the host's own user, so this guards against broken ones and not against enemies.
 *
 * @param connections how many are served at once
 * @param idle how long one may take to send a whole request, counted from the end of the answer before it
 * @param settled when all places are taken, the one that is idle longest has to go, if it is so for this long
 * @param blocked how long one may not read what it is sent
 * @param look how often that is looked at
 */
record Limits(int connections, Duration idle, Duration settled, Duration blocked, Duration look) {
    static final Limits USUAL =
            new Limits(64, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(70), Duration.ofSeconds(5));
}
