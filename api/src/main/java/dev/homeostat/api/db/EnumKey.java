package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/** The place of a constant in its enum, in two bytes. */
final class EnumKey<E extends Enum<E>> extends KeyType<E> {
    private final Class<E> type;
    private final E[] constants;

    EnumKey(Class<E> type) {
        this.type = requireNonNull(type, "type");
        this.constants = requireNonNull(type.getEnumConstants(), "enum constants");
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // the order of the constants is the order that is promised
    protected void write(E value, KeyOutput out) {
        out.writeShort(value.ordinal());
    }

    @Override
    protected E read(KeyInput in) {
        int ordinal = in.readShort();
        if (ordinal >= constants.length) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no constant number " + ordinal);
        }
        return constants[ordinal];
    }

    @Override
    public String format(E value) {
        return value.name();
    }

    @Override
    boolean isFixed() {
        return true;
    }

    @Override
    public String kind() {
        return "of " + Arrays.toString(constants);
    }

    @Override
    public E parse(String text) {
        for (E constant : constants) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        List<E> alike = Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(text.replace('-', '_')))
                .toList();
        if (alike.size() == 1) {
            return alike.getFirst();
        }
        throw new IllegalArgumentException("\"" + text + "\" is not one of " + Arrays.toString(constants));
    }
}
