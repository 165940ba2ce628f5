package dev.homeostat.host.threads;

/** Who is told that virtual threads had to wait for others. Called on the watch's own thread. */
public interface WaitListener {
    /** They had to; told once until they are calm. {@code message} names those who run, in one line. */
    void waited(String message);

    /** They have not for ten seconds, with as many carriers as at first. */
    void calm();
}
