package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.RowFunctionException;
import dev.homeostat.api.db.TableSpec;

/** Says which index of which table could not find the keys of a row. */
record IndexFault(TableSpec<?> spec, Index<?, ?> index) {

    /** What to throw instead of what the index's function, or the type of its keys, threw. Errors of the virtual machine are thrown on as they are. */
    RuntimeException of(Throwable thrown) {
        return switch (thrown) {
            case VirtualMachineError error -> throw error;
            case InvalidKeyException invalid ->
                new InvalidKeyException(text(String.valueOf(invalid.getMessage())), invalid);
            default ->
                new RowFunctionException(
                        spec.name(), "index \"" + index.name() + "\": its function", spec.rowType(), thrown);
        };
    }

    /** A row whose keys were found, but cannot be stored. */
    InvalidKeyException invalidKey(String problem) {
        return new InvalidKeyException(text(problem));
    }

    private String text(String problem) {
        return "table \"" + spec.name() + "\": index \"" + index.name() + "\": for a row of "
                + spec.rowType().getName() + " " + problem;
    }
}
