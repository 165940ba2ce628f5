package dev.homeostat.host.control;

import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are wanted: those that have each given value in the field that goes with it. Fields are those of the row's document, {@code a.b} for one within another;
 * also {@code key}, and {@code status} for what any reconciler says of it, or {@code status.NAME} for that one, as far as the document has no such field. A list
 * has each value in it; numbers are compared as numbers. Used by one thread, for one answer.
 */
final class RowFilter {
    private static final String KEY = "key";
    private static final String STATUS = "status";
    private static final Pattern ESCAPE = Pattern.compile("\\\\(n|t|r|u[0-9a-fA-F]{4})");
    private static final List<String> KINDS = Arrays.stream(StatusKind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();

    private final List<Condition> conditions = new ArrayList<>();
    private final Set<String> unseen = new TreeSet<>();
    private final Set<String> fields = new TreeSet<>();
    private boolean looked;
    private @Nullable String noKind;

    /** @param plain the value, where it was copied from what the command shows, which has escapes for what would play with a terminal */
    private record Condition(String field, String value, String plain) {
        Condition(String field, String value) {
            this(field, value, unescaped(value));
        }

        private static String unescaped(String value) {
            return ESCAPE.matcher(value)
                    .replaceAll(escape -> Matcher.quoteReplacement(
                            switch (escape.group(1)) {
                                case "n" -> "\n";
                                case "t" -> "\t";
                                case "r" -> "\r";
                                default ->
                                    Character.toString(
                                            Integer.parseInt(escape.group(1).substring(1), 16));
                            }));
        }

        boolean isOf(Tree tree) {
            return is(tree, value) || is(tree, plain);
        }

        boolean isOf(String text) {
            return text.equals(value) || text.equals(plain);
        }
    }

    /**
     * As people write it.
     *
     * @param written {@code FIELD=VALUE} each; null or empty for all rows
     */
    static RowFilter of(@Nullable List<String> written) throws ControlException {
        RowFilter filter = new RowFilter();
        for (String one : Objects.requireNonNullElse(written, List.<String>of())) {
            int equals = one.indexOf('=');
            if (equals <= 0) {
                throw new ControlException(
                        Code.BAD_PARAMS,
                        "\"" + one + "\" is no condition",
                        "it is FIELD=VALUE, such as name=hello or status=error");
            }
            String field = one.substring(0, equals);
            filter.conditions.add(new Condition(field, one.substring(equals + 1)));
            filter.unseen.add(field);
        }
        return filter;
    }

    /** Whether every row is wanted. */
    boolean isAll() {
        return conditions.isEmpty();
    }

    boolean wants(JoinedRow row) {
        looked = true;
        boolean wanted = true;
        for (Condition condition : conditions) {
            wanted &= holds(row, condition);
        }
        if (!unseen.isEmpty() && row.values() instanceof Tree.Mapping values) {
            fields.addAll(values.entries().keySet());
        }
        return wanted;
    }

    /**
     * Tells a misspelt field, or kind of status, from one that no row has.
     *
     * @throws ControlException if there were rows, and none of them had one of the fields, or no status is ever of that kind
     */
    void check(String table) throws ControlException {
        if (noKind != null) {
            throw new ControlException(
                    Code.BAD_PARAMS,
                    "\"" + noKind + "\" is no kind of status",
                    Nearest.hint(noKind, KINDS) + "the kinds are " + String.join(", ", KINDS));
        }
        if (looked && !unseen.isEmpty()) {
            String field = unseen.iterator().next();
            throw new ControlException(
                    Code.BAD_PARAMS,
                    "no row of table \"" + table + "\" has a field \"" + field + "\"",
                    Nearest.hint(field, fields) + "they have " + (fields.isEmpty() ? "none" : String.join(", ", fields))
                            + "; also key and status");
        }
    }

    private boolean holds(JoinedRow row, Condition condition) {
        Tree found = find(row.values(), condition.field());
        if (found != null) {
            unseen.remove(condition.field());
            return condition.isOf(found);
        }
        if (condition.field().equals(KEY)) {
            unseen.remove(KEY);
            return condition.isOf(row.key());
        }
        if (condition.field().equals(STATUS)) {
            unseen.remove(STATUS);
            return row.statuses().values().stream().anyMatch(status -> isKind(status, condition.value()));
        }
        if (condition.field().startsWith(STATUS + ".")) {
            Status status = row.statuses().get(condition.field().substring(STATUS.length() + 1));
            if (status != null) {
                unseen.remove(condition.field());
            }
            return status != null && isKind(status, condition.value());
        }
        return false;
    }

    private boolean isKind(Status status, String given) {
        String kind = given.toLowerCase(Locale.ROOT);
        if (!KINDS.contains(kind)) {
            noKind = given;
        }
        return status.kind().name().toLowerCase(Locale.ROOT).equals(kind);
    }

    private static @Nullable Tree find(@Nullable Tree in, String field) {
        if (!(in instanceof Tree.Mapping mapping)) {
            return null;
        }
        Tree whole = mapping.entries().get(field);
        int dot = field.indexOf('.');
        return whole != null || dot < 0
                ? whole
                : find(mapping.entries().get(field.substring(0, dot)), field.substring(dot + 1));
    }

    private static boolean is(Tree tree, String value) {
        return switch (tree) {
            case Tree.Mapping mapping -> false;
            case Tree.Sequence(var items, var _) -> items.stream().anyMatch(item -> is(item, value));
            case Tree.Scalar(Number number, var _, var _) ->
                number.toString().equals(value) || isEqualNumber(number.toString(), value);
            case Tree.Scalar(var scalar, var _, var _) ->
                Objects.toString(scalar, "").equals(value);
        };
    }

    private static boolean isEqualNumber(String number, String value) {
        try {
            return new BigDecimal(number).compareTo(new BigDecimal(value)) == 0;
        } catch (NumberFormatException e) { // the value is none, or the number is none of JSON's
            return false;
        }
    }
}
