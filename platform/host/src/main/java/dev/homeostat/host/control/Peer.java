package dev.homeostat.host.control;

import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * Who is at the other end of a connection, as the operating system knows it.
 *
 * @param user the name of the user, or its number where that has no name
 */
record Peer(String user) {
    private static final Set<String> SUPERUSER = Set.of("root", "0");

    static Peer of(SocketChannel channel) throws IOException {
        return new Peer(
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
    }

    /**
     * Lets in nobody but the owner, and the superuser, who may do everything anyway. The mode of the socket says the same already, unless somebody has changed
     * that.
     *
     * @throws ControlException if it is another
     */
    void admit(String owner) throws ControlException {
        if (!user.equals(owner) && !SUPERUSER.contains(user)) {
            throw new ControlException(
                    Code.FORBIDDEN,
                    "this host answers its own user \"" + owner + "\" only, and not \"" + user + "\"",
                    "call the command as that user");
        }
    }

    Caller caller() {
        return Caller.command(user);
    }
}
