package dev.homeostat.host.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key and certificate of this host. A key store that was replaced is taken up by the next connection, whether it or its password came first: certificates end sooner than hosts. Safe for all threads. */
final class KeyMaterial {
    private static final Logger LOG = LoggerFactory.getLogger(KeyMaterial.class);

    private final RemoteSettings settings;
    private @Nullable SSLContext context; // guarded by this
    private @Nullable Seen seen; // guarded by this

    /** When the files were changed that were read last. */
    private record Seen(FileTime keyStore, FileTime password) {}

    KeyMaterial(RemoteSettings settings) {
        this.settings = settings;
    }

    /**
     * What connections are made with.
     *
     * @throws IOException says in words what is wrong with the key store, if there is none that was good before
     */
    synchronized SSLContext context() throws IOException {
        Seen now = modified();
        SSLContext known = context;
        if (known != null && now.equals(seen)) {
            return known;
        }
        try {
            SSLContext fresh = load();
            if (known != null) {
                LOG.info("JMX: the key store {} was replaced, and is in use now", settings.keyStore());
            }
            context = fresh;
            seen = now;
            return fresh;
        } catch (IOException e) {
            if (known == null) {
                throw e;
            }
            if (!now.equals(seen)) {
                LOG.error("JMX: the new key store cannot be used, and the old one stays in use: {}", e.getMessage());
                seen = now;
            }
            return known;
        }
    }

    private Seen modified() {
        Seen before = seen;
        return new Seen(
                modified(settings.keyStore(), before == null ? null : before.keyStore()),
                modified(settings.keyStorePasswordFile(), before == null ? null : before.password()));
    }

    /** A file that is not there is being replaced; or it never was, and to load it says so. */
    private static FileTime modified(Path file, @Nullable FileTime before) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return before == null ? FileTime.fromMillis(0) : before;
        }
    }

    private SSLContext load() throws IOException {
        byte[] store = new OwnerOnlyFile(settings.keyStore()).read();
        char[] password = password();
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12"); // reads the older JKS, too
            keys.load(new ByteArrayInputStream(store), password);
            if (Collections.list(keys.aliases()).stream().noneMatch(alias -> hasKey(keys, alias))) {
                throw new IOException(settings.keyStore() + " holds no private key: make one with keytool -genkeypair");
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(managers.getKeyManagers(), null, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        } catch (IOException e) {
            throw e.getMessage() != null
                            && e.getMessage().startsWith(settings.keyStore().toString())
                    ? e
                    : unusable(e);
        }
    }

    private IOException unusable(Exception cause) {
        return new IOException(
                settings.keyStore() + " cannot be opened with the password in " + settings.keyStorePasswordFile() + ": "
                        + cause.getMessage(),
                cause);
    }

    private static boolean hasKey(KeyStore keys, String alias) {
        try {
            return keys.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private char[] password() throws IOException {
        String text =
                new OwnerOnlyFile(settings.keyStorePasswordFile()).readText().replaceFirst("\\r?\\n\\z", "");
        if (text.isEmpty()) {
            throw new IOException(settings.keyStorePasswordFile() + " is empty");
        }
        return text.toCharArray();
    }
}
