package dev.homeostat.host.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import com.google.inject.util.Types;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.plugin.PluginContext;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.tree.DocumentReader;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plugin's objects. Each plugin has an injector of its own, with the host's things bound as instances: a child of a common injector would never be
 * collected. It is made at the first use, and knows what was declared until then.
 */
final class PluginInjector {
    private final PluginContext context;
    private final Map<Class<?>, Record> configs = new LinkedHashMap<>();
    private final Map<Key<?>, Object> tables = new LinkedHashMap<>();
    private final Set<Key<?>> ambiguous = new HashSet<>();
    private @Nullable Injector injector;

    PluginInjector(PluginContext context) {
        this.context = context;
    }

    void config(Class<? extends Record> type, Record config) {
        configs.put(type, config);
    }

    void writable(Class<?> rowType, RWTable<?> table) {
        table(RWTable.class, rowType, table);
        readable(rowType, table);
    }

    void readable(Class<?> rowType, Table<?> table) {
        table(Table.class, rowType, table);
    }

    private void table(Type interfaceType, Class<?> rowType, Object table) {
        Key<?> key = Key.get(Types.newParameterizedType(interfaceType, rowType));
        if (tables.put(key, table) != null) {
            ambiguous.add(key);
        }
    }

    <T> T make(Class<T> type) {
        try {
            Injector made = injector;
            if (made == null) {
                made = Guice.createInjector(Stage.DEVELOPMENT, new Bindings());
                injector = made;
            }
            return made.getInstance(type);
        } catch (ConfigurationException e) {
            throw refused(type, e.getErrorMessages(), e);
        } catch (CreationException e) {
            throw refused(type, e.getErrorMessages(), e);
        } catch (ProvisionException e) {
            throw refused(type, e.getErrorMessages(), e);
        }
    }

    private static PluginRefusedException refused(Class<?> type, Collection<Message> messages, Throwable error) {
        String why = messages.stream().map(PluginInjector::words).distinct().collect(Collectors.joining("; "));
        return new PluginRefusedException(
                type.getName() + " cannot be made: " + why
                        + "; ask for configuration and declare tables before the first inject(…)",
                error);
    }

    private static String words(Message message) {
        Throwable cause = message.getCause();
        return cause == null ? message.getMessage().lines().findFirst().orElse("") : Reasons.of(cause);
    }

    /** What can be injected. */
    private final class Bindings extends AbstractModule {
        @Override
        protected void configure() {
            binder().requireAtInjectOnConstructors();
            binder().requireExactBindingAnnotations();
            binder().disableCircularProxies();
            bind(PluginContext.class).toInstance(context);
            bind(Database.class).toInstance(context.database());
            bind(Scheduler.class).toInstance(context.scheduler());
            bind(DocumentReader.class).toInstance(context.documents());
            configs.forEach((type, config) -> instance(Key.get(type), config));
            tables.forEach((key, table) -> {
                if (!ambiguous.contains(key)) {
                    instance(key, table);
                }
            });
        }

        @SuppressWarnings("unchecked") // each key was made from the type of its value
        private <V> void instance(Key<V> key, Object value) {
            bind(key).toInstance((V) value);
        }
    }
}
