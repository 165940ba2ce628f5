package dev.homeostat.host.config;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody says of the options of one reconciler: the configuration, or whoever steers it while it runs. Immutable. */
public final class ReconcilerEntry {
    /** Says nothing. */
    public static final ReconcilerEntry NOTHING = new ReconcilerEntry(Map.of(), Place.NOWHERE);

    private static final RecordCodec<ReconcilerValues> CODEC =
            RecordCodec.of(MethodHandles.lookup(), ReconcilerValues.class);

    private final Map<ReconcilerOption, Given> given;
    private final Place place;

    /**
     * A value that is given.
     *
     * @param value null to switch the option off
     * @param place where it stands
     */
    private record Given(@Nullable Object value, Place place) {}

    private ReconcilerEntry(Map<ReconcilerOption, Given> given, Place place) {
        Map<ReconcilerOption, Given> copy = new EnumMap<>(ReconcilerOption.class);
        copy.putAll(given);
        this.given = Collections.unmodifiableMap(copy);
        this.place = place;
    }

    /**
     * Reads one.
     *
     * @throws DocumentException with all that is wrong, whatever the plugin declares: unknown keys, wrong types, exceeded bounds, bounds that contradict
     *     each other
     */
    public static ReconcilerEntry read(Tree document) {
        if (document instanceof Tree.Scalar scalar && scalar.value() == null) {
            return new ReconcilerEntry(Map.of(), document.place()); // all of it may be commented out
        }
        if (!(document instanceof Tree.Mapping mapping)) {
            CODEC.decode(document);
            throw new DocumentException(document.place(), "expected a mapping, but found " + document.kind());
        }
        List<Problem> problems = new ArrayList<>();
        Map<ReconcilerOption, Given> given = new EnumMap<>(ReconcilerOption.class);
        mapping.entries().forEach((key, value) -> {
            try {
                read(key, value, given);
            } catch (DocumentException e) {
                problems.addAll(e.problems());
            }
        });
        ReconcilerEntry entry = new ReconcilerEntry(given, document.place());
        if (given.keySet().containsAll(Set.of(ReconcilerOption.RETRY_MIN, ReconcilerOption.RETRY_MAX))) {
            try {
                entry.apply(Options.defaults());
            } catch (DocumentException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
        return entry;
    }

    /**
     * Reads what somebody gives from outside of the file.
     *
     * @param texts the values as the file would have them, by the keys of the options
     * @param origin who gives them, for people
     * @throws DocumentException as {@link #read(Tree)} does, and when a text cannot be read
     */
    public static ReconcilerEntry parse(Map<String, String> texts, String origin, DocumentReader documents) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Tree> trees = new LinkedHashMap<>();
        texts.forEach((key, text) -> {
            try {
                trees.put(key, new Setting(key, text, origin).tree(documents));
            } catch (DocumentException e) {
                problems.addAll(e.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
        return read(new Tree.Mapping(trees, new Place(origin, 0)));
    }

    /** Says one thing; the value is of the option's type and within its bounds. */
    public static ReconcilerEntry of(ReconcilerOption option, Object value, String origin) {
        Place place = new Place(origin, 0);
        return new ReconcilerEntry(Map.of(option, new Given(value, place)), place);
    }

    /** What leads from some options to others. */
    public static ReconcilerEntry difference(Options from, Options to, String origin) {
        Place place = new Place(origin, 0);
        Map<ReconcilerOption, Given> changed = new EnumMap<>(ReconcilerOption.class);
        for (ReconcilerOption option : ReconcilerOption.values()) {
            if (!Objects.equals(option.get(from), option.get(to))) {
                changed.put(option, new Given(option.get(to), place));
            }
        }
        return new ReconcilerEntry(changed, place);
    }

    /** Each key by itself, so that what is wrong with one hides nothing of another. */
    private static void read(String key, Tree value, Map<ReconcilerOption, Given> into) {
        ReconcilerOption option = ReconcilerOption.of(key).orElse(null);
        if (option != null && option.optional() && isNone(value)) {
            into.put(option, new Given(null, value.place()));
            return;
        }
        ReconcilerValues values = CODEC.decode(new Tree.Mapping(Map.of(key, value), value.place()));
        Object read = option == null ? null : values.get(option);
        if (option == null || read == null) {
            return; // a key without a value
        }
        try {
            option.set(Options.defaults(), read);
        } catch (IllegalArgumentException e) {
            throw new DocumentException(value.place(), String.valueOf(e.getMessage()));
        }
        into.put(option, new Given(read, value.place()));
    }

    private static boolean isNone(Tree value) {
        return value instanceof Tree.Scalar scalar && ReconcilerOption.NONE.equals(scalar.value());
    }

    /** This, and of the other what this says nothing about. */
    public ReconcilerEntry over(ReconcilerEntry weaker) {
        Map<ReconcilerOption, Given> all = new EnumMap<>(ReconcilerOption.class);
        all.putAll(weaker.given);
        all.putAll(given);
        return new ReconcilerEntry(all, place);
    }

    /** This without what it says of those options. */
    public ReconcilerEntry without(Set<ReconcilerOption> options) {
        Map<ReconcilerOption, Given> rest = new EnumMap<>(ReconcilerOption.class);
        rest.putAll(given);
        rest.keySet().removeAll(options);
        return new ReconcilerEntry(rest, place);
    }

    /** The options that it says something about. */
    public Set<ReconcilerOption> options() {
        return given.keySet();
    }

    /** Whether both say the same of that option, wherever it stands. */
    public boolean saysTheSame(ReconcilerOption option, ReconcilerEntry other) {
        return given.containsKey(option) == other.given.containsKey(option)
                && Objects.equals(value(option), other.value(option));
    }

    private @Nullable Object value(ReconcilerOption option) {
        Given one = given.get(option);
        return one == null ? null : one.value;
    }

    /** What it says of that option, as the configuration has it. */
    String text(ReconcilerOption option) {
        Object value = value(option);
        return value == null ? ReconcilerOption.NONE : option.text(option.set(Options.defaults(), value));
    }

    /** What that option has to be. */
    static String kind(ReconcilerOption option) {
        return CODEC.fields().stream()
                .filter(field -> field.key().equals(option.key()))
                .findFirst()
                .map(field -> field.kind() + (option.optional() ? ", or " + ReconcilerOption.NONE : ""))
                .orElse("");
    }

    /** Where it begins. */
    public Place place() {
        return place;
    }

    /** Where the value of that option stands; where all of this begins when it says nothing of it. */
    public Place place(ReconcilerOption option) {
        Given one = given.get(option);
        return one == null ? place : one.place;
    }

    /**
     * The declared options with what is said here.
     *
     * @throws DocumentException if the two do not go together
     */
    public Options apply(Options declared) {
        Options options = declared;
        for (Map.Entry<ReconcilerOption, Given> entry : given.entrySet()) {
            Object value = entry.getValue().value;
            options = value == null
                    ? entry.getKey().switchOff(options)
                    : entry.getKey().set(options, value);
        }
        Duration min = bound(ReconcilerOption.RETRY_MIN, declared.retryMin());
        Duration max = bound(ReconcilerOption.RETRY_MAX, declared.retryMax());
        try {
            return options.retrying(min, max);
        } catch (IllegalArgumentException e) {
            ReconcilerOption blamed = given.containsKey(ReconcilerOption.RETRY_MAX)
                    ? ReconcilerOption.RETRY_MAX
                    : ReconcilerOption.RETRY_MIN;
            String other = blamed == ReconcilerOption.RETRY_MAX && given.containsKey(ReconcilerOption.RETRY_MIN)
                    ? "; retry-min is from " + place(ReconcilerOption.RETRY_MIN)
                    : "";
            throw new DocumentException(place(blamed), e.getMessage() + other);
        }
    }

    private Duration bound(ReconcilerOption option, Duration declared) {
        return value(option) instanceof Duration value ? value : declared;
    }
}
