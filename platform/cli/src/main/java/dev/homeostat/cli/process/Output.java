package dev.homeostat.cli.process;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A stream that ends the command when it can take no more. A {@link java.io.PrintStream} over it swallows an {@link IOException}, so that a command would go on for
 * nobody, for ever even; {@link Lost} goes through.
 */
public final class Output extends OutputStream {
    private final OutputStream out;

    public Output(OutputStream out) {
        this.out = out;
    }

    /** What is printed does not arrive. */
    public static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Lost(IOException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }

        /** Whether the reader of a pipe wants no more of it (head, less): no failure, but the end. */
        public boolean isUnwanted() {
            return String.valueOf(getMessage()).contains("Broken pipe");
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new Lost(e);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Lost(e);
        }
    }
}
