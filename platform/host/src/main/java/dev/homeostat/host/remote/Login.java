package dev.homeostat.host.remote;

import java.io.IOException;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who has a name and a password. The file is read at each login, so that a password can be changed, and a user taken out, while the host runs. Whoever
 * is refused has to wait for the answer: guessing takes time. Safe for all threads.
 *
 * @param users who may log in
 */
record Login(Users users) implements JMXAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);
    private static final Duration PENALTY = Duration.ofMillis(500);

    @Override
    public Subject authenticate(@Nullable Object credentials) {
        if (!(credentials instanceof String[] texts) || texts.length != 2 || texts[0] == null || texts[1] == null) {
            throw refuse("", "without a name and a password");
        }
        String name = texts[0];
        try {
            Role role = users.login(name, texts[1]);
            LOG.info("JMX: user \"{}\" logged in with role {} from {}", name, role.getName(), client());
            return new Subject(true, Set.of(new JMXPrincipal(name), role), Set.of(), Set.of());
        } catch (IOException e) {
            LOG.error("JMX: nobody can log in: {}", e.getMessage());
            throw refuse(name, "while the file with the passwords is not as it should be");
        } catch (SecurityException e) {
            throw refuse(name, "with a wrong name or password");
        }
    }

    /** What the client is told does not say which part was wrong. */
    private static SecurityException refuse(String name, String why) {
        LOG.warn(
                "JMX: a login{} from {} was refused, {}",
                name.isEmpty() ? "" : " as \"" + shown(name) + "\"",
                client(),
                why);
        LockSupport.parkNanos(PENALTY.toNanos());
        return new SecurityException("JMX needs a user name and a password, and these are not right");
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(64, name.length())).replaceAll("\\p{Cntrl}", "?");
    }

    private static String client() {
        try {
            String host = RemoteServer.getClientHost();
            return host.equals(TlsServerSocket.THIS_MACHINE) ? "this machine" : host;
        } catch (ServerNotActiveException e) {
            return "this process";
        }
    }
}
