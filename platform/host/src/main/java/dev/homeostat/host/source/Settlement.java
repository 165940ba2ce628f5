package dev.homeostat.host.source;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.view.RowOwner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what all sources want, in one transaction over all concerned tables. Used once, under the board's lock.
 *
 * <p>A row has one owner. It is the one that has it, as long as that unit wants it or it is not known what the unit wants; else another unit of the same
 * source that wants it; else any that does. What nobody wants is deleted, if its owner's source speaks; rows of a source that ended stay until another one
 * wants them. A row that was inserted by command stays until it is deleted by command; only a source that wants the very same gets it, for then nobody's
 * word is lost. Owners are changed only after the commit.
 */
final class Settlement {
    private final Collection<BoardTable<?>> tables;
    private final Map<String, SourceState> sources;
    private final Owners owners;
    private final Map<String, Map<Key, List<Claim>>> wanted = new HashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Map<String, List<Problem>> refused = new HashMap<>();
    private final Set<String> refusedByTable = new HashSet<>();
    private int written;
    private int deleted;

    Settlement(Collection<BoardTable<?>> tables, Map<String, SourceState> sources, Owners owners) {
        this.tables = tables;
        this.sources = sources;
        this.owners = owners;
    }

    int written() {
        return written;
    }

    int deleted() {
        return deleted;
    }

    /** @throws dev.homeostat.api.db.TableRemovedException if a table is gone; nothing was written */
    void run(Database database) {
        for (SourceState source : sources.values()) {
            for (Claim claim : source.claims()) {
                wanted.computeIfAbsent(claim.table(), name -> new HashMap<>())
                        .computeIfAbsent(claim.key(), key -> new ArrayList<>(1))
                        .add(claim);
            }
        }
        ReadTxn now = database.readTxn();
        List<BoardTable<?>> concerned =
                tables.stream().filter(table -> concerns(table, now)).toList();
        if (!concerned.isEmpty()) {
            write(database, concerned);
        }
        afterCommit.forEach(Runnable::run);
        sources.values().forEach(this::tell);
    }

    private boolean concerns(BoardTable<?> table, ReadTxn now) {
        return wanted.containsKey(table.name())
                || !owners.of(table.name()).isEmpty()
                || sources.values().stream().anyMatch(source -> source.speaks() && awaits(table, now, source));
    }

    private static boolean awaits(BoardTable<?> table, ReadTxn txn, SourceState source) {
        return table.awaits(txn, SourceBoard.initializer(source.name()));
    }

    private void write(Database database, List<BoardTable<?>> concerned) {
        RWTable<?>[] locked = concerned.stream().map(BoardTable::table).toArray(RWTable<?>[]::new);
        try (WriteTxn txn = database.writeTxn(locked)) {
            concerned.forEach(table -> deleteUnwanted(txn, table));
            for (BoardTable<?> table : concerned) {
                List<Refused> first = store(txn, table, winners(txn, table));
                // Another row may have given up a unique key since: once more.
                store(txn, table, first.stream().map(Refused::claim).toList()).forEach(one -> refuse(txn, table, one));
            }
            sources.values().forEach(this::tell);
            complete(txn, concerned);
            txn.commit();
        }
    }

    private void deleteUnwanted(WriteTxn txn, BoardTable<?> table) {
        Map<Key, List<Claim>> claims = wanted.getOrDefault(table.name(), Map.of());
        owners.of(table.name()).forEach((key, owner) -> {
            SourceState source = sources.get(owner.source());
            boolean gone = !table.contains(txn, key);
            if (claims.containsKey(key)
                    || (!gone && (source == null || !source.speaks() || source.isFrozen(owner.unit())))) {
                return;
            }
            if (!gone && table.delete(txn, key)) {
                deleted++;
            }
            afterCommit.add(() -> owners.remove(table.name(), key));
        });
    }

    /** Decides each row, and notes who does not get it. */
    private List<Claim> winners(WriteTxn txn, BoardTable<?> table) {
        List<Claim> winners = new ArrayList<>();
        wanted.getOrDefault(table.name(), Map.of()).forEach((key, claims) -> {
            RowOwner owner = owners.get(table.name(), key);
            Claim winner = winner(txn, table, key, claims);
            RowOwner holder = winner != null ? winner.owner() : requireNonNull(owner, "owner");
            claims.stream()
                    .filter(claim -> !claim.owner().equals(holder))
                    .forEach(claim -> refuse(claim, conflict(table, claim, winner, holder)));
            if (winner != null) {
                winners.add(winner);
            }
        });
        return winners;
    }

    /** The claim that gets the row; null when the owner keeps it without a claim, since it is not known what it wants. */
    private @Nullable Claim winner(WriteTxn txn, BoardTable<?> table, Key key, List<Claim> claims) {
        RowOwner owner = owners.get(table.name(), key);
        boolean present = table.contains(txn, key);
        if (present && RowOwner.COMMAND.equals(owner)) {
            return claims.stream()
                    .filter(claim -> table.isStored(txn, claim))
                    .findFirst()
                    .orElse(null);
        }
        if (owner != null) {
            for (Claim claim : claims) {
                if (claim.owner().equals(owner)) {
                    return claim;
                }
            }
            SourceState source = sources.get(owner.source());
            if (present && source != null && source.isFrozen(owner.unit())) {
                return null;
            }
            for (Claim claim : claims) {
                if (claim.owner().source().equals(owner.source())) {
                    return claim;
                }
            }
        }
        return claims.getFirst();
    }

    private static Problem conflict(BoardTable<?> table, Claim loser, @Nullable Claim winner, RowOwner holder) {
        if (holder.equals(RowOwner.COMMAND)) {
            return new Problem(
                    loser.placeOrUnit(),
                    "table \"" + table.name() + "\": row " + table.formatKey(loser.key()) + " of "
                            + loser.owner().unit() + " is refused, since another one was inserted by command; take"
                            + " that away with \"homeostat db delete " + table.name() + " "
                            + table.keyText(loser.key()) + "\", or this one out of here");
        }
        String kept = winner == null ? holder.unit() : winner.placeOrUnit().toString();
        boolean foreign = !holder.source().equals(loser.owner().source());
        return new Problem(
                loser.placeOrUnit(),
                "table \"" + table.name() + "\": row " + table.formatKey(loser.key()) + " of "
                        + loser.owner().unit() + " is refused, since " + kept
                        + (foreign ? " of source \"" + holder.source() + "\"" : "")
                        + " has it; take it out of one of the two");
    }

    /** Stores the rows; gives those that the table refused. */
    private List<Refused> store(WriteTxn txn, BoardTable<?> table, List<Claim> claims) {
        List<Refused> refusals = new ArrayList<>();
        for (Claim claim : claims) {
            try {
                if (table.apply(txn, claim.value())) {
                    written++;
                }
                own(table, claim);
            } catch (RuntimeException e) { // a unique key of another row, or an index function of the plugin
                refusals.add(new Refused(claim, e));
            }
        }
        return refusals;
    }

    private void own(BoardTable<?> table, Claim claim) {
        if (!claim.owner().equals(owners.get(table.name(), claim.key()))) {
            afterCommit.add(() -> owners.put(table.name(), claim.key(), claim.owner()));
        }
    }

    private void refuse(WriteTxn txn, BoardTable<?> table, Refused one) {
        Claim claim = one.claim();
        refusedByTable.add(claim.owner().source());
        refuse(
                claim,
                new Problem(
                        claim.placeOrUnit(),
                        "row " + table.formatKey(claim.key()) + " is refused: " + Refusal.reason(one.why())));
        if (table.contains(txn, claim.key())) {
            own(table, claim);
        }
    }

    private void refuse(Claim claim, Problem problem) {
        refused.computeIfAbsent(claim.owner().source(), name -> new ArrayList<>())
                .add(problem);
    }

    private void complete(WriteTxn txn, List<BoardTable<?>> concerned) {
        for (BoardTable<?> table : concerned) {
            for (SourceState source : sources.values()) {
                if (source.complete() && awaits(table, txn, source)) {
                    table.complete(txn, SourceBoard.initializer(source.name()));
                }
            }
        }
    }

    private void tell(SourceState source) {
        source.refused(refused.getOrDefault(source.name(), List.of()), refusedByTable.contains(source.name()));
    }

    /** A row that its table did not take. */
    private record Refused(Claim claim, RuntimeException why) {}
}
