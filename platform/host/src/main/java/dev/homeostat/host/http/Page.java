package dev.homeostat.host.http;

import java.io.IOException;

/** Something that can be asked for. Safe for all threads. */
interface Page {
    /** The answer as of now. */
    Reply answer() throws IOException, InterruptedException;
}
