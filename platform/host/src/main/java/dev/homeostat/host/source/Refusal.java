package dev.homeostat.host.source;

/** Why something that a plugin's code threw, in one phrase. */
final class Refusal {
    private Refusal() {}

    static String reason(Throwable thrown) {
        return thrown instanceof IllegalArgumentException || thrown instanceof IllegalStateException
                ? String.valueOf(thrown.getMessage())
                : thrown.toString();
    }
}
