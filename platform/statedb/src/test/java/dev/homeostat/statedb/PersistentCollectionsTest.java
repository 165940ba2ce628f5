package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.collection.PersistentMap;
import dev.homeostat.api.collection.PersistentSet;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.tree.RecordCodec;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise A29 where it meets the database: persistent collections inside rows. */
final class PersistentCollectionsTest {
    private record Service(String name, PersistentSet<String> tags, PersistentMap<String, Integer> ports) {
        Service tagged(String tag) {
            return new Service(name, tags.with(tag), ports);
        }

        Service untagged(String tag) {
            return new Service(name, tags.without(tag), ports);
        }

        Service listening(String port, int number) {
            return new Service(name, tags, ports.with(port, number));
        }
    }

    private static final Index<Service, String> NAME = Index.unique("name", Keys.STRING, Service::name);
    private static final Index<Service, String> TAG = Index.multi("tag", Keys.STRING, Service::tags);
    private static final Index<Service, String> PORT =
            Index.multi("port", Keys.STRING, service -> service.ports().keySet());

    private final Database db = StateDatabase.create();
    private final RWTable<Service> services = db.create(TableSpec.of("services", Service.class, NAME)
            .index(TAG)
            .index(PORT)
            .codec(RecordCodec.of(MethodHandles.lookup(), Service.class)));
    private final Service web = new Service("web", PersistentSet.of("b", "a"), PersistentMap.of("http", 80));

    @Test
    void promise_A29_indexOverAPersistentSetFindsAndForgetsRows() {
        db.write(services, txn -> services.insert(txn, web));
        ReadTxn before = db.readTxn();
        Watch watch = services.list(before, TAG.query("c")).watch();

        db.write(
                services,
                txn -> services.modify(
                        txn, web, (old, ignored) -> old.tagged("c").untagged("a")));

        assertThat(watch.isClosed()).isTrue();
        assertThat(tagged(db.readTxn(), "a")).isEmpty();
        assertThat(tagged(db.readTxn(), "b")).containsExactly("web");
        assertThat(tagged(db.readTxn(), "c")).containsExactly("web");
        assertThat(tagged(before, "a")).containsExactly("web");
        assertThat(tagged(before, "c")).isEmpty();
        assertThat(services.list(db.readTxn(), PORT.query("http")).count()).isEqualTo(1);
    }

    @Test
    void promise_A29_equalCollectionsMadeInAnotherWayAreNoChange() {
        db.write(services, txn -> services.insert(txn, web));
        long revision = services.revision(db.readTxn());
        Service same = web.tagged("z").untagged("z").listening("x", 1);
        Service equal = new Service(same.name(), same.tags(), same.ports().without("x"));

        db.write(services, txn -> services.apply(txn, equal));
        assertThat(services.revision(db.readTxn())).isEqualTo(revision);

        db.write(services, txn -> services.apply(txn, equal.listening("https", 443)));
        assertThat(services.revision(db.readTxn())).isEqualTo(revision + 1);
    }

    @Test
    void promise_A29_dumpIsInTheOrderOfTheKeys() {
        db.write(services, txn -> services.insert(txn, web.tagged("0").listening("admin", 9)));
        assertThat(StateDatabase.dump(db.readTxn(), services)
                        .entries()
                        .map(entry -> entry.document().toString()))
                .singleElement()
                .asString()
                .matches("(?s).*tags=.*value=0.*value=a.*value=b.*ports=.*admin=.*http=.*");
    }

    private List<String> tagged(ReadTxn txn, String tag) {
        return services.list(txn, TAG.query(tag)).values().map(Service::name).toList();
    }
}
