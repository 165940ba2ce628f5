package dev.homeostat.api.tree;

import java.util.Comparator;

/** Numbers by size, before all else by its text: an order in which the items of a set are always written the same. */
final class TreeOrder implements Comparator<Tree> {
    static final TreeOrder INSTANCE = new TreeOrder();

    private static final Comparator<Tree> BY_TEXT = Comparator.comparing(TreeOrder::text);

    private TreeOrder() {}

    @Override
    public int compare(Tree a, Tree b) {
        return a instanceof Tree.Scalar(Long left, var p, var w) && b instanceof Tree.Scalar(Long right, var q, var v)
                ? left.compareTo(right)
                : BY_TEXT.compare(a, b);
    }

    private static String text(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> String.valueOf(scalar.value());
            case Tree.Sequence sequence ->
                sequence.items().stream().map(TreeOrder::text).toList().toString();
            case Tree.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                        .toList()
                        .toString();
        };
    }
}
