package dev.homeostat.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers the first failure of another stream, which a {@link java.io.PrintStream} over it only says to have been. Used by one thread. */
final class Output extends OutputStream {
    private final OutputStream out;
    private @Nullable IOException failure;

    Output(OutputStream out) {
        this.out = out;
    }

    /** Why not all was written; null when it was, or when the reader of a pipe did not want more (head, less). */
    @Nullable
    String loss() {
        String message = failure == null ? "" : String.valueOf(failure.getMessage());
        return failure == null || message.contains("Broken pipe") ? null : message;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
