package dev.homeostat.host.leak;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** What the JDK keeps once for the whole process: system properties that are objects, security providers, defaults of the network, standard streams. */
final class ProcessPins implements PinFinder {
    private static final String PUT_BACK = "put the one before it back in ctx.onStop";

    /** The class of a thing that may be a class itself. */
    static String className(@Nullable Object thing) {
        return switch (thing) {
            case null -> "null";
            case Class<?> type -> type.getName();
            default -> thing.getClass().getName();
        };
    }

    @Override
    public void find(Suspect suspect, Consumer<Pin> found) {
        for (Map.Entry<Object, Object> each : Map.copyOf(System.getProperties()).entrySet()) {
            if (suspect.isKeptBy(each.getKey()) || suspect.isKeptBy(each.getValue())) {
                tell("system property \"" + each.getKey() + "\"", each.getValue(), "take it away in ctx.onStop", found);
            }
        }
        for (Provider provider : Security.getProviders()) {
            if (suspect.isKeptBy(provider)) {
                tell(
                        "security provider " + provider.getName(),
                        provider,
                        "Security.removeProvider in ctx.onStop",
                        found);
            }
        }
        defaults(suspect, found);
    }

    private static void defaults(Suspect suspect, Consumer<Pin> found) {
        check(suspect, "the process's ProxySelector", ProxySelector.getDefault(), found);
        check(suspect, "the process's Authenticator", Authenticator.getDefault(), found);
        check(suspect, "the process's CookieHandler", CookieHandler.getDefault(), found);
        check(suspect, "the process's ResponseCache", ResponseCache.getDefault(), found);
        check(suspect, "the HTTPS host name verifier", HttpsURLConnection.getDefaultHostnameVerifier(), found);
        check(suspect, "System.in", System.in, found);
        check(suspect, "System.out", System.out, found);
        check(suspect, "System.err", System.err, found);
    }

    private static void check(Suspect suspect, String where, @Nullable Object thing, Consumer<Pin> found) {
        if (thing != null && suspect.isKeptBy(thing)) {
            tell(where, thing, PUT_BACK, found);
        }
    }

    private static void tell(String where, Object thing, String remedy, Consumer<Pin> found) {
        found.accept(new Pin(where + ", class " + className(thing), remedy));
    }
}
