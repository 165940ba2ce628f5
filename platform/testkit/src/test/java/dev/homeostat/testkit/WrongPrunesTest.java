package dev.homeostat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.PruneContext;
import dev.homeostat.api.reconcile.PruneContext.Removal;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Prunes that get one thing wrong are told so in plain words. */
final class WrongPrunesTest {
    @Test
    void prune_thatRegistersDesiredRows_isTold() {
        assertThat(complaint(
                        PruneChecks.SPARES,
                        (notebook, prune) ->
                                notebook.pages.keySet().forEach(name -> notebook.register(prune.context(), name))))
                .contains("prune registers what is desired", "note-0");
    }

    @Test
    void prune_thatMissesLeftovers_isTold() {
        assertThat(complaint(PruneChecks.REMOVES, (notebook, prune) -> notebook.register(prune.context(), "note-3")))
                .contains("prune misses leftovers", "note-2");
    }

    @Test
    void prune_thatRegistersNothing_isTold() {
        assertThat(complaint(PruneChecks.REMOVES, (notebook, prune) -> {}))
                .contains("prune misses leftovers", "note-2", "note-3");
    }

    @Test
    void prune_thatThrows_isTold() {
        assertThat(complaint(PruneChecks.REMOVES, (notebook, prune) -> {
                    throw new IllegalStateException("cannot list");
                }))
                .contains("prune fails", "cannot list");
    }

    @Test
    void prune_thatRemovesByItself_isTold() {
        assertThat(complaint(
                        PruneChecks.REGISTERS,
                        (notebook, prune) -> prune.leftovers().forEach(name -> notebook.pages.remove(name))))
                .contains("prune removes by itself", "context.remove", "note-3");
    }

    @Test
    void prune_thatRegistersUnderTheKeyOfAnotherRow_isTold() {
        assertThat(complaint(PruneChecks.REMOVES, registering(Keys.STRING.encode("note-0"))))
                .contains("under the key of a row that is desired", "note-2");
    }

    @Test
    void prune_thatRegistersUnderAKeyOfNoRow_isTold() {
        assertThat(complaint(PruneChecks.KEYS, registering(Keys.STRING.encode("notes/note"))))
                .contains("removes rows that came back while it ran", "note-2", "another key");
    }

    @Test
    void prune_thatRegistersUnderAKeyOfAnotherType_isTold() {
        assertThat(complaint(PruneChecks.KEYS, registering(Keys.LONG.encode(7L))))
                .contains("removes rows that came back while it ran");
    }

    @Test
    void prune_whoseOwnTestLooksAtTheOldSnapshot_isTold() {
        assertThat(complaint(
                        PruneChecks.KEYS,
                        (notebook, prune) -> prune.leftovers()
                                .forEach(name -> prune.context()
                                        .remove(name, newest -> true, removal -> notebook.pages.remove(name)))))
                .contains("removes rows that came back while it ran", "newest snapshot");
    }

    @Test
    void removal_thatFails_isTold() {
        assertThat(complaint(
                        PruneChecks.REMOVES,
                        (notebook, prune) -> register(prune, _ -> {
                            throw new IllegalStateException("not mine");
                        })))
                .contains("a removal that prune registered failed", "note-2", "not mine");
    }

    @Test
    void removal_thatFailsOnTheMissing_isTold() {
        assertThat(complaint(
                        PruneChecks.REMOVES_THE_MISSING,
                        (notebook, prune) -> prune.leftovers()
                                .forEach(name -> prune.context().remove(name, Keys.STRING.encode(name), _ -> {
                                    if (notebook.pages.remove(name) == null) {
                                        throw new IllegalStateException("no " + name);
                                    }
                                }))))
                .contains("a removal of what is not there fails", "no note-2");
    }

    private static BiConsumer<Notebook, Prune> registering(Key key) {
        return (notebook, prune) ->
                prune.leftovers().forEach(name -> prune.context().remove(name, key, _ -> notebook.pages.remove(name)));
    }

    private static void register(Prune prune, Removal removal) {
        prune.leftovers().forEach(name -> prune.context().remove(name, Keys.STRING.encode(name), removal));
    }

    private static @Nullable String complaint(PruneChecks check, BiConsumer<Notebook, Prune> wrong) {
        return Complaints.of(check, () -> new Notebook() {
            @Override
            public void prune(PruneContext context, Rows<Note> desired) {
                List<String> wanted = desired.values().map(Note::name).toList();
                wrong.accept(
                        this,
                        new Prune(
                                context,
                                pages.keySet().stream()
                                        .filter(name -> !wanted.contains(name))
                                        .toList()));
            }
        });
    }

    /** A prune that begins, and what is left over then. */
    private record Prune(PruneContext context, List<String> leftovers) {}
}
