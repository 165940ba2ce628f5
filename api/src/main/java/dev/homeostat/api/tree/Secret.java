package dev.homeostat.api.tree;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A piece of configuration that nobody is to see: a password, a token, a key. It shows itself as {@code ***}, wherever it is: in texts and messages, in a record that
 * holds it, in what {@link RecordCodec} writes, in {@code homeostat config show}. Messages about a secret that is not as it should be do not tell what was found.
 *
 * <p>A component of this type is given in the file of the plugin's configuration, or better in another file that the key with {@code -file} at its end names
 * ({@code password-file: /run/secrets/db}), or in the environment; see {@link dev.homeostat.api.plugin.PluginContext#config(Class)}. It is for configuration and not
 * for rows: a row is carried over a reload as it is written, and a secret is never written. Immutable.
 */
public final class Secret {
    /** What is shown instead of a secret. */
    public static final String SHOWN = "***";

    private final String text;

    private Secret(String text) {
        this.text = requireNonNull(text, "text");
    }

    /** That text, which is never shown. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text itself, to be handed to what needs it and to nothing else. */
    public String reveal() {
        return text;
    }

    /** Whether the other one is a secret of the same text; takes the same time wherever they differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Tells nothing: it is the same for all secrets. */
    @Override
    public int hashCode() {
        return SHOWN.hashCode();
    }

    /** {@value #SHOWN}. */
    @Override
    public String toString() {
        return SHOWN;
    }
}
