package dev.homeostat.reconciler;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusesInRow;
import org.jspecify.annotations.Nullable;

/** A row with a field for the status of each of its reconcilers, and one for what the first of them learns. */
record Station(
        String name,
        String text,
        String learned,
        @Nullable Status main,
        @Nullable Status other,
        @Nullable Status third) implements Carrier<Station> {
    static final Index<Station, String> NAME = Index.unique("name", Keys.STRING, Station::name);
    static final Index<Station, String> LEARNED =
            Index.unique("learned", Keys.STRING, row -> row.learned().isEmpty() ? null : row.learned());
    static final StatusesInRow<Station> STATUSES = StatusesInRow.field("main", Station::main, Station::withMain)
            .andField("other", Station::other, Station::withOther)
            .andField("third", Station::third, Station::withThird);
    static final TableSpec<Station> TABLE = TableSpec.of("stations", Station.class, NAME)
            .index(LEARNED)
            .index(STATUSES.slot("main").statusIndex())
            .statuses(STATUSES);

    /** As a user writes it. */
    static Station desired(String name, String text) {
        return new Station(name, text, "", Status.pending(), Status.pending(), Status.pending());
    }

    Station withMain(Status status) {
        return new Station(name, text, learned, status, other, third);
    }

    Station withOther(Status status) {
        return new Station(name, text, learned, main, status, third);
    }

    Station withThird(Status status) {
        return new Station(name, text, learned, main, other, status);
    }

    @Override
    public Station withLearned(String fact) {
        return new Station(name, text, fact, main, other, third);
    }

    @Override
    public Station withName(String another) {
        return new Station(another, text, learned, main, other, third);
    }

    @Override
    public Station withoutStatuses() {
        return new Station(name, text, learned, null, null, null);
    }
}
