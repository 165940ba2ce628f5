package dev.homeostat.cli.shell;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Runs a command on a thread of its own, so that Ctrl-C can end it and not the shell. */
final class Running {
    private final Lines lines;
    private volatile @Nullable Thread command;

    Running(Lines lines) {
        this.lines = lines;
    }

    /** Runs it to its end; the exit code. Where this thread was or is interrupted, by Ctrl-C just when the line was read, that ends the command and no more. */
    int run(List<String> words) {
        FutureTask<Integer> task = new FutureTask<>(() -> lines.run(words));
        Thread thread = new Thread(task, "command");
        thread.setDaemon(true);
        command = thread;
        thread.start();
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            return lines.failed(e.getCause() == null ? e : e.getCause());
        } finally {
            command = null;
        }
    }

    /** Ends the command that runs, if one does. Any thread. */
    void interrupt() {
        Thread running = command;
        if (running != null) {
            running.interrupt();
        }
    }
}
