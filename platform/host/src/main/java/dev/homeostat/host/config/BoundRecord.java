package dev.homeostat.host.config;

import dev.homeostat.api.plugin.ConfigListener;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.RecordField;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record of a plugin's configuration, and what is in force of it. Safe for all threads. */
final class BoundRecord<C extends Record> {
    private final RecordCodec<C> codec;
    private final List<RecordField> fields;
    private volatile @Nullable State<C> inForce;
    private volatile @Nullable ConfigListener<C> listener;

    /** @throws IllegalArgumentException if the record is none that a document can describe */
    BoundRecord(Class<C> type) {
        BoundRecord.class.getModule().addReads(type.getModule());
        this.codec = RecordCodec.of(MethodHandles.lookup(), type);
        this.fields = codec.fields();
    }

    /**
     * A state of it.
     *
     * @param lines the same for people, without secrets
     */
    record State<C extends Record>(C config, SettingLines.State lines) {}

    List<RecordField> fields() {
        return fields;
    }

    /** What a document says. */
    State<C> read(Tree document) {
        C config = codec.decode(document);
        return new State<>(config, new SettingLines.State(codec.encode(config), document));
    }

    /** Takes its first state. */
    C begin(Tree document) {
        State<C> first = read(document);
        inForce = first;
        return first.config();
    }

    State<C> inForce() {
        return Objects.requireNonNull(inForce, "begin(…) comes first");
    }

    void listener(ConfigListener<C> one) {
        listener = one;
    }

    boolean isHeard() {
        return listener != null;
    }

    /** Lets the plugin take up another state, which is one of this record's; says whether it is in force. */
    @SuppressWarnings("unchecked") // made by read(…)
    boolean change(State<?> next) throws Exception {
        ConfigListener<C> one = listener;
        return one != null && one.changed(inForce().config(), (C) next.config());
    }

    /** That state is in force. */
    @SuppressWarnings("unchecked") // made by read(…)
    void put(State<?> next) {
        inForce = (State<C>) next;
    }
}
