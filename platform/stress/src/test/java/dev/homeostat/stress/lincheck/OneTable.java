package dev.homeostat.stress.lincheck;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.stress.races.NoTasks;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;

/** All kinds of writes and reads of one table with a secondary index. */
@Param(name = "id", gen = IntGen.class, conf = "1:2")
@Param(name = "size", gen = IntGen.class, conf = "0:2")
@Param(name = "revision", gen = IntGen.class, conf = "0:3")
public class OneTable {
    private record Box(long id, int size) {}

    private static final Index<Box, Long> ID = Index.uniqueLong("id", Box::id);
    private static final LongIndex<Box> SIZE = Index.nonUniqueLong("size", Box::size);
    private static final TableSpec<Box> BOXES =
            TableSpec.of("boxes", Box.class, ID).index(SIZE);

    private final Database db = NoTasks.database();
    private final RWTable<Box> boxes = db.create(BOXES);

    /** The size before, or -1. */
    @Operation
    public int insert(@Param(name = "id") int id, @Param(name = "size") int size) {
        return db.write(boxes, txn -> size(boxes.insert(txn, new Box(id, size))));
    }

    /** Reads a row and writes it back one greater; gives what was written. */
    @Operation
    public int grow(@Param(name = "id") int id) {
        return db.write(boxes, txn -> {
            int grown = size(boxes.get(txn, ID.query((long) id))) + 1;
            boxes.insert(txn, new Box(id, grown));
            return grown;
        });
    }

    /** Whether the row had that revision. */
    @Operation
    public boolean compareAndSwap(
            @Param(name = "id") int id, @Param(name = "revision") int revision, @Param(name = "size") int size) {
        return db.write(boxes, txn -> boxes.compareAndSwap(txn, revision, new Box(id, size)));
    }

    /** The size before, or -1. */
    @Operation
    public int delete(@Param(name = "id") int id) {
        return db.write(boxes, txn -> size(boxes.delete(txn, new Box(id, 0))));
    }

    /** The number of rows. */
    @Operation
    public long deleteAll() {
        return db.write(boxes, txn -> boxes.deleteAll(txn));
    }

    /** The size, or -1. */
    @Operation
    public int get(@Param(name = "id") int id) {
        return size(boxes.get(db.readTxn(), ID.query((long) id)));
    }

    /** The sum of the ids of that size. */
    @Operation
    public long ofSize(@Param(name = "size") int size) {
        return boxes.list(db.readTxn(), SIZE.query((long) size))
                .values()
                .mapToLong(Box::id)
                .sum();
    }

    /** Rows, and their table's revision, in one snapshot. */
    @Operation
    public String state() {
        ReadTxn txn = db.readTxn();
        return boxes.count(txn) + " at " + boxes.revision(txn);
    }

    private static int size(@Nullable Row<Box> row) {
        return row == null ? -1 : row.value().size();
    }
}
