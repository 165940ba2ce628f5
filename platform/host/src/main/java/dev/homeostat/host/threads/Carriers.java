package dev.homeostat.host.threads;

import java.util.List;

/** The platform threads that carry virtual ones. */
interface Carriers {
    /** How many virtual threads can run at a time. */
    int most();

    /** Sets how many can. */
    void most(int carriers);

    /** Has a carrier made or woken, if there may be more: setting how many can does not. */
    void wake();

    /** How many virtual threads run now, about. */
    int busy();

    /** The virtual threads that run now. */
    List<ThreadDump.Line> running();
}
