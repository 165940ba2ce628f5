package dev.homeostat.host.notice;

import javax.management.openmbean.ArrayType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * A piece of what a notice carries.
 *
 * @param name its name in the composite data
 * @param description what it is
 * @param type as JMX knows it
 */
public record NoticeItem(String name, String description, OpenType<?> type) {
    static NoticeItem text(String name, String description) {
        return new NoticeItem(name, description, SimpleType.STRING);
    }

    static NoticeItem number(String name, String description) {
        return new NoticeItem(name, description, SimpleType.LONG);
    }

    static NoticeItem list(String name, String description) {
        try {
            return new NoticeItem(name, description, new ArrayType<>(1, SimpleType.STRING));
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }
}
