package dev.homeostat.host.control;

import dev.homeostat.host.fake.Example;
import java.io.IOException;
import java.nio.file.Path;

/** The example behind a control socket, and a client of it. */
final class ServedExample implements AutoCloseable {
    final Example example = new Example();
    final ControlServer server;
    final Client client;

    /** @param data the data directory of its home */
    ServedExample(Path data) throws IOException {
        server = ControlServer.open(example.host, data);
        client = new Client(server.socket());
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        example.close();
    }
}
