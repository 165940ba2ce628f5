package dev.homeostat.api.tree;

/** A piece of the document itself, of whatever form; somebody else decodes it. */
final class TreeValue implements ValueCodec {
    static final TreeValue INSTANCE = new TreeValue();

    private TreeValue() {}

    @Override
    public String kind() {
        return "anything";
    }

    @Override
    public Tree encode(Object value) {
        return (Tree) value;
    }

    @Override
    public Tree decode(Tree tree, Decoding at) {
        return tree;
    }

    @Override
    public Tree annotated(String text) {
        return Tree.scalar(text);
    }
}
