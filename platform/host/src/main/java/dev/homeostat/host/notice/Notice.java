package dev.homeostat.host.notice;

import java.util.List;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;

/**
 * Something that a client may want to be told.
 *
 * @param type what kind of thing
 * @param message one line for a person
 * @param values what it carries, in the order of the type's items: texts, {@code Long}s, arrays of texts
 */
public record Notice(NoticeType type, String message, List<Object> values) {
    /** One with those values, in the order of the type's items. */
    public static Notice of(NoticeType type, String message, Object... values) {
        return new Notice(type, message, List.of(values));
    }

    public Notice {
        values = List.copyOf(values);
    }

    /** What it carries as types of the JDK, which every client can read. */
    CompositeData data() {
        List<NoticeItem> items = type.items();
        String[] names = items.stream().map(NoticeItem::name).toArray(String[]::new);
        String[] descriptions = items.stream().map(NoticeItem::description).toArray(String[]::new);
        OpenType<?>[] types = items.stream().map(NoticeItem::type).toArray(OpenType<?>[]::new);
        try {
            return new CompositeDataSupport(
                    new CompositeType(type.typeName(), type.description(), names, descriptions, types),
                    names,
                    values.toArray());
        } catch (OpenDataException e) {
            throw new IllegalStateException("notice " + type.typeName() + " with " + values, e);
        }
    }
}
