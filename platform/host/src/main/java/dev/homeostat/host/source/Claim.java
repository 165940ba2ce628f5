package dev.homeostat.host.source;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.tree.Place;
import dev.homeostat.host.view.RowOwner;

/**
 * A unit wants a row.
 *
 * @param owner the source and the unit
 * @param table the table's name
 * @param key the row's primary key
 * @param value the row
 * @param place where it was written
 */
record Claim(RowOwner owner, String table, Key key, Object value, Place place) {
    /** Where it was written, at least the unit. */
    Place placeOrUnit() {
        return place.origin().isEmpty() ? new Place(owner.unit(), place.line()) : place;
    }
}
