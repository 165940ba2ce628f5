package dev.homeostat.host.config;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the configuration says of one reconciler.
 *
 * @param values the options that are given a value
 * @param off those that are switched off
 * @param given the documents of the values, for their places
 * @param place where it begins
 */
record ReconcilerEntry(ReconcilerValues values, Set<ReconcilerOption> off, Map<String, Tree> given, Place place) {
    private static final RecordCodec<ReconcilerValues> CODEC =
            RecordCodec.of(MethodHandles.lookup(), ReconcilerValues.class);

    /** Options that go together with any single one. */
    private static final Options TOLERANT = Options.defaults()
            .refreshing(Duration.ofHours(1), 1)
            .retrying(Duration.ofNanos(1), Duration.ofDays(100_000));

    static ReconcilerEntry read(Tree document) {
        if (!(document instanceof Tree.Mapping mapping)) {
            CODEC.decode(document);
            throw new DocumentException(document.place(), "expected a mapping, but found " + document.kind());
        }
        Map<String, Tree> given = new LinkedHashMap<>();
        Set<ReconcilerOption> off = EnumSet.noneOf(ReconcilerOption.class);
        mapping.entries()
                .forEach((key, value) -> ReconcilerOption.of(key)
                        .filter(option -> option.optional() && isNone(value))
                        .ifPresentOrElse(off::add, () -> given.put(key, value)));
        ReconcilerValues values = CODEC.decode(new Tree.Mapping(given, document.place()));
        ReconcilerEntry entry = new ReconcilerEntry(values, off, given, document.place());
        entry.check();
        return entry;
    }

    private static boolean isNone(Tree value) {
        return value instanceof Tree.Scalar scalar && ReconcilerOption.NONE.equals(scalar.value());
    }

    /** Refuses at once the values that no options take, whatever the plugin declares. */
    private void check() {
        List<Problem> problems = new ArrayList<>();
        for (ReconcilerOption option : ReconcilerOption.values()) {
            Object value = values.get(option);
            if (value != null) {
                try {
                    option.set(TOLERANT, value);
                } catch (IllegalArgumentException e) {
                    problems.add(new Problem(placeOf(option), String.valueOf(e.getMessage())));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
    }

    /**
     * The declared options with what is said here.
     *
     * @throws DocumentException if the two do not go together
     */
    Options apply(Options declared) {
        Options options = declared;
        for (ReconcilerOption option : ReconcilerOption.values()) {
            Object value = values.get(option);
            try {
                if (off.contains(option)) {
                    options = option.switchOff(options);
                } else if (value != null) {
                    options = option.set(options, value);
                }
            } catch (IllegalArgumentException e) {
                throw new DocumentException(placeOf(option), String.valueOf(e.getMessage()));
            }
        }
        return options;
    }

    private Place placeOf(ReconcilerOption option) {
        Tree document = given.get(option.key());
        return document == null ? place : document.place();
    }
}
