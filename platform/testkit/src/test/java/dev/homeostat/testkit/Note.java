package dev.homeostat.testkit;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;

/** A row to try operations with. */
record Note(String name, String text) {
    static final Index<Note, String> NAME = Index.unique("name", Keys.STRING, Note::name);
    static final TableSpec<Note> TABLE = TableSpec.of("notes", Note.class, NAME);

    static Note of(int number, int version) {
        return new Note("note-" + number, "text " + version);
    }
}
