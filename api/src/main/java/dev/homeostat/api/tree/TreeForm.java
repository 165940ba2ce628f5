package dev.homeostat.api.tree;

import dev.homeostat.api.stability.ConsumerType;

/**
 * A value that has a form of its own in documents, so that {@link RecordCodec} carries it as a component, whatever it is made of.
 *
 * <p>Besides this method its class has a {@code public static} method {@code fromTree} that takes a {@link Tree} and returns the value; it throws a
 * {@link DocumentException} whose problems name their places, or an {@link IllegalArgumentException}, whose message is told with the place of the tree.
 * It may have a {@code public static} method {@code whenLeftOut} without parameters, which gives the value of a component that a document does not
 * name; without it the component must be given. Implementations are immutable.
 */
@ConsumerType
public interface TreeForm {
    /** The value as a document; {@code fromTree} gives an equal one. */
    Tree toTree();
}
