package dev.homeostat.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.plugin.PluginStoppedException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadHandleTest {
    private static final TableSpec<String> SPEC =
            TableSpec.of("words", String.class, Index.unique("id", Keys.STRING, word -> word));

    private final Leash leash = new Leash("late");
    private final ReadHandle<String> handle = new ReadHandle<>(leash, SPEC);
    private final List<String> called = new ArrayList<>();

    /** An iterator that stays open keeps all rows that are deleted from then on. */
    @Test
    void changesThatBeginWhileTheHandleIsDetached_areClosed() {
        leash.activate();
        handle.attach(table());
        assertThatThrownBy(handle::changes).isInstanceOf(PluginStoppedException.class);
        assertThat(called).containsExactly("changes", "close");
    }

    /** One that is detached as it is asked. */
    @SuppressWarnings("unchecked")
    private Table<String> table() {
        return (Table<String>) Proxy.newProxyInstance(
                Table.class.getClassLoader(), new Class<?>[] {Table.class}, (proxy, method, arguments) -> {
                    called.add(method.getName());
                    handle.detach();
                    return Proxy.newProxyInstance(
                            ChangeIterator.class.getClassLoader(),
                            new Class<?>[] {ChangeIterator.class},
                            (iterator, of, nothing) -> {
                                called.add(of.getName());
                                return null;
                            });
                });
    }
}
