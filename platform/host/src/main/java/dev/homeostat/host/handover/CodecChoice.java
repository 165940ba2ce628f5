package dev.homeostat.host.handover;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.RecordField;
import dev.homeostat.api.tree.RowCodec;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a table's rows become documents: by the codec that its specification has, or else by that of their record class, which the host can see into.
 *
 * @param spec with the codec, if there is one
 * @param lack why there is none; empty when there is
 */
public record CodecChoice<T>(TableSpec<T> spec, String lack) {
    /**
     * Chooses. May run code of the plugin: static initializers of what is in the rows.
     *
     * @throws IllegalArgumentException if the table accepts sources, and has no codec through which they could write
     */
    public static <T> CodecChoice<T> of(TableSpec<T> spec) {
        CodecChoice<T> choice = spec.codec() != null ? new CodecChoice<>(spec, "") : byRecords(spec);
        if (spec.acceptsSources() && !choice.lack().isEmpty()) {
            throw new IllegalArgumentException("table \"" + spec.name() + "\": sources write through a codec, and its"
                    + " rows have none: " + choice.lack() + "; give it one with codec(…)");
        }
        return choice;
    }

    private static <T> CodecChoice<T> byRecords(TableSpec<T> spec) {
        Class<T> type = spec.rowType();
        if (!type.isRecord()) {
            return new CodecChoice<>(spec, type.getName() + " is no record");
        }
        try {
            letRead(type, new HashSet<>());
            RecordCodec<? extends Record> codec = RecordCodec.of(MethodHandles.lookup(), type.asSubclass(Record.class));
            return secret(codec.fields())
                    .map(name -> new CodecChoice<>(
                            spec, type.getName() + ": " + name + " is a secret, which no document tells"))
                    .orElseGet(() -> new CodecChoice<>(spec.codec(ofRows(codec)), ""));
        } catch (IllegalArgumentException | LinkageError e) { // names the component; a class of one may be missing
            return new CodecChoice<>(spec, Why.of(e));
        }
    }

    @SuppressWarnings("unchecked") // made for the class of the rows
    private static <T> RowCodec<T> ofRows(RecordCodec<? extends Record> codec) {
        return (RowCodec<T>) codec;
    }

    /** Makes this module read those of all records within that type; they are open to it anyway. */
    private static void letRead(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                letRead(argument, seen);
            }
        } else if (type instanceof Class<?> plain) {
            CodecChoice.class.getModule().addReads(plain.getModule());
            if (plain.isRecord()) {
                for (RecordComponent component : plain.getRecordComponents()) {
                    letRead(component.getGenericType(), seen);
                }
            }
        }
    }

    private static Optional<String> secret(List<RecordField> fields) {
        for (RecordField field : fields) {
            if (field.form() == RecordField.Form.SECRET) {
                return Optional.of(field.key());
            }
            Optional<String> inside = secret(field.fields()).map(name -> field.key() + "." + name);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }
}
